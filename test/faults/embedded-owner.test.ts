import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import pg from "pg";
import { openDatabase } from "../../packages/api/src/platform/db/database.ts";
import { type Embedded, startEmbedded } from "../../packages/api/src/platform/db/embedded.ts";
import { migrate, migrationStatus } from "../../packages/api/src/platform/db/migrate.ts";

let base: string;
const held: Embedded[] = [];

before(async () => {
  base = await mkdtemp(join(tmpdir(), "b24kit-owner-"));
  await chmod(base, 0o755);
});
afterEach(async () => {
  for (const embedded of held.splice(0)) await embedded.stop();
});
after(() => rm(base, { recursive: true, force: true }));

async function start(name: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir: join(base, name), systemDir: join(base, "system") });
  held.push(embedded);
  return embedded;
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function migrated(url: string): Promise<string[]> {
  const db = await openDatabase({ url });
  try {
    return await migrate(db);
  } finally {
    await db.close();
  }
}

function changed(url: string, parts: { user?: string; password?: string; database?: string }): string {
  const other = new URL(url);
  if (parts.user) other.username = parts.user;
  if (parts.password) other.password = parts.password;
  if (parts.database) other.pathname = `/${parts.database}`;
  return other.href;
}

const OWNER_RIGHTS = `SELECT rolname AS name, rolsuper AS super, rolcreaterole AS "createRole", rolcreatedb AS "createDb",
  rolreplication AS replication, rolbypassrls AS "bypassRls" FROM pg_roles WHERE rolname = current_user`;
const ORDINARY = {
  name: "b24kit",
  super: false,
  createRole: true,
  createDb: false,
  replication: false,
  bypassRls: false,
};

describe("the role that the program works as", () => {
  it("owns its database, migrates it, and is nobody else's superuser", async () => {
    const { url, adminUrl, home } = await start("fresh");
    assert.deepEqual(await query(url, OWNER_RIGHTS), [ORDINARY]);
    assert.notEqual((await migrated(url)).length, 0);
    assert.notEqual(new URL(url).password, new URL(adminUrl).password);
    assert.equal(new URL(url).password, (await readFile(join(home, "app-password"), "utf8")).trim());
    for (const [what, attempt] of [
      ["a database", "CREATE DATABASE another"],
      ["a superuser", "CREATE ROLE boss SUPERUSER"],
      ["a program", "COPY (SELECT 1) TO PROGRAM 'true'"],
      ["a file", "SELECT pg_read_file('PG_VERSION')"],
      ["a setting", "ALTER SYSTEM SET fsync = off"],
    ] as const) {
      await assert.rejects(query(url, attempt), { code: "42501" }, what);
    }
    for (const database of ["postgres", "template1"]) {
      await assert.rejects(query(changed(url, { database }), "SELECT 1"), { code: "42501" }, database);
    }
  });

  it("makes roles that may only read, and lets nobody in whom it has not told", async () => {
    const { url } = await start("fresh");
    await query(url, "CREATE ROLE reader LOGIN PASSWORD 'of a test'; CREATE TABLE seen AS SELECT 1 AS one");
    const reader = changed(url, { user: "reader", password: "of%20a%20test" });
    await assert.rejects(query(reader, "SELECT 1"), { code: "42501" });
    await query(url, "GRANT CONNECT ON DATABASE b24kit TO reader; GRANT SELECT ON seen TO reader");
    assert.deepEqual(await query(reader, "SELECT one FROM seen"), [{ one: 1 }]);
    await assert.rejects(query(reader, "DELETE FROM seen"), { code: "42501" });
    await assert.rejects(query(reader, "CREATE TABLE theirs (one int)"), { code: "42501" });
  });

  it("gets its rights and its database back where somebody took them", async () => {
    const first = await start("fresh");
    await query(first.adminUrl, "ALTER ROLE b24kit SUPERUSER NOCREATEROLE PASSWORD 'another'");
    const { url } = await start("fresh");
    assert.deepEqual(await query(url, OWNER_RIGHTS), [ORDINARY]);
  });
});

