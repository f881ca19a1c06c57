import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Database, openDatabase } from "../packages/api/src/platform/db/database.ts";
import { startEmbedded } from "../packages/api/src/platform/db/embedded.ts";
import { migrate } from "../packages/api/src/platform/db/migrate.ts";
import { findMigrationDirs, listMigrations } from "../packages/api/src/platform/db/migration-files.ts";

export interface TestDatabase {
  db: Database;
  url: string;
  /** Closes `db` and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestServer {
  /** Address for a role that may make databases. */
  url: string;
  /** Address for the role that they are to belong to: what the program is given. The same role on a server of one's own. */
  ownerUrl: string;
  stop(): Promise<void>;
}

const DATA_DIR = fileURLToPath(new URL("../node_modules/.cache/b24kit-tests", import.meta.url));
/** Advisory lock under which the template is made and old databases are swept. */
const TEMPLATE_LOCK = 24_002;
/** Nothing here outlives its run, so the disk need not be waited for. */
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
const HOUR_MS = 3_600_000;

let server: Promise<TestServer> | undefined;
let template: Promise<string> | undefined;

/**
 * A fresh database on TEST_DATABASE_URL, or on an embedded server that test processes share: migrated, unless
 * `migrated` is false.
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const testServer = await holdTestServer();
  const { url: adminUrl, ownerUrl } = testServer;
  if (migrated) template ??= ensureTemplate(testServer);
  const source = migrated ? await template : "template0";
  const name = `b24kit_test_${hoursNow()}_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, async (admin) => {
    const copy = `TEMPLATE ${source} STRATEGY ${await fastestCopy(admin)}`;
    await admin.query(`CREATE DATABASE ${name} OWNER ${ownerOf(ownerUrl)} ${copy}`);
  });
  const url = withDatabase(ownerUrl, name);
  const db = await openDatabase({ url });
  return {
    db,
    url,
    async drop() {
      await db.close();
      await asAdmin(adminUrl, (admin) => dropWithLogins(admin, name));
    },
  };
}

/** Logins that were made for the database belong to the server, and would outlive it. */
async function dropWithLogins(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query<{ role: string }>(
    `SELECT r.rolname AS role FROM pg_roles r JOIN pg_database d ON r.rolname LIKE 'b24kit\\_chart\\_' || d.oid || '\\_%' WHERE d.datname = $1`,
    [name],
  );
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  for (const { role } of rows) await admin.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(role)}`);
}

/**
 * The server of the tests. It is started by the first process that needs it and stopped by the last that ends; a
 * runner that holds it for the whole run saves each file that start.
 */
export function holdTestServer(): Promise<TestServer> {
  server ??= startTestServer();
  return server;
}

async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  const ownerUrl = process.env.TEST_DATABASE_OWNER_URL ?? given;
  if (given && ownerUrl) return { url: given, ownerUrl, stop: async () => {} };
  const embedded = await startEmbedded({ dataDir: DATA_DIR, settings: SETTINGS });
  process.once("beforeExit", () => void embedded.stop());
  return { url: embedded.adminUrl, ownerUrl: embedded.url, stop: () => embedded.stop() };
}

/** The migrated database that others are copied from; its name changes with the migrations' contents and with its owner. */
async function ensureTemplate({ url: adminUrl, ownerUrl }: TestServer): Promise<string> {
  const name = `b24kit_template_${hoursNow()}_${await hashMigrations(ownerUrl)}`;
  const suffix = name.slice(name.lastIndexOf("_"));
  return asAdmin(adminUrl, async (admin) => {
    await admin.query(`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`);
    const { rows } = await admin.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE pg_has_role(datdba, 'USAGE')
         AND (datname LIKE 'b24kit\\_template\\_%' OR datname LIKE 'b24kit\\_test\\_%')`,
    );
    const names = rows.map((row) => row.datname);
    const ready = names.find((found) => found.startsWith("b24kit_template_") && found.endsWith(suffix));
    await sweep(
      admin,
      names.filter((found) => found !== ready),
    );
    if (ready) return ready;
    const making = `${name}_making`;
    await admin.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${making} OWNER ${ownerOf(ownerUrl)}`);
    const db = await openDatabase({ url: withDatabase(ownerUrl, making) });
    try {
      await migrate(db);
    } finally {
      await db.close();
    }
    await admin.query(`ALTER DATABASE ${making} RENAME TO ${name}`);
    return name;
  });
}

/** Copying files is the faster way where nobody waits for the disk. */
async function fastestCopy(admin: pg.Client): Promise<"FILE_COPY" | "WAL_LOG"> {
  const { rows } = await admin.query<{ fsync: string }>("SHOW fsync");
  return rows[0]?.fsync === "off" ? "FILE_COPY" : "WAL_LOG";
}

async function hashMigrations(ownerUrl: string): Promise<string> {
  const hash = createHash("sha256").update(ownerOf(ownerUrl));
  for (const file of await listMigrations(await findMigrationDirs())) {
    hash.update(file.name).update(await readFile(file.path));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Databases that runs which were killed left behind, and templates of migrations long edited. */
async function sweep(admin: pg.Client, names: string[]): Promise<void> {
  for (const name of names) {
    const madeAt = Number(name.split("_")[2]);
    if (hoursNow() - madeAt > 3) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

/** The role of an address, as SQL; an address without one means the role that asks. */
function ownerOf(url: string): string {
  const name = decodeURIComponent(new URL(url).username);
  return name ? pg.escapeIdentifier(name) : "CURRENT_USER";
}

function hoursNow(): number {
  return Math.floor(Date.now() / HOUR_MS);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asAdmin<T>(url: string, use: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.end();
  }
}
