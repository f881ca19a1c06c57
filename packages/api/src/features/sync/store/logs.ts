import type { Entity, RunLogEntry } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** What a run can have to say; people's words for it are made where it is shown. */
export type LogCode =
  | "run_queued"
  | "run_started"
  | "run_resumed"
  | "run_planned"
  | "run_waiting"
  | "run_retried"
  | "run_completed"
  | "run_failed"
  | "run_cancelled"
  | "run_paused"
  | "run_unpaused"
  | "field_added"
  | "field_retyped"
  | "fields_left_out"
  | "dictionary_skipped"
  | "values_quarantined"
  | "deletes_found"
  | "deletes_withheld"
  | "records_unread"
  | "reconciled";

export interface LogEntry {
  readonly portalId: number;
  readonly runId: number;
  readonly entity: Entity;
  readonly level: "info" | "warning" | "error";
  readonly code: LogCode;
  /** Values that the words speak of; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export async function insertLog(db: Queryable, entry: LogEntry): Promise<void> {
  await db.query(
    "INSERT INTO b24kit.sync_logs (portal_id, run_id, entity, level, code, details) VALUES ($1, $2, $3, $4, $5, $6)",
    [entry.portalId, entry.runId, entry.entity, entry.level, entry.code, JSON.stringify(entry.details ?? {})],
  );
}

/** An ordinary word of a run. */
export async function logRun(
  db: Queryable,
  run: { id: number; portalId: number; entity: Entity },
  code: LogCode,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await insertLog(db, {
    portalId: run.portalId,
    runId: run.id,
    entity: run.entity,
    level: "info",
    code,
    details,
  });
}

/** Everything that a run had to say, oldest first. */
export async function selectLog(db: Queryable, runId: number): Promise<RunLogEntry[]> {
  const { rows } = await db.query<Omit<RunLogEntry, "id" | "at"> & { id: string; at: Date }>(
    "SELECT id, at, level, code, details FROM b24kit.sync_logs WHERE run_id = $1 ORDER BY id LIMIT 1000",
    [runId],
  );
  return rows.map((row) => ({ ...row, id: Number(row.id), at: row.at.toISOString() }));
}
