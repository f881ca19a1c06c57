import type { ChartFilters, PictureLink } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

interface Row {
  readonly id: string;
  readonly expiresAt: Date;
  readonly filters: ChartFilters | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly revokedAt: Date | null;
  readonly used: number;
  readonly lastUsedAt: Date | null;
  readonly lastOrigin: string | null;
}

const columns = `id, expires_at AS "expiresAt", filters, created_at AS "createdAt", created_by AS "createdBy",
  revoked_at AS "revokedAt", used, last_used_at AS "lastUsedAt", last_origin AS "lastOrigin"`;

/** As its maker sees it; the address is in the answer to its making alone. */
export function toPictureLink(row: Row, url: string | null = null): PictureLink {
  return {
    ...row,
    url,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

export interface NewPictureLink {
  readonly id: string;
  readonly portalId: number;
  readonly chart: string;
  readonly expiresAt: Date;
  readonly filters: ChartFilters | null;
  readonly createdBy: string;
}

export async function insertPictureLink(db: Queryable, link: NewPictureLink): Promise<Row> {
  const { rows } = await db.query<Row>(
    `INSERT INTO b24kit.charts_picture_links (id, portal_id, chart_id, expires_at, filters, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`,
    [
      ...[link.id, link.portalId, link.chart, link.expiresAt],
      ...[link.filters === null ? null : JSON.stringify(link.filters), link.createdBy],
    ],
  );
  return rows[0]!;
}

export async function selectPictureLinks(db: Queryable, portalId: number, chart: string): Promise<Row[]> {
  const text = `SELECT ${columns} FROM b24kit.charts_picture_links WHERE portal_id = $1 AND chart_id = $2 ORDER BY created_at DESC LIMIT 200`;
  return (await db.query<Row>(text, [portalId, chart])).rows;
}

export async function revokePictureLink(db: Queryable, portalId: number, id: string): Promise<boolean> {
  const text =
    "UPDATE b24kit.charts_picture_links SET revoked_at = coalesce(revoked_at, now()) WHERE portal_id = $1 AND id = $2";
  return (await db.query(text, [portalId, id])).rowCount === 1;
}

export interface OpenPicture {
  readonly portalId: number;
  readonly chart: string;
  readonly filters: ChartFilters | null;
}

/** What a link that still works is of, the look counted; null where it has ended or is gone. */
export async function usePictureLink(
  db: Queryable,
  { id, now, origin }: { readonly id: string; readonly now: Date; readonly origin: string | null },
): Promise<OpenPicture | null> {
  const { rows } = await db.query<OpenPicture>(
    `UPDATE b24kit.charts_picture_links
     SET used = used + 1, last_used_at = now(), last_origin = coalesce($3, last_origin)
     WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2
     RETURNING portal_id AS "portalId", chart_id AS chart, filters`,
    [id, now, origin],
  );
  return rows[0] ?? null;
}
