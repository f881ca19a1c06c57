import type { GeneratorLogEntry } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** What a run can have to say; people's words for it are made where it is shown. */
export type LogCode =
  | "generation_started"
  | "generation_resumed"
  | "entity_started"
  | "batch_started"
  | "records_failed"
  | "records_adopted"
  | "tab_gone"
  | "tab_back"
  | "generation_done"
  | "generation_cancelled"
  | "undo_started"
  | "undo_done"
  | "undo_failed";

/** The values are what the words speak of; never a secret. */
export async function insertLog(
  db: Queryable,
  runId: string,
  code: LogCode,
  details: Readonly<Record<string, unknown>> = {},
  level: GeneratorLogEntry["level"] = "info",
): Promise<void> {
  await db.query("INSERT INTO b24kit.generator_logs (run_id, level, code, details) VALUES ($1, $2, $3, $4)", [
    runId,
    level,
    code,
    JSON.stringify(details),
  ]);
}

/** The newest entries behind an id, oldest first. */
export async function selectLog(
  db: Queryable,
  runId: string,
  { after = 0, limit = 300 }: { after?: number; limit?: number } = {},
): Promise<GeneratorLogEntry[]> {
  const { rows } = await db.query<Omit<GeneratorLogEntry, "at"> & { at: Date }>(
    `SELECT id::double precision AS id, at, level, code, details FROM b24kit.generator_logs
     WHERE run_id = $1 AND id > $2 ORDER BY id DESC LIMIT $3`,
    [runId, after, limit],
  );
  return rows.reverse().map((row) => ({ ...row, at: row.at.toISOString() }));
}
