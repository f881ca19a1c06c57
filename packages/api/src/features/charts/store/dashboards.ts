import type { ChartFilters, Dashboard, ShareLink } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

export type Layout = Pick<Dashboard, "name" | "tiles" | "filters" | "refreshSeconds">;

interface Row {
  id: string;
  layout: Layout;
  version: number;
  created_at: Date;
  created_by: string;
  updated_at: Date;
}

const columns = "id, layout, version, created_at, created_by, updated_at";

function toDashboard({ id, layout, version, created_at, created_by, updated_at }: Row): Dashboard {
  return {
    ...{ id, ...layout, version, createdBy: created_by },
    ...{ createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString() },
  };
}

export async function selectDashboards(db: Queryable, portalId: number): Promise<Dashboard[]> {
  const text = `SELECT ${columns} FROM b24kit.charts_dashboards WHERE portal_id = $1 ORDER BY lower(layout->>'name'), id LIMIT 500`;
  return (await db.query<Row>(text, [portalId])).rows.map(toDashboard);
}

export async function selectDashboard(
  db: Queryable,
  portalId: number,
  id: string,
): Promise<Dashboard | null> {
  const text = `SELECT ${columns} FROM b24kit.charts_dashboards WHERE portal_id = $1 AND id = $2`;
  const [row] = (await db.query<Row>(text, [portalId, id])).rows;
  return row ? toDashboard(row) : null;
}

/** Makes a dashboard (`version` null) or replaces that version of it; null where it is another version, or there already. */
export async function putDashboard(
  db: Queryable,
  portalId: number,
  who: string,
  { id, layout, version }: { readonly id: string; readonly layout: Layout; readonly version: number | null },
): Promise<Dashboard | null> {
  const text =
    version === null
      ? `INSERT INTO b24kit.charts_dashboards (id, portal_id, layout, created_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING RETURNING ${columns}`
      : `UPDATE b24kit.charts_dashboards SET layout = $3, version = version + 1, updated_at = now()
         WHERE id = $1 AND portal_id = $2 AND version = $4 RETURNING ${columns}`;
  const [row] = (await db.query<Row>(text, [id, portalId, JSON.stringify(layout), version ?? who])).rows;
  return row ? toDashboard(row) : null;
}

export async function removeDashboard(db: Queryable, portalId: number, id: string): Promise<boolean> {
  const text = "DELETE FROM b24kit.charts_dashboards WHERE portal_id = $1 AND id = $2";
  return (await db.query(text, [portalId, id])).rowCount === 1;
}

export interface LinkRow {
  readonly id: string;
  readonly portalId: number;
  readonly dashboardId: string;
  readonly expiresAt: Date;
  readonly password: string | null;
  readonly filters: ChartFilters | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly revokedAt: Date | null;
  readonly opened: number;
  readonly lastUsedAt: Date | null;
  readonly lastOrigin: string | null;
}

const linkColumns = `id, portal_id AS "portalId", dashboard_id AS "dashboardId", expires_at AS "expiresAt", password, filters,
  created_at AS "createdAt", created_by AS "createdBy", revoked_at AS "revokedAt", opened,
  last_used_at AS "lastUsedAt", last_origin AS "lastOrigin"`;

/** As its maker sees it; the address is in the answer to its making alone. */
export function toShareLink(row: LinkRow, url: string | null = null): ShareLink {
  return {
    ...{ id: row.id, url, password: row.password !== null, filters: row.filters, opened: row.opened },
    ...{
      expiresAt: row.expiresAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
    },
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastOrigin: row.lastOrigin,
  };
}

export async function insertLink(
  db: Queryable,
  link: Pick<LinkRow, "id" | "portalId" | "dashboardId" | "expiresAt" | "password" | "filters" | "createdBy">,
): Promise<LinkRow> {
  const { rows } = await db.query<LinkRow>(
    `INSERT INTO b24kit.charts_links (id, portal_id, dashboard_id, expires_at, password, filters, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${linkColumns}`,
    [
      ...[link.id, link.portalId, link.dashboardId, link.expiresAt, link.password],
      ...[link.filters === null ? null : JSON.stringify(link.filters), link.createdBy],
    ],
  );
  return rows[0]!;
}

export async function selectLink(db: Queryable, id: string): Promise<LinkRow | null> {
  const text = `SELECT ${linkColumns} FROM b24kit.charts_links WHERE id = $1`;
  return (await db.query<LinkRow>(text, [id])).rows[0] ?? null;
}

export async function selectLinks(db: Queryable, portalId: number, dashboardId: string): Promise<LinkRow[]> {
  const text = `SELECT ${linkColumns} FROM b24kit.charts_links WHERE portal_id = $1 AND dashboard_id = $2 ORDER BY created_at DESC LIMIT 200`;
  return (await db.query<LinkRow>(text, [portalId, dashboardId])).rows;
}

export async function revokeLink(db: Queryable, portalId: number, id: string): Promise<boolean> {
  const text =
    "UPDATE b24kit.charts_links SET revoked_at = coalesce(revoked_at, now()) WHERE portal_id = $1 AND id = $2";
  return (await db.query(text, [portalId, id])).rowCount === 1;
}

export async function countOpening(db: Queryable, id: string): Promise<void> {
  await db.query("UPDATE b24kit.charts_links SET opened = opened + 1 WHERE id = $1", [id]);
}

/** That its dashboard was looked at, and from where. */
export async function countLinkUse(db: Queryable, id: string, origin: string | null): Promise<void> {
  await db.query(
    "UPDATE b24kit.charts_links SET last_used_at = now(), last_origin = coalesce($2, last_origin) WHERE id = $1",
    [id, origin],
  );
}
