import { basename, dirname } from "node:path";
import { runner } from "node-pg-migrate";
import type pg from "pg";
import type { Database } from "./database.ts";
import { type Log, silentLog } from "./log.ts";
import { findErrorLine, findMigrationDirs, listMigrations, type MigrationFile } from "./migration-files.ts";

const SCHEMA = "b24kit";
const TABLE = "pgmigrations";
/** Key of the session advisory lock that lets one process migrate at a time ("b24kitmi" as ASCII bytes). */
const LOCK_KEY = "7075775600487853417";

/** A migration that PostgreSQL refused; the database is as it was before that file. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed";
  readonly file: string;
  constructor(file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
  }
}

/**
 * Brings the database up to date and returns the names of the files that ran, in order.
 * Each file is one transaction. Processes that start together migrate once: the others wait, then find nothing to do.
 * Throws MigrationFailed with the file's name and PostgreSQL's reason; files before it stay applied.
 */
export async function migrate(
  db: Database,
  dirs?: readonly string[],
  log: Log = silentLog,
): Promise<string[]> {
  const files = await listMigrations(dirs ?? (await findMigrationDirs()));
  const client = await db.connect();
  try {
    await client.query("SET statement_timeout = 0; SET search_path = public");
    await lock(client, log);
    const applied = await readApplied(client);
    const ran: string[] = [];
    for (const file of files) {
      if (applied.has(file.name)) continue;
      await apply(client, file);
      log.info({ migration: file.name }, "migrated");
      ran.push(file.name);
    }
    return ran;
  } finally {
    // Closing the connection also gives back the lock and the session's settings, whatever state a failure left.
    client.release(true);
  }
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Recorded in the database, absent from this version: the database was migrated by a newer one. */
  unknown: string[];
}

/** What `migrate` has done and would do; changes nothing. */
export async function migrationStatus(db: Database, dirs?: readonly string[]): Promise<MigrationStatus> {
  const files = await listMigrations(dirs ?? (await findMigrationDirs()));
  const client = await db.connect();
  try {
    const applied = await readApplied(client);
    const known = new Set(files.map((file) => file.name));
    return {
      applied: files.filter((file) => applied.has(file.name)).map((file) => file.name),
      pending: files.filter((file) => !applied.has(file.name)).map((file) => file.name),
      unknown: [...applied].filter((name) => !known.has(name)),
    };
  } finally {
    client.release();
  }
}

async function lock(client: pg.PoolClient, log: Log): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS free`);
  if (rows[0]?.free) return;
  log.info({}, "another process is migrating; waiting for it");
  await client.query(`SELECT pg_advisory_lock(${LOCK_KEY})`);
}

async function readApplied(client: pg.PoolClient): Promise<Set<string>> {
  const table = `${SCHEMA}.${TABLE}`;
  const { rows } = await client.query<{ exists: boolean }>("SELECT to_regclass($1) IS NOT NULL AS exists", [
    table,
  ]);
  if (!rows[0]?.exists) return new Set();
  const applied = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY id`);
  return new Set(applied.rows.map((row) => row.name));
}

/** One file, one transaction: the runner is given a single file so that a failure is that file's. */
async function apply(client: pg.PoolClient, file: MigrationFile): Promise<void> {
  try {
    await runner({
      dbClient: client,
      dir: dirname(file.path),
      file: file.name,
      // The runner loads all of the folder that it does not ignore.
      ignorePattern: `(?!${file.name}\\.sql$).*`,
      direction: "up",
      migrationsTable: TABLE,
      migrationsSchema: SCHEMA,
      createMigrationsSchema: true,
      singleTransaction: true,
      // Ours is held already, and rooms add files between those of others.
      noLock: true,
      checkOrder: false,
      logger: quiet,
    });
  } catch (error) {
    throw await describeFailure(file, error as pg.DatabaseError);
  }
}

async function describeFailure(file: MigrationFile, error: pg.DatabaseError): Promise<MigrationFailed> {
  const line = error.position ? `, line ${await findErrorLine(file, Number(error.position))}` : "";
  const hints = [error.detail, error.hint].filter(Boolean).map((text) => ` (${text})`);
  const name = basename(file.path);
  return new MigrationFailed(name, `Migration ${name}${line} failed: ${error.message}${hints.join("")}`, {
    cause: error,
  });
}

/** The runner prints whole statements; what matters reaches the caller as an error. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
