import pg from "pg";
import { type Clock, systemClock } from "../../platform/bitrix/clock.ts";
import type { Database } from "../../platform/db/database.ts";
import { retryLocked } from "../../platform/db/retry-locked.ts";
import { type Column, endedBy } from "./columns.ts";
import { createDictionaryTables } from "./dictionary-tables.ts";
import { type Mirror, OWN_COLUMNS } from "./mirror.ts";
import { describeReadableView } from "./readable-view.ts";

/** What became of a table's columns. Names are column names. */
export interface Alignment {
  readonly created: boolean;
  readonly added: readonly string[];
  /** Columns whose type or field changed: the old one was kept under another name. */
  readonly retyped: readonly { readonly name: string; readonly keptAs: string }[];
}

export interface AlignOptions {
  /** Columns whose field was deleted and made anew. */
  readonly replaced?: readonly string[];
  /** What is to be known of the change exactly if it is made: called in the same transaction. */
  readonly alongside?: (tx: pg.PoolClient, alignment: Alignment) => Promise<void>;
  readonly clock?: Pick<Clock, "sleep">;
}

const quote = pg.escapeIdentifier;
const dependentObjects = "2BP01";
const tries = 20;
const pauseMs = 1_000;

/**
 * Makes schema and table fit the portal's fields: creates, adds columns, keeps what the portal has no more. Readers
 * are never blocked for long: a lock that does not come within 2 s is asked for again after a pause.
 */
export async function alignMirror(
  db: Database,
  mirror: Mirror,
  options: AlignOptions = {},
): Promise<Alignment> {
  const { clock = systemClock } = options;
  return retryLocked({ tries, pauseMs, sleep: (ms) => clock.sleep(ms) }, () =>
    db.transaction(async (tx) => {
      const alignment = await align(tx, mirror, options);
      await renewReadableView(tx, mirror);
      await options.alongside?.(tx, alignment);
      return alignment;
    }),
  );
}

async function align(tx: pg.PoolClient, mirror: Mirror, options: AlignOptions): Promise<Alignment> {
  // Runs of several entities make the same schema at the same time; IF NOT EXISTS alone does not survive that.
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 24))", [`sync.mirror:${mirror.schema}`]);
  await tx.query("SET LOCAL lock_timeout = '2s'");
  const existing = await readColumns(tx, mirror);
  const wanted = mirror.plans.flatMap((plan) => plan.columns);
  if (existing.size === 0) {
    await createTables(tx, mirror, wanted);
    return { created: true, added: [], retyped: [] };
  }
  const replaced = new Set(options.replaced);
  const retyped = wanted.filter(
    ({ name, type }) => existing.has(name) && (existing.get(name) !== type || replaced.has(name)),
  );
  const kept = retyped.map(({ name }) => ({ name, keptAs: archiveName(name, existing) }));
  const added = wanted.filter(({ name }) => !existing.has(name));
  for (const { name, keptAs } of kept) {
    await tx.query(`ALTER TABLE ${mirror.table} RENAME COLUMN ${quote(name)} TO ${quote(keptAs)}`);
  }
  const additions = [...added, ...retyped].map(({ name, type }) => `ADD COLUMN ${quote(name)} ${type}`);
  if (additions.length > 0) await tx.query(`ALTER TABLE ${mirror.table} ${additions.join(", ")}`);
  return { created: false, added: added.map(({ name }) => name), retyped: kept };
}

/** Makes the view anew where labels, choices or columns changed; no row is touched. */
async function renewReadableView(tx: pg.PoolClient, mirror: Mirror): Promise<void> {
  const view = describeReadableView(mirror);
  const { rows } = await tx.query<{ fingerprint: string | null }>(
    "SELECT obj_description(to_regclass($1)) AS fingerprint",
    [view.name],
  );
  if (rows[0]?.fingerprint === view.fingerprint) return;
  await tx.query("SAVEPOINT readable_view");
  try {
    await tx.query(`DROP VIEW IF EXISTS ${view.name}; ${view.createSql};
      COMMENT ON VIEW ${view.name} IS ${pg.escapeLiteral(view.fingerprint)};\n${view.commentSql}`);
  } catch (error) {
    // Somebody's own view stands on this one: it goes on with the names that it knows.
    if ((error as { code?: string }).code !== dependentObjects) throw error;
    await tx.query("ROLLBACK TO SAVEPOINT readable_view");
  }
}

async function readColumns(tx: pg.PoolClient, { schema, descriptor }: Mirror): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ name: string; type: string }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped`,
    [schema, descriptor.table],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

async function createTables(tx: pg.PoolClient, mirror: Mirror, columns: readonly Column[]): Promise<void> {
  const schema = quote(mirror.schema);
  await tx.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await createDictionaryTables(tx, schema);
  const [id, ...rest] = columns.map(({ name, type }) => `${quote(name)} ${type}`);
  // Ours stand first: every reader asks whether a row is gone, and what stands behind seventy others is slow to reach.
  const lines = [`${id} PRIMARY KEY`, OWN_COLUMNS, ...rest];
  await tx.query(`CREATE TABLE ${mirror.table} (${lines.join(",\n  ")})`);
}

function archiveName(name: string, existing: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const archived = endedBy(name, `__old_${number}`);
    if (!existing.has(archived)) return archived;
  }
}
