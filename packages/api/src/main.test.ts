import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { serve } from "../../../test/serve-process.ts";

let testDatabase: TestDatabase;
before(async () => {
  testDatabase = await createTestDatabase();
});
after(() => testDatabase.drop());

test("serves from the environment until SIGTERM, then ends in good order", async () => {
  const settings = {
    DATABASE_URL: testDatabase.url,
    SECRET_KEY: "s".repeat(40),
    API_KEY: "k".repeat(40),
    PORT: "0",
  };
  const { child, ended, ready, output } = serve(settings);
  const url = await ready();
  assert.match(output(), /Waiting for PostgreSQL\.\.\.\nPostgreSQL is ready!\n/);
  assert.equal((await fetch(`${url}/health`)).status, 200);
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
  assert.doesNotMatch(output(), /kkkkkkkk|ssssssss/);
});

test("a missing setting ends the start with its name and no stack", async () => {
  const { ended, output } = serve({ DATABASE_URL: testDatabase.url });
  assert.equal(await ended, 1);
  assert.match(output(), /SECRET_KEY/);
  assert.doesNotMatch(output(), /\n\s+at /);
});
