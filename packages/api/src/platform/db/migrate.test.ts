import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { MigrationFailed, migrate, migrationStatus } from "./migrate.ts";
import { findMigrationDirs, listMigrations } from "./migration-files.ts";

let root: string;
let test: TestDatabase;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "b24kit-migrate-"));
  test = await createTestDatabase({ migrated: false });
});
afterEach(async () => {
  await test.drop();
  await rm(root, { recursive: true, force: true });
});

/** Writes `platform/db/migrations/0010_x.sql`-like files and returns their folders. */
async function files(contents: Record<string, string>): Promise<string[]> {
  for (const [path, sql] of Object.entries(contents)) {
    const file = join(root, path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, sql);
  }
  return findMigrationDirs(root);
}

const tables = async () =>
  (
    await test.db.pool.query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    )
  ).rows.map((row) => row.relname as string);

describe("migrations", () => {
  it("run in the order of their numbers, whatever room they lie in, and once", async () => {
    const dirs = await files({
      "features/sync/migrations/1100_sync.sql":
        "-- Up Migration\nALTER TABLE a ADD c int;\n-- Down Migration\nALTER TABLE a DROP c;\n",
      "platform/db/migrations/0010_db.sql": "CREATE TABLE a ();",
      "platform/bus/migrations/0200_bus.sql":
        "ALTER TABLE a ADD b int; -- two\nINSERT INTO a VALUES (1), (2)",
      "platform/bus/migrations/README.md": "not a migration",
      "platform/bus/bus.ts": "",
    });
    assert.deepEqual(await migrationStatus(test.db, dirs), {
      applied: [],
      pending: ["0010_db", "0200_bus", "1100_sync"],
      unknown: [],
    });
    assert.deepEqual(await migrate(test.db, dirs), ["0010_db", "0200_bus", "1100_sync"]);
    assert.deepEqual((await test.db.pool.query("SELECT * FROM a")).rows, [
      { b: 1, c: null },
      { b: 2, c: null },
    ]);
    assert.deepEqual(await migrate(test.db, dirs), []);
    const recorded = await test.db.pool.query("SELECT name FROM b24kit.pgmigrations ORDER BY id");
    assert.equal(recorded.rowCount, 3);
    assert.deepEqual(await tables(), ["a"], "the record is kept in our schema");
  });

  it("may come later with a number before those that ran", async () => {
    await migrate(test.db, await files({ "features/sync/migrations/1100_sync.sql": "CREATE TABLE s ();" }));
    const dirs = await files({ "platform/db/migrations/0011_late.sql": "CREATE TABLE late ();" });
    assert.deepEqual(await migrate(test.db, dirs), ["0011_late"]);
  });

  it("stop at one that fails, with its name, line and reason, and nothing of it done", async () => {
    const dirs = await files({
      "platform/db/migrations/0010_good.sql": "CREATE TABLE good ();",
      "platform/db/migrations/0020_bad.sql":
        "-- a remark\n-- Up Migration\nCREATE TABLE half ();\n\nALTER TABLE absent ADD x int;\nSELECT nonsense;\n",
      "platform/db/migrations/0030_after.sql": "CREATE TABLE after ();",
    });
    await assert.rejects(migrate(test.db, dirs), (error: Error) => {
      assert.ok(error instanceof MigrationFailed);
      assert.equal(error.file, "0020_bad.sql");
      assert.match(error.message, /^Migration 0020_bad\.sql failed: relation "absent" does not exist/);
      return true;
    });
    assert.deepEqual(await tables(), ["good"]);
    assert.deepEqual((await migrationStatus(test.db, dirs)).pending, ["0020_bad", "0030_after"]);

    await files({
      "platform/db/migrations/0020_bad.sql":
        "-- a remark\n-- Up Migration\nCREATE TABLE half ();\nCREATE TABEL x ();\n",
    });
    await assert.rejects(
      migrate(test.db, dirs),
      /^MigrationFailed: Migration 0020_bad\.sql, line 4 failed: syntax error at or near "TABEL"/,
    );

    await files({ "platform/db/migrations/0020_bad.sql": "CREATE TABLE whole ();" });
    assert.deepEqual(
      await migrate(test.db, dirs),
      ["0020_bad", "0030_after"],
      "put right, it goes on from there",
    );
  });

  it("run once when processes start together", async () => {
    const dirs = await files({
      "platform/db/migrations/0010_slow.sql": "CREATE TABLE once (); SELECT pg_sleep(0.2);",
      "platform/db/migrations/0020_next.sql": "CREATE TABLE twice ();",
    });
    const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(test.db, dirs)));
    assert.deepEqual(ran.flat().sort(), ["0010_slow", "0020_next"]);
  });

  it("show what a newer version did", async () => {
    await migrate(test.db, await files({ "platform/db/migrations/0010_old.sql": "SELECT 1" }));
    await migrate(test.db, await files({ "platform/db/migrations/0020_new.sql": "SELECT 1" }));
    await rm(join(root, "platform/db/migrations/0020_new.sql"));
    assert.deepEqual(await migrationStatus(test.db, await findMigrationDirs(root)), {
      applied: ["0010_old"],
      pending: [],
      unknown: ["0020_new"],
    });
    assert.deepEqual(await migrate(test.db, await findMigrationDirs(root)), [], "and leave it alone");
  });
});

describe("migration files", () => {
  it("need a number of four digits, used once", async () => {
    await assert.rejects(
      listMigrations(await files({ "platform/db/migrations/first.sql": "" })),
      /named like 0310_portal_tokens\.sql/,
    );
    await rm(root, { recursive: true });
    const twice = await files({
      "platform/db/migrations/0010_a.sql": "",
      "platform/bus/migrations/0010_b.sql": "",
    });
    await assert.rejects(listMigrations(twice), /one number: .*0010_b\.sql and .*0010_a\.sql/);
  });

  it("of this project apply to an empty database", async () => {
    const names = (await listMigrations(await findMigrationDirs())).map((file) => file.name);
    assert.equal(names[0], "0010_db");
    assert.deepEqual(await migrate(test.db), names);
  });

  it("give readers a natural order", async () => {
    await migrate(test.db);
    const { rows } = await test.db.pool.query(
      `SELECT string_agg(word, ' ' ORDER BY word COLLATE b24kit.natural) AS sorted
       FROM unnest(ARRAY['Дом10', 'дом2', 'Ёлка', 'Елка', 'Яма', 'арбуз', 'Борт', 'ёж', 'Июль', 'Йод']) word`,
    );
    assert.equal(rows[0].sorted, "арбуз Борт дом2 Дом10 ёж Елка Ёлка Июль Йод Яма");
  });
});
