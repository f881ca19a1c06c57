import assert from "node:assert/strict";
import { connect, createServer, type Server, type Socket } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { tableFromIPC } from "apache-arrow";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { AppError } from "../http/app-error.ts";
import { type ArrowResult, type StreamRequest, streamQuery } from "./stream-query.ts";
import { collect, collectTable } from "./test/collect.ts";

const ENDLESS = "SELECT i, repeat('x', 100) || i AS t FROM (SELECT generate_series(1, 1000000000) AS i) s";
const limits = { statementTimeoutMs: 20_000 };

let database: TestDatabase;
let watcher: pg.Pool;
before(async () => {
  database = await createTestDatabase();
  watcher = new pg.Pool({ connectionString: database.url, max: 1 });
});
after(async () => {
  await watcher.end();
  await database.drop();
});

/** A pool of one connection: whatever harms the connection shows in the next query. */
let pool: pg.Pool;
const pools: pg.Pool[] = [];
beforeEach(() => {
  pool = newPool({ max: 1 });
});
after(() => Promise.all(pools.map((one) => one.end())));

function newPool(options: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ connectionString: database.url, application_name: "arrow-test", ...options });
  made.on("error", () => {});
  pools.push(made);
  return made;
}

function start(text: string, options: Partial<StreamRequest> = {}): Promise<ArrowResult> {
  return streamQuery(pool, { text, limits, ...options });
}

async function backendOf(one: pg.Pool): Promise<number> {
  return (await one.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]!.pid;
}

async function isActive(pid: number): Promise<boolean> {
  const { rowCount } = await watcher.query(
    "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state <> 'idle'",
    [pid],
  );
  return rowCount === 1;
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, "the condition was met in time");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function assertSound(): Promise<void> {
  const table = await collectTable(pool, "SELECT i, 'v' || i % 3 AS v FROM generate_series(1, 5000) i");
  assert.equal(table.numRows, 5000);
  assert.equal((await pool.query("SELECT 1 AS one")).rows[0].one, 1);
  assert.equal(pool.waitingCount, 0);
  assert.equal(pool.idleCount, pool.totalCount);
}

const refused = (code: string) => (error: unknown) => error instanceof AppError && error.code === code;

describe("before the first byte", () => {
  for (const [what, text, code] of [
    ["a syntax error", "SELEKT 1", "internal"],
    ["a missing table", "SELECT * FROM no_such_table", "internal"],
    ["an error in the first rows", "SELECT 1 / (3 - i) FROM generate_series(1, 10) i", "internal"],
    ["a parameter of the wrong type", "SELECT $1::int4", "internal"],
    ["a write", "INSERT INTO b24kit_none DEFAULT VALUES RETURNING 1", "internal"],
    ["a statement without columns", "SET LOCAL work_mem = 1000", "internal"],
    ["no statement at all", "", "internal"],
  ] as const) {
    it(`${what} rejects, and the connection goes on`, async () => {
      const pid = await backendOf(pool);
      const values = text.includes("$1") ? ["abc"] : [];
      await assert.rejects(start(text, { values }), refused(code));
      await assertSound();
      assert.equal(await backendOf(pool), pid, "the same connection");
    });
  }

  it("a write is refused by the transaction, not only by the right", async () => {
    await watcher.query("CREATE TABLE IF NOT EXISTS written (v int)");
    const write = "WITH w AS (INSERT INTO written VALUES (1) RETURNING v) SELECT * FROM w";
    await assert.rejects(
      start(write),
      (error: AppError) => (error.cause as { sqlState: string }).sqlState === "25006",
    );
    assert.equal((await watcher.query("SELECT * FROM written")).rowCount, 0);
  });

  it("the time limit rejects with query_timeout", async () => {
    await assert.rejects(
      start("SELECT pg_sleep(30)", { limits: { statementTimeoutMs: 50 } }),
      refused("query_timeout"),
    );
    await assertSound();
  });

  it("the limit ends with the query: the connection has its old one", async () => {
    await start("SELECT 1", { limits: { statementTimeoutMs: 1234 } }).then((result) => result.body.cancel());
    assert.equal((await pool.query("SHOW statement_timeout")).rows[0].statement_timeout, "0");
  });

  it("no database is database_unavailable", async () => {
    const nowhere = newPool({ connectionString: "postgres://nobody@127.0.0.1:1/none" });
    await assert.rejects(streamQuery(nowhere, { text: "SELECT 1", limits }), refused("database_unavailable"));
  });

  it("an error's public words carry none of the data", async () => {
    await assert.rejects(start("SELECT 'geheim'::int4"), (error: AppError) => {
      assert.doesNotMatch(error.detail + error.message, /geheim/);
      return true;
    });
  });
});

