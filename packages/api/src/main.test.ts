import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";

let testDatabase: TestDatabase;
before(async () => {
  testDatabase = await createTestDatabase();
});
after(() => testDatabase.drop());

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

/** The program as `npm run serve` runs it, with these settings and no others. */
function serve(env: Record<string, string>) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--conditions=@b24kit/source", "--import", "tsx", main], {
    env: { PATH, HOME, ...env },
  });
  let output = "";
  const waiting = new Set<() => void>();
  const take = (chunk: Buffer) => {
    output += chunk;
    for (const check of waiting) check();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = once(child, "close").then(([code]) => {
    for (const check of waiting) check();
    return code as number | null;
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(output);
        if (found) resolve(found);
        else if (child.exitCode !== null) reject(new Error(`ended without ${pattern}:\n${output}`));
      };
      waiting.add(check);
      check();
    });
  return { child, ended, until, output: () => output };
}

test("serves from the environment until SIGTERM, then ends in good order", async () => {
  const settings = {
    DATABASE_URL: testDatabase.url,
    SECRET_KEY: "s".repeat(40),
    API_KEY: "k".repeat(40),
    PORT: "0",
  };
  const { child, ended, until, output } = serve(settings);
  const [, url] = await until(/"url":"(http:[^"]+)".*"msg":"ready"/);
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
