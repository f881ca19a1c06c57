import type { ErrorCode } from "@b24kit/client/contract";
import pg from "pg";
import type { SyncDeps } from "./deps.ts";
import { createDictionaryTables } from "./dictionary-tables.ts";
import { ENTITIES, smartProcess } from "./entities.ts";
import type { Probe } from "./probe.ts";
import { report } from "./report.ts";
import { completeDictionary } from "./store/entity-state.ts";
import { selectSmartProcesses } from "./store/smart-processes.ts";
import { type DictionaryResult, writeDictionary } from "./write-dictionary.ts";

type Answered = Pick<Probe, "dictionaries" | "portalTime">;

export interface KeptDictionaries {
  readonly written: ReadonlyMap<string, DictionaryResult>;
  /** Those that the portal did not give. */
  readonly skipped: readonly { readonly name: string; readonly code: ErrorCode }[];
}

/** Writes what the portal gave. Entities that are dictionaries are up to date then, and smart processes are known. */
export async function keepDictionaries(
  deps: SyncDeps,
  portalId: number,
  { dictionaries, portalTime }: Answered,
): Promise<KeptDictionaries> {
  const { schema } = await deps.portals.get(portalId);
  await ensureTables(deps, schema);
  const before = await selectSmartProcesses(deps.db.pool, schema);
  const written = new Map<string, DictionaryResult>();
  const skipped: { name: string; code: ErrorCode }[] = [];
  for (const answer of dictionaries) {
    const { dictionary } = answer;
    if ("error" in answer) {
      skipped.push({ name: dictionary.name, code: answer.error.code });
      continue;
    }
    const entity = ENTITIES.find((one) => "dictionary" in one && one.dictionary === dictionary.name)?.entity;
    await deps.db.transaction(async (tx) => {
      const result = await writeDictionary(tx, schema, dictionary, answer.entries);
      written.set(dictionary.name, result);
      if (entity === undefined) return;
      const done = { portalId, entity, rows: result.rows, watermark: new Date(portalTime) };
      await completeDictionary(tx, { ...done, intervalMinutes: deps.settings.intervalMinutes });
    });
    if (entity !== undefined) await report(deps, portalId, entity);
  }
  const isNew = (id: number) => !before.some(({ entityTypeId }) => entityTypeId === id);
  for (const { entityTypeId } of await selectSmartProcesses(deps.db.pool, schema))
    if (isNew(entityTypeId)) await report(deps, portalId, smartProcess(entityTypeId).entity);
  return { written, skipped };
}

/** The newest of the tables tells for all: a mirror that an earlier version made lacks it. */
async function ensureTables({ db }: SyncDeps, schema: string): Promise<void> {
  const quoted = pg.escapeIdentifier(schema);
  const { rows } = await db.pool.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [
    `${quoted}.smart_processes`,
  ]);
  if (rows[0]!.there) return;
  await db.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 24))", [`sync.mirror:${schema}`]);
    await tx.query(`CREATE SCHEMA IF NOT EXISTS ${quoted}`);
    await createDictionaryTables(tx, quoted);
  });
}
