import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { alignMirror } from "../../../packages/api/src/features/sync/align-mirror.ts";
import { planColumns } from "../../../packages/api/src/features/sync/columns.ts";
import { recordsOf } from "../../../packages/api/src/features/sync/entities.ts";
import { readFields } from "../../../packages/api/src/features/sync/fields.ts";
import { describeMirror, type Mirror } from "../../../packages/api/src/features/sync/mirror.ts";
import { type MirrorRow, type PortalRow, toMirrorRow } from "../../../packages/api/src/features/sync/rows.ts";
import { writeBatch } from "../../../packages/api/src/features/sync/write-batch.ts";
import type { Database } from "../../../packages/api/src/platform/db/database.ts";
import { createTestDatabase } from "../../database.ts";
import { atLeast, atMost, type Measured, median } from "../goal.ts";

const BATCH_ROWS = 2_500;
const INSERT_ROWS = 500;
const ROUNDS = 3;
const KINDS = ["string", "integer", "double", "datetime", "char", "crm_status"] as const;
const VALUES: Record<(typeof KINDS)[number], (n: number) => string> = {
  string: (n) => `Строка ${n}`,
  integer: (n) => String(n),
  double: (n) => `${n}.25`,
  datetime: (n) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  char: (n) => (n % 2 ? "Y" : "N"),
  crm_status: (n) => `STATUS_${n % 9}`,
};

/** 58 fields beside the id and the time of change: 60 columns. */
const FIELDS = Array.from({ length: 58 }, (_, at) => ({ name: `UF_${at}`, type: KINDS[at % KINDS.length]! }));

/**
 * Batches of a sync written by the product, by INSERTs of 500 rows and by plain COPY into an empty table (the floor: it
 * tells nothing new from old). All start from rows that were made ready before.
 */
export async function measureWriter(rows: number): Promise<Measured> {
  const database = await createTestDatabase();
  try {
    const { db } = database;
    const mirror = await makeMirror(db);
    const startedAt = performance.now();
    const ready = Array.from({ length: rows }, (_, at) => toMirrorRow(mirror.plans, record(at + 1)));
    const decodeMs = performance.now() - startedAt;
    const times: Record<"ours" | "insert" | "copy" | "unchanged", number[]> = {
      ...{ ours: [], insert: [], copy: [], unchanged: [] },
    };
    let rewritten = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      await db.pool.query(`TRUNCATE ${mirror.table}`);
      const ours = await timed(() => writeAll(db, mirror, ready, round));
      const before = await updates(db, mirror);
      const unchanged = await timed(() => writeAll(db, mirror, ready, round));
      rewritten += (await updates(db, mirror)) - before;
      const insert = await timed(() => insertAll(db, mirror, ready));
      const copy = await timed(() => copyAll(db, mirror, ready));
      // The first round only warms up.
      if (round === 0) continue;
      for (const [name, ms] of Object.entries({ ours, insert, copy, unchanged }))
        times[name as keyof typeof times].push(ms);
    }
    const ms = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])) as Record<
      keyof typeof times,
      number
    >;
    const perSecond = rows / (ms.ours / 1000);
    console.table({ [`${rows} rows of 60 columns, ms`]: { ...ms, "reading the portal's values": decodeMs } });
    return {
      goals: [
        atLeast("S6", "writer faster than INSERT of 500 rows", ms.insert / ms.ours, 1.5),
        atMost("S7", "writer against plain COPY", ms.ours / ms.copy, 1.7),
        atLeast("S8", "rows written a second", Math.round(perSecond), 20_000),
        atMost("S9", "rows rewritten although nothing changed", rewritten, 0),
      ],
      details: { ms, decodeMs, perSecond },
    };
  } finally {
    await database.drop();
  }
}

async function makeMirror(db: Database): Promise<Mirror> {
  const fields = readFields({
    ID: { type: "integer" },
    DATE_MODIFY: { type: "datetime" },
    ...Object.fromEntries(FIELDS.map(({ name, type }) => [name, { type }])),
  });
  const mirror = describeMirror("crm", recordsOf("deal"), planColumns(fields, "ID"));
  await db.pool.query(
    `INSERT INTO b24kit.portal_portals (id, host, url, schema_name, credential, state) VALUES (1, 'p', 'p', 'crm', '', 'connected');
     INSERT INTO b24kit.sync_runs (portal_id, entity, type, cause, state) VALUES (1, 'deal', 'full', 'person', 'running')`,
  );
  await alignMirror(db, mirror);
  for (const rival of ["insert", "copy"])
    await db.pool.query(`CREATE TABLE crm.${rival} (LIKE ${mirror.table} INCLUDING ALL)`);
  return mirror;
}

function record(id: number): PortalRow {
  const values = FIELDS.map(({ name, type }, at) => [name, VALUES[type](id + at)]);
  return { ID: String(id), DATE_MODIFY: VALUES.datetime(id), ...Object.fromEntries(values) };
}

async function writeAll(db: Database, mirror: Mirror, ready: MirrorRow[], round: number): Promise<void> {
  const readAt = new Date(Date.UTC(2026, 5, 1 + round));
  for (let from = 0; from < ready.length; from += BATCH_ROWS) {
    const rows = ready.slice(from, from + BATCH_ROWS);
    const covers = { from, to: from + rows.length };
    await db.transaction((tx) => writeBatch(tx, mirror, { rows, readAt, runId: 1, portalId: 1, covers }));
  }
}

async function insertAll(db: Database, mirror: Mirror, ready: MirrorRow[]): Promise<void> {
  await db.pool.query("TRUNCATE crm.insert");
  const names = columnNames(mirror);
  const sets = names.slice(1).map((name) => `${name} = excluded.${name}`);
  for (let from = 0; from < ready.length; from += INSERT_ROWS) {
    const cells = ready.slice(from, from + INSERT_ROWS).map(cellsOf);
    const tuples = cells.map((row, at) => `(${row.map((_, n) => `$${at * row.length + n + 1}`)}, now())`);
    await db.pool.query(
      `INSERT INTO crm.insert (${names}, _read_at) VALUES ${tuples}
       ON CONFLICT (id) DO UPDATE SET ${sets}, _read_at = excluded._read_at`,
      cells.flat(),
    );
  }
}

async function copyAll(db: Database, mirror: Mirror, ready: MirrorRow[]): Promise<void> {
  await db.pool.query("TRUNCATE crm.copy; ALTER TABLE crm.copy ALTER _read_at SET DEFAULT now()");
  for (let from = 0; from < ready.length; from += BATCH_ROWS) {
    const text = ready.slice(from, from + BATCH_ROWS).map(({ line }) => line);
    await db.transaction((tx) =>
      pipeline(
        Readable.from([text.join("")]),
        tx.query(copyFrom(`COPY crm.copy (${columnNames(mirror)}) FROM STDIN`)),
      ),
    );
  }
}

const columnNames = ({ plans }: Mirror) => [
  ...plans.flatMap((plan) => plan.columns.map(({ name }) => pg.escapeIdentifier(name))),
  "_hash",
];

const cellsOf = ({ line }: MirrorRow) => line.slice(0, -1).split("\t");

async function updates(db: Database, { table }: Mirror): Promise<number> {
  const sql =
    "SELECT pg_stat_get_xact_tuples_updated($1::regclass) + pg_stat_get_tuples_updated($1::regclass) AS n";
  await db.pool.query("SELECT pg_stat_force_next_flush()");
  return Number((await db.pool.query(sql, [table])).rows[0].n);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
