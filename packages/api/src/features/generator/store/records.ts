import type { GeneratorEntity, GeneratorFailure } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

export type RecordState = "intended" | "created" | "failed" | "deleting" | "deleted" | "kept" | "missing";

export interface LedgerRow {
  readonly no: number;
  readonly state: RecordState;
  readonly recordId: number | null;
  readonly fingerprint: string | null;
}

/** A record that is about to be written. */
export interface Intent {
  readonly no: number;
  readonly title: string;
  readonly shown: Readonly<Record<string, string | number | null>>;
  readonly companies: readonly number[];
}

/** What became of a write. */
export type Outcome = { readonly no: number } & (
  | { readonly id: number; readonly linked: boolean }
  | { readonly refused: { readonly code: string; readonly field: string | null; readonly detail: string } }
);

const columns = `no, state, record_id::double precision AS "recordId", fingerprint`;

/** Notes what is about to be written; a row that is there already stays. Answers how many are new. */
export async function insertIntents(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  intents: readonly Intent[],
): Promise<number> {
  const { rowCount } = await db.query(
    `INSERT INTO b24kit.generator_records (run_id, entity, no, state, title, shown, companies)
     SELECT $1, $2, i.no, 'intended', i.title, i.shown, i.companies
     FROM jsonb_to_recordset($3::jsonb) AS i(no integer, title text, shown jsonb, companies integer[])
     ON CONFLICT DO NOTHING`,
    [runId, entity, JSON.stringify(intents)],
  );
  return rowCount ?? 0;
}

export async function updateOutcomes(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  outcomes: readonly Outcome[],
): Promise<void> {
  const rows = outcomes.map((outcome) =>
    "id" in outcome ? outcome : { no: outcome.no, ...outcome.refused, id: null, linked: false },
  );
  await db.query(
    `UPDATE b24kit.generator_records r SET state = CASE WHEN o.id IS NULL THEN 'failed' ELSE 'created' END,
       record_id = o.id, linked = o.linked, error_code = o.code, error_field = o.field, error_detail = o.detail
     FROM jsonb_to_recordset($3::jsonb) AS o(no integer, id bigint, linked boolean, code text, field text, detail text)
     WHERE r.run_id = $1 AND r.entity = $2 AND r.no = o.no`,
    [runId, entity, JSON.stringify(rows)],
  );
}

export async function selectRecords(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  states: readonly RecordState[],
  limit: number,
): Promise<LedgerRow[]> {
  const { rows } = await db.query<LedgerRow>(
    `SELECT ${columns} FROM b24kit.generator_records WHERE run_id = $1 AND entity = $2 AND state = ANY($3) ORDER BY no LIMIT $4`,
    [runId, entity, states, limit],
  );
  return rows;
}

/** Numbers of which the ledger does not know yet. */
export async function selectUnbegun(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  planned: number,
): Promise<number[]> {
  const { rows } = await db.query<{ no: number }>(
    `SELECT no FROM generate_series(1, $3::integer) AS no
     EXCEPT SELECT no FROM b24kit.generator_records WHERE run_id = $1 AND entity = $2 ORDER BY no`,
    [runId, entity, planned],
  );
  return rows.map(({ no }) => no);
}

/** Numbers, of all or of these, whose writes have begun and are not known to have ended. */
export async function selectIntended(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  among: readonly number[] | null,
): Promise<number[]> {
  const { rows } = await db.query<{ no: number }>(
    `SELECT no FROM b24kit.generator_records WHERE run_id = $1 AND entity = $2 AND state = 'intended'
       AND ($3::integer[] IS NULL OR no = ANY($3)) ORDER BY no`,
    [runId, entity, among],
  );
  return rows.map(({ no }) => no);
}

/** Ids in the portal by number, of those that exist. */
export async function selectIds(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  nos: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await db.query<LedgerRow>(
    `SELECT ${columns} FROM b24kit.generator_records WHERE run_id = $1 AND entity = $2 AND no = ANY($3) AND state = 'created'`,
    [runId, entity, nos],
  );
  return new Map(rows.map(({ no, recordId }) => [no, recordId!]));
}

/** Records whose fingerprint was not taken yet. */
export async function selectUnsealed(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  limit: number,
): Promise<LedgerRow[]> {
  const { rows } = await db.query<LedgerRow>(
    `SELECT ${columns} FROM b24kit.generator_records
     WHERE run_id = $1 AND entity = $2 AND state = 'created' AND fingerprint IS NULL ORDER BY no LIMIT $3`,
    [runId, entity, limit],
  );
  return rows;
}

export async function updateFingerprints(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  prints: readonly { readonly no: number; readonly fingerprint: string }[],
): Promise<void> {
  await db.query(
    `UPDATE b24kit.generator_records r SET fingerprint = p.fingerprint
     FROM jsonb_to_recordset($3::jsonb) AS p(no integer, fingerprint text)
     WHERE r.run_id = $1 AND r.entity = $2 AND r.no = p.no`,
    [runId, entity, JSON.stringify(prints)],
  );
}

export async function updateStates(
  db: Queryable,
  runId: string,
  entity: GeneratorEntity,
  state: RecordState,
  nos: readonly number[],
): Promise<void> {
  if (nos.length === 0) return;
  await db.query(
    "UPDATE b24kit.generator_records SET state = $3 WHERE run_id = $1 AND entity = $2 AND no = ANY($4)",
    [runId, entity, state, nos],
  );
}

/** Records that an earlier undo has left alone are looked at again. */
export async function takeKeptAgain(db: Queryable, runId: string): Promise<void> {
  await db.query(
    "UPDATE b24kit.generator_records SET state = 'created' WHERE run_id = $1 AND state = 'kept'",
    [runId],
  );
}

/** Writes that never began leave no trace. */
export async function deleteIntents(db: Queryable, runId: string, entity: GeneratorEntity): Promise<void> {
  await db.query(
    "DELETE FROM b24kit.generator_records WHERE run_id = $1 AND entity = $2 AND state = 'intended'",
    [runId, entity],
  );
}

export async function selectFailures(
  db: Queryable,
  runId: string,
  limit: number,
): Promise<GeneratorFailure[]> {
  const { rows } = await db.query<GeneratorFailure>(
    `SELECT entity, no, title, error_code AS code, error_field AS field, error_detail AS detail
     FROM b24kit.generator_records WHERE run_id = $1 AND state = 'failed' ORDER BY entity, no LIMIT $2`,
    [runId, limit],
  );
  return rows;
}
