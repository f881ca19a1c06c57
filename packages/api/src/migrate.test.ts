import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";

const program = fileURLToPath(new URL("./migrate.ts", import.meta.url));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function migrate(args: string[], env: Record<string, string>): Promise<Outcome> {
  const flags = ["--conditions=@b24kit/source", "--import", "tsx", program, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

describe("npm run migrate", () => {
  let test: TestDatabase;
  before(async () => {
    test = await createTestDatabase({ migrated: false });
  });
  after(() => test.drop());

  it("says what it would do, does it, and says so", async () => {
    const env = { DATABASE_URL: test.url };
    assert.match(
      (await migrate(["status"], env)).stdout,
      /^pending {2}0010_db\n.*\n0 applied, \d+ pending\n$/s,
    );
    assert.match((await migrate([], env)).stdout, /^\d+ migrated\n$/);
    assert.equal((await migrate([], env)).stdout, "nothing to migrate\n");
    assert.match(
      (await migrate(["status"], env)).stdout,
      /^applied {2}0010_db\n.*\n\d+ applied, 0 pending\n$/s,
    );
  });

  it("fails with a reason for people, and no secret", async () => {
    const unknown = await migrate(["down"], {});
    assert.deepEqual([unknown.code, unknown.stdout], [1, ""]);
    assert.match(unknown.stderr, /Unknown command "down"/);
    const absent = new URL(test.url);
    absent.pathname = "/b24kit_absent";
    const refused = await migrate([], { DATABASE_URL: absent.href });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /database "b24kit_absent" does not exist\. Check DATABASE_URL\.\n$/);
    if (absent.password) assert.ok(!refused.stderr.includes(absent.password));
    const malformed = await migrate([], { DATABASE_URL: "mysql://u:hunter2@h/d" });
    assert.match(malformed.stderr, /DATABASE_URL is malformed/);
    assert.doesNotMatch(malformed.stderr, /hunter2/);
  });
});