describe("in mid-stream", () => {
  it("an error of the server errors the body; what came before is no valid stream", async () => {
    const result = await start("SELECT 1000 / (60000 - i) AS v FROM generate_series(1, 100000) i");
    const parts: Uint8Array[] = [];
    await assert.rejects(async () => {
      for await (const part of result.body) parts.push(part);
    }, refused("internal"));
    assert.ok(parts.length > 0);
    const summary = await result.finished;
    assert.equal(summary.outcome, "failed");
    assert.match(String(summary.error?.cause), /division by zero/);
    await assertSound();
  });

  it("a killed backend errors the body and leaves the pool sound", async () => {
    const pid = await backendOf(pool);
    const result = await start(ENDLESS);
    await watcher.query("SELECT pg_terminate_backend($1)", [pid]);
    await assert.rejects(new Response(result.body).arrayBuffer(), refused("database_unavailable"));
    assert.equal((await result.finished).outcome, "failed");
    await assertSound();
    assert.notEqual(await backendOf(pool), pid);
  });

  it("the time limit errors the body", async () => {
    const result = await start(ENDLESS, { limits: { statementTimeoutMs: 300 } });
    await assert.rejects(new Response(result.body).arrayBuffer(), refused("query_timeout"));
    await assertSound();
  });
});

describe("a reader that leaves", () => {
  it("by cancelling the body frees the backend, and the connection is used again", async () => {
    const pid = await backendOf(pool);
    const result = await start(ENDLESS);
    const reader = result.body.getReader();
    await reader.read();
    assert.equal(await isActive(pid), true);
    await reader.cancel();
    const summary = await result.finished;
    assert.equal(summary.outcome, "cancelled");
    assert.equal(await isActive(pid), false);
    assert.equal(await backendOf(pool), pid);
    await assertSound();
  });

  it("by the signal frees the backend, and the body errors", async () => {
    const controller = new AbortController();
    const result = await start(ENDLESS, { signal: controller.signal });
    controller.abort(new Error("gone"));
    await assert.rejects(new Response(result.body).arrayBuffer(), /gone/);
    assert.equal((await result.finished).outcome, "cancelled");
    await assertSound();
  });

  it("before the first byte rejects with the signal's reason", async () => {
    const pid = await backendOf(pool);
    const controller = new AbortController();
    const result = start("SELECT pg_sleep(30)", { signal: controller.signal });
    await until(() => isActive(pid));
    controller.abort(new Error("gone"));
    await assert.rejects(result, /gone/);
    await until(async () => !(await isActive(pid)));
    await assertSound();
  });

  it("before it began costs nothing", async () => {
    await assert.rejects(start("SELECT 1", { signal: AbortSignal.abort(new Error("gone")) }), /gone/);
    await assertSound();
  });

  it("after the last byte harms nobody", async () => {
    const controller = new AbortController();
    const result = await start("SELECT 1 AS a", { signal: controller.signal });
    const bytes = new Uint8Array(await new Response(result.body).arrayBuffer());
    controller.abort();
    assert.equal((await result.finished).outcome, "completed");
    assert.equal(tableFromIPC(bytes).numRows, 1);
    await assertSound();
  });

  it("many times in a row never harms the next query of the connection", async () => {
    for (let i = 0; i < 25; i++) {
      const result = await start(ENDLESS);
      await result.body.cancel();
      const table = await collectTable(pool, "SELECT i FROM generate_series(1, 3000) i");
      assert.equal(table.numRows, 3000);
    }
    await assertSound();
  });
});

describe("a slow reader", () => {
  it("holds the database back: what is buffered stays bounded", async () => {
    const pid = await backendOf(pool);
    const result = await start(ENDLESS);
    const waits = async () => {
      const { rows } = await watcher.query("SELECT wait_event FROM pg_stat_activity WHERE pid = $1", [pid]);
      return rows[0].wait_event === "ClientWrite";
    };
    const reader = result.body.getReader();
    let read = 0;
    for (let i = 0; i < 6; i++) {
      await until(waits);
      const { value } = await reader.read();
      read += value!.length;
    }
    await until(waits);
    await reader.cancel();
    const { bytes } = await result.finished;
    // High-water mark of 1 MiB, one batch that overshoots it, and one in the chunk that was under way.
    assert.ok(bytes - read < 24 << 20, `${bytes - read} bytes were encoded ahead of the reader`);
  });

  it("that takes nothing at all is given up", async () => {
    const pid = await backendOf(pool);
    const result = await start(ENDLESS, { limits: { ...limits, stallTimeoutMs: 100 } });
    const summary = await result.finished;
    assert.equal(summary.outcome, "failed");
    await assert.rejects(new Response(result.body).arrayBuffer(), refused("query_timeout"));
    assert.equal(await isActive(pid), false);
    await assertSound();
  });
});