/** Makes of a new cluster what earlier versions made: one role, `b24kit`, the superuser, who owns everything. */
async function makeOld(name: string): Promise<void> {
  const { adminUrl, home, stop } = await start(name);
  const password = new URL(adminUrl).password;
  const server = changed(adminUrl, { database: "postgres" });
  await query(server, "DROP DATABASE b24kit");
  await query(server, "REVOKE SET ON PARAMETER temp_file_limit FROM b24kit");
  await query(server, `DROP ROLE b24kit; CREATE ROLE helper SUPERUSER LOGIN PASSWORD '${password}'`);
  await query(changed(server, { user: "helper" }), "ALTER ROLE postgres RENAME TO b24kit");
  const asOld = changed(server, { user: "b24kit" });
  await query(asOld, "DROP ROLE helper; GRANT CONNECT ON DATABASE postgres, template1 TO PUBLIC");
  await query(asOld, "CREATE DATABASE b24kit");
  const old = changed(asOld, { database: "b24kit" });
  await migrated(old);
  await query(
    old,
    `CREATE SCHEMA crm;
     CREATE TABLE crm.deals (id bigserial PRIMARY KEY, no bigint GENERATED ALWAYS AS IDENTITY, title text);
     INSERT INTO crm.deals (title) VALUES ('Дом 2'), ('Дом 10');
     CREATE TABLE crm."По месяцам" (at date NOT NULL) PARTITION BY RANGE (at);
     CREATE TABLE crm.january PARTITION OF crm."По месяцам" FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
     CREATE VIEW crm.titles AS SELECT title FROM crm.deals;
     CREATE MATERIALIZED VIEW crm.total AS SELECT count(*) FROM crm.deals;
     CREATE SEQUENCE crm.numbers;
     CREATE TYPE crm.mood AS ENUM ('good'); CREATE TYPE crm.pair AS (a int, b crm.mood); CREATE DOMAIN crm.age AS int;
     CREATE FUNCTION crm.twice(n int, m crm.mood) RETURNS int LANGUAGE sql RETURN n * 2;
     CREATE AGGREGATE crm.last(text) (SFUNC = textcat, STYPE = text);
     CREATE TABLE kept AS SELECT 1 AS one`,
  );
  await stop();
  await rm(join(home, "app-password"));
}

const NOT_HANDED_OVER = `SELECT 'class ' || oid::regclass AS left FROM pg_class WHERE relowner = 10 AND oid >= 16384
    AND relnamespace <> 'pg_toast'::regnamespace
  UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE proowner = 10 AND oid >= 16384
  UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE typowner = 10 AND oid >= 16384
  UNION ALL SELECT 'collation ' || oid::regcollation FROM pg_collation WHERE collowner = 10 AND oid >= 16384
  UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspowner = 10 AND oid >= 16384
  UNION ALL SELECT 'database ' || datname FROM pg_database WHERE datdba = 10 AND datname = 'b24kit'`;

describe("a database that was made for the superuser", () => {
  it("is handed over whole to the ordinary role, by starts that come together", async () => {
    await makeOld("old");
    const [one, two] = await Promise.all([start("old"), start("old")]);
    assert.equal(one.url, two.url);
    const { url, adminUrl } = one;
    assert.deepEqual(await query(url, OWNER_RIGHTS), [ORDINARY]);
    assert.deepEqual(await query(adminUrl, NOT_HANDED_OVER), []);
    assert.deepEqual(await query(adminUrl, "SELECT rolname FROM pg_roles WHERE rolsuper"), [
      { rolname: "postgres" },
    ]);
    const oldPassword = changed(url, { password: new URL(adminUrl).password });
    await assert.rejects(query(oldPassword, "SELECT 1"), { code: "28P01" });

    assert.deepEqual(await query(url, "SELECT title FROM crm.deals ORDER BY title COLLATE b24kit.natural"), [
      { title: "Дом 2" },
      { title: "Дом 10" },
    ]);
    await query(
      url,
      "ALTER TABLE crm.deals ADD COLUMN stage text; REFRESH MATERIALIZED VIEW crm.total; DROP TABLE kept",
    );
    assert.deepEqual(await migrated(url), [], "nothing is to be migrated again");
    const db = await openDatabase({ url });
    assert.deepEqual((await migrationStatus(db)).unknown, []);
    await db.close();
    await query(url, "DROP SCHEMA crm CASCADE; DROP SCHEMA b24kit CASCADE");
  });

  it("is handed over by the next start, where one was killed in between", async () => {
    await makeOld("killed");
    // As far as a start gets before the objects: the role is renamed, its helper not yet removed.
    const embedded = await start("killed");
    await query(
      embedded.adminUrl,
      `CREATE ROLE b24kit_renamer SUPERUSER; ALTER DATABASE b24kit OWNER TO postgres;
       ALTER TABLE crm.deals OWNER TO postgres; ALTER SCHEMA crm OWNER TO postgres`,
    );
    await embedded.stop();
    const { url, adminUrl } = await start("killed");
    assert.deepEqual(await query(adminUrl, NOT_HANDED_OVER), []);
    assert.deepEqual(await query(adminUrl, "SELECT rolname FROM pg_roles WHERE rolsuper"), [
      { rolname: "postgres" },
    ]);
    assert.deepEqual(await query(url, "SELECT count(*)::int AS deals FROM crm.deals"), [{ deals: 2 }]);
  });
});
