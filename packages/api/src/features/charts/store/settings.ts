import type { SharingLevel } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

export interface SettingsRow {
  readonly sharing: SharingLevel;
  readonly sql: boolean;
}

const DEFAULTS: SettingsRow = { sharing: "values", sql: true };

export async function selectSettings(db: Queryable, portalId: number): Promise<SettingsRow> {
  const { rows } = await db.query<SettingsRow>(
    "SELECT sharing, sql FROM b24kit.charts_settings WHERE portal_id = $1",
    [portalId],
  );
  return rows[0] ?? DEFAULTS;
}

export interface ChangeRow {
  readonly at: Date;
  readonly who: string;
  readonly change: SettingsChange;
}

type SettingsChange = Partial<SettingsRow> & { readonly tokensPerDay?: number };

const MOST_CHANGES = 100;

/** Who changed what, the latest first. */
export async function selectChanges(db: Queryable, portalId: number): Promise<ChangeRow[]> {
  const { rows } = await db.query<ChangeRow>(
    "SELECT at, who, change FROM b24kit.charts_settings_log WHERE portal_id = $1 ORDER BY id DESC LIMIT $2",
    [portalId, MOST_CHANGES],
  );
  return rows;
}

/** Changes what is named and notes who did it, together. */
export async function changeSettings(
  tx: Queryable,
  portalId: number,
  who: string,
  change: SettingsChange,
): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.charts_settings AS s (portal_id, sharing, sql) VALUES ($1, coalesce($2::text, $4::text), coalesce($3::boolean, $5::boolean))
     ON CONFLICT (portal_id) DO UPDATE SET sharing = coalesce($2::text, s.sharing), sql = coalesce($3::boolean, s.sql)`,
    [portalId, change.sharing ?? null, change.sql ?? null, DEFAULTS.sharing, DEFAULTS.sql],
  );
  await tx.query("INSERT INTO b24kit.charts_settings_log (portal_id, who, change) VALUES ($1, $2, $3)", [
    portalId,
    who,
    JSON.stringify(change),
  ]);
}
