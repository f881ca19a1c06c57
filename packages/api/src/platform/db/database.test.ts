import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { describeAddress } from "./await-server.ts";
import { openDatabase } from "./database.ts";
import { DatabaseUnavailable } from "./database-unavailable.ts";

describe("a database", () => {
  let test: TestDatabase;
  before(async () => {
    test = await createTestDatabase();
    await test.db.pool.query("CREATE TABLE drops (n int CHECK (n < 10))");
  });
  after(() => test.drop());

  const count = async () =>
    (await test.db.pool.query("SELECT count(*)::int AS n FROM drops")).rows[0].n as number;

  it("keeps what a transaction did when it ends well", async () => {
    const result = await test.db.transaction(async (client) => {
      await client.query("INSERT INTO drops VALUES (1), (2)");
      return "done";
    });
    assert.deepEqual([result, await count()], ["done", 2]);
  });

  it("undoes all of it when it throws, and throws that on", async () => {
    const reason = new Error("changed our mind");
    const insertThenThrow = test.db.transaction(async (client) => {
      await client.query("INSERT INTO drops VALUES (3)");
      throw reason;
    });
    await assert.rejects(insertThenThrow, reason);
    await assert.rejects(
      test.db.transaction((client) => client.query("INSERT INTO drops VALUES (4), (99)")),
      { code: "23514" },
    );
    assert.equal(await count(), 2);
  });

  it("survives the loss of connections, idle and busy", async () => {
    const db = await openDatabase({ url: test.url, max: 2, applicationName: "to be killed" });
    const kill = () =>
      test.db.pool.query(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'to be killed'",
      );
    await db.pool.query("SELECT 1");
    await kill();
    const busy = db.transaction(async (client) => {
      await client.query("SELECT 1");
      await kill();
      await client.query("SELECT 1");
    });
    await assert.rejects(busy);
    assert.deepEqual((await db.pool.query("SELECT 2 AS two")).rows, [{ two: 2 }]);
    await db.close();
    await db.close();
  });

  it("survives the loss of a connection that somebody holds between two statements", async () => {
    const db = await openDatabase({ url: test.url, max: 1, applicationName: "held" });
    const client = await db.connect();
    const lost = new Promise((resolve) => client.once("end", resolve));
    await test.db.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'held'",
    );
    await lost;
    await assert.rejects(client.query("SELECT 1"));
    client.release();
    assert.deepEqual((await db.pool.query("SELECT 2 AS two")).rows, [{ two: 2 }]);
    await db.close();
  });
});

describe("opening a database", () => {
  let refusing: string;
  before(async () => {
    const server = createServer();
    await new Promise<Server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
    const address = server.address();
    refusing = `postgresql://user:hunter2@127.0.0.1:${typeof address === "object" ? address?.port : 0}/db`;
    await new Promise((resolve) => server.close(resolve));
  });

  it("tries 30 times, 2 s apart, then names the server and not the password", async () => {
    const pauses: number[] = [];
    const warned: object[] = [];
    const log = { info() {}, warn: (fields: object) => warned.push(fields), error() {} };
    const opening = openDatabase({ url: refusing, log, sleep: async (ms) => pauses.push(ms) });
    await assert.rejects(opening, (error: Error) => {
      assert.ok(error instanceof DatabaseUnavailable);
      assert.match(
        error.message,
        /PostgreSQL at 127\.0\.0\.1:\d+\/db did not answer in 30 tries: .*ECONNREFUSED/,
      );
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
    assert.deepEqual(pauses, Array(29).fill(2_000));
    assert.equal(warned.length, 29);
    assert.doesNotMatch(JSON.stringify(warned), /hunter2/);
  });

  it("does not wait for what waiting cannot cure", async () => {
    const test = await createTestDatabase({ migrated: false });
    const hidden = new URL(test.url);
    hidden.pathname = "/b24kit_not_there_yet";
    await test.drop();
    await assert.rejects(
      openDatabase({ url: hidden.href, sleep: () => assert.fail("waiting cannot help") }),
      /refused the connection: database "b24kit_not_there_yet" does not exist\. Check DATABASE_URL/,
    );
  });

  it("describes an address without its secrets", () => {
    assert.equal(describeAddress("postgresql://u:p@db.example/x"), "db.example:5432/x");
    assert.equal(describeAddress("postgresql:///x?host=/run/postgresql"), "/run/postgresql:5432/x");
    assert.equal(describeAddress("u:p@db.example"), "the address in DATABASE_URL");
  });
});
