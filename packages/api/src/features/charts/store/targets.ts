import type { ChartTarget } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** Monthly plans from one month to another, both included; of all months where null. */
export async function selectTargets(
  db: Queryable,
  portalId: number,
  from: string | null,
  to: string | null,
): Promise<ChartTarget[]> {
  const { rows } = await db.query<ChartTarget>(
    `SELECT to_char(month, 'YYYY-MM') AS month, scope, nullif(subject, '') AS subject, measure, value::float8 AS value
     FROM b24kit.charts_targets
     WHERE portal_id = $1 AND ($2::text IS NULL OR month >= ($2 || '-01')::date) AND ($3::text IS NULL OR month <= ($3 || '-01')::date)
     ORDER BY charts_targets.month, scope, subject, measure`,
    [portalId, from, to],
  );
  return rows;
}

/** A plan whose value is null is to be removed. */
export type TargetChange = Omit<ChartTarget, "value"> & { readonly value: number | null };

/** Sets and removes plans in one statement; answers how many it changed. The same change again changes none. */
export async function changeTargets(
  db: Queryable,
  portalId: number,
  changes: readonly TargetChange[],
  by: string,
): Promise<number> {
  const { rows } = await db.query<{ changed: number }>(
    `WITH change AS (
       SELECT DISTINCT ON (month, scope, subject, measure) (month || '-01')::date AS month, scope, coalesce(subject, '') AS subject, measure, value
       FROM jsonb_to_recordset($2::jsonb) AS c(month text, scope text, subject text, measure text, value numeric)
     ), removed AS (
       DELETE FROM b24kit.charts_targets t USING change c
       WHERE t.portal_id = $1 AND c.value IS NULL AND (t.month, t.scope, t.subject, t.measure) = (c.month, c.scope, c.subject, c.measure)
       RETURNING 1
     ), written AS (
       INSERT INTO b24kit.charts_targets AS t (portal_id, month, scope, subject, measure, value, changed_by)
       SELECT $1, month, scope, subject, measure, value, $3 FROM change WHERE value IS NOT NULL
       ON CONFLICT (portal_id, month, scope, subject, measure) DO UPDATE
         SET value = excluded.value, changed_at = now(), changed_by = excluded.changed_by WHERE t.value <> excluded.value
       RETURNING 1
     )
     SELECT ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS changed`,
    [portalId, JSON.stringify(changes), by],
  );
  return rows[0]!.changed;
}
