import type { ChartDefinition, SavedChart, SavedChartVersion } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

interface Row extends Omit<SavedChart, "createdAt" | "createdBy" | "updatedAt"> {
  created_at: Date;
  created_by: string;
  updated_at: Date;
}

const columns =
  "id, name, question, definition, form, locale, pinned, version, created_at, created_by, updated_at";

function toSaved({ created_at, created_by, updated_at, ...rest }: Row): SavedChart {
  return {
    ...rest,
    createdAt: created_at.toISOString(),
    createdBy: created_by,
    updatedAt: updated_at.toISOString(),
  };
}

export async function selectSaved(db: Queryable, portalId: number): Promise<SavedChart[]> {
  const text = `SELECT ${columns} FROM b24kit.charts_saved WHERE portal_id = $1 AND deleted_at IS NULL
    ORDER BY pinned DESC, updated_at DESC, id LIMIT 1000`;
  return (await db.query<Row>(text, [portalId])).rows.map(toSaved);
}

export async function selectSavedChart(
  db: Queryable,
  portalId: number,
  id: string,
): Promise<SavedChart | null> {
  const text = `SELECT ${columns} FROM b24kit.charts_saved WHERE portal_id = $1 AND id = $2 AND deleted_at IS NULL`;
  const [row] = (await db.query<Row>(text, [portalId, id])).rows;
  return row ? toSaved(row) : null;
}

/** In the order of the ids. */
export async function selectSavedCharts(
  db: Queryable,
  portalId: number,
  ids: readonly string[],
): Promise<SavedChart[]> {
  const text = `SELECT ${columns} FROM b24kit.charts_saved WHERE portal_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL
    ORDER BY array_position($2::uuid[], id)`;
  return (await db.query<Row>(text, [portalId, ids])).rows.map(toSaved);
}

export type NewSaved = Pick<
  SavedChart,
  "id" | "name" | "question" | "definition" | "form" | "locale" | "pinned"
>;

/** Keeps a chart; one that was removed comes back as it is saved. False where the id is another portal's, or is kept already. */
export async function insertSaved(
  tx: Queryable,
  portalId: number,
  who: string,
  chart: NewSaved,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO b24kit.charts_saved AS s (id, portal_id, name, question, definition, form, locale, pinned, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, question = excluded.question, definition = excluded.definition,
       form = excluded.form, locale = excluded.locale, pinned = excluded.pinned, deleted_at = NULL, version = s.version + 1, updated_at = now()
       WHERE s.portal_id = excluded.portal_id AND s.deleted_at IS NOT NULL`,
    [
      ...[chart.id, portalId, chart.name, chart.question, JSON.stringify(chart.definition)],
      ...[chart.form, chart.locale, chart.pinned, who],
    ],
  );
  return rowCount === 1;
}

/** Writes the whole chart over the version that was read; false where somebody was quicker. */
export async function updateSaved(tx: Queryable, portalId: number, chart: SavedChart): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE b24kit.charts_saved SET name = $4, definition = $5, form = $6, pinned = $7, version = version + 1, updated_at = now()
     WHERE portal_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL`,
    [
      portalId,
      chart.id,
      chart.version,
      chart.name,
      JSON.stringify(chart.definition),
      chart.form,
      chart.pinned,
    ],
  );
  return rowCount === 1;
}

export async function removeSaved(db: Queryable, portalId: number, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "UPDATE b24kit.charts_saved SET deleted_at = now() WHERE portal_id = $1 AND id = $2 AND deleted_at IS NULL",
    [portalId, id],
  );
  return rowCount === 1;
}

/** Notes the chart's present version. */
export async function insertVersion(
  tx: Queryable,
  id: string,
  who: string,
  change: SavedChartVersion["change"],
): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.charts_saved_versions (chart_id, version, by, change, name, definition)
     SELECT id, version, $2, $3, name, definition FROM b24kit.charts_saved WHERE id = $1`,
    [id, who, change],
  );
}

export async function selectVersions(db: Queryable, id: string): Promise<SavedChartVersion[]> {
  const { rows } = await db.query<Omit<SavedChartVersion, "at"> & { at: Date; definition: ChartDefinition }>(
    `SELECT version, at, by, change, name, definition FROM b24kit.charts_saved_versions WHERE chart_id = $1
     ORDER BY version DESC LIMIT 200`,
    [id],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