describe("side by side", () => {
  it("streams on several connections do not meet", async () => {
    pool = newPool({ max: 4 });
    const tables = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        collectTable(
          pool,
          "SELECT $1::int4 AS n, i, 'v' || (i * $1) % 7 AS v FROM generate_series(1, 30000) i",
          { values: [n] },
        ),
      ),
    );
    for (const [n, table] of tables.entries()) {
      assert.equal(table.numRows, 30_000);
      assert.equal(table.getChild("n")!.get(29_999), n);
      assert.equal(table.getChild("v")!.get(100), `v${(101 * n) % 7}`);
    }
    assert.equal(pool.totalCount, 4);
  });

  it("notices and ordinary queries of the same connection stay pg's", async () => {
    const client = await pool.connect();
    const notices: string[] = [];
    client.on("notice", (notice) => notices.push(notice.message ?? ""));
    client.release();
    await watcher.query(
      `CREATE OR REPLACE FUNCTION told(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF i % 1000 = 0 THEN RAISE WARNING 'row %', i; END IF; RETURN i; END $$`,
    );
    const table = await collectTable(pool, "SELECT told(i) AS v FROM generate_series(1, 5000) i");
    assert.equal(table.numRows, 5000);
    assert.deepEqual(
      notices,
      [1000, 2000, 3000, 4000, 5000].map((i) => `row ${i}`),
    );
    await assertSound();
  });
});

describe("a network that cuts bytes anywhere", () => {
  let server: Server;
  const sockets = new Set<Socket>();
  let state = 1;
  /** Small deterministic pieces, 1 to 700 bytes. */
  const piece = () => {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    return 1 + (state % 700);
  };
  before(async () => {
    const { hostname, port } = new URL(database.url);
    server = createServer((near) => {
      const far = connect(Number(port || 5432), hostname).setNoDelay(true);
      near.setNoDelay(true);
      sockets.add(near).add(far);
      near.pipe(far);
      far.on("data", (chunk) => {
        for (let at = 0; at < chunk.length; ) {
          const size = piece();
          near.write(chunk.subarray(at, at + size));
          at += size;
        }
      });
      for (const socket of [near, far]) socket.on("error", () => socket.destroy());
      far.on("close", () => near.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("changes nothing in the result", async () => {
    const url = new URL(database.url);
    url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
    const cut = newPool({ connectionString: url.href, max: 1 });
    const query =
      "SELECT i, i * 1.25 AS n, 'text ' || i AS t, repeat('ж', i % 500) AS wide, i % 2 = 0 AS b FROM generate_series(1, 20000) i";
    assert.deepEqual(Buffer.from(await collect(cut, query)), Buffer.from(await collect(pool, query)));
    await cut.end();
    pools.splice(pools.indexOf(cut), 1);
  });
});

describe("a limit of rows", () => {
  for (const [wanted, there, rows, truncated] of [
    [5, 4, 4, false],
    [5, 5, 5, false],
    [5, 6, 5, true],
    [2048, 2048, 2048, false],
    [3000, 1_000_000_000, 3000, true],
    [1, 0, 0, false],
  ] as const) {
    it(`of ${wanted} on ${there}: ${rows} rows, ${truncated ? "cut" : "whole"}`, async () => {
      const text = `SELECT i, 'v' || i % 3 AS v FROM (SELECT generate_series(1, ${there}) AS i) s`;
      const { body, finished } = await start(text, { limits: { ...limits, maxRows: wanted } });
      const table = tableFromIPC(await new Response(body).arrayBuffer());
      assert.equal(table.numRows, rows);
      const { outcome, rows: counted, truncated: cut } = await finished;
      assert.deepEqual([outcome, counted, cut], ["completed", rows, truncated]);
      await assertSound();
    });
  }

  it("reports what fails behind it", async () => {
    const text = "SELECT 1 / (6 - i) AS v FROM (SELECT generate_series(1, 10) AS i) s";
    await assert.rejects(start(text, { limits: { ...limits, maxRows: 5 } }), refused("internal"));
    await assertSound();
  });

  it("and settings hold for the one read", async () => {
    const settings = { TimeZone: "Asia/Tokyo", work_mem: "1MB" };
    const text = "SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS memory";
    const { body } = await start(text, { limits: { ...limits, settings } });
    const [row] = tableFromIPC(await new Response(body).arrayBuffer()).toArray();
    assert.deepEqual({ ...row }, { zone: "Asia/Tokyo", memory: "1MB" });
    assert.notEqual((await pool.query("SHOW TimeZone")).rows[0].TimeZone, "Asia/Tokyo");
  });
});
