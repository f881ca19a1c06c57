import type { Queryable } from "./queryable.ts";

/** Of which table, in which language, and the hash of all that the notes were made from. */
export interface NotesKey {
  readonly portalId: number;
  readonly table: string;
  readonly locale: string;
  readonly key: string;
}

/** Notes made from the same; null where there are none. */
export async function selectNotes(db: Queryable, at: NotesKey): Promise<unknown> {
  const { rows } = await db.query<{ notes: unknown }>(
    "SELECT notes FROM b24kit.charts_schema_notes WHERE portal_id = $1 AND table_name = $2 AND locale = $3 AND key = $4",
    [at.portalId, at.table, at.locale, at.key],
  );
  return rows[0]?.notes ?? null;
}

export async function upsertNotes(db: Queryable, at: NotesKey, notes: object): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.charts_schema_notes (portal_id, table_name, locale, key, notes) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (portal_id, table_name, locale) DO UPDATE SET key = excluded.key, notes = excluded.notes, made_at = now()`,
    [at.portalId, at.table, at.locale, at.key, JSON.stringify(notes)],
  );
}
