import type { ChartEmbed } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** What the tokens of an embedding allow. */
type Allowed = Pick<ChartEmbed, "content" | "can" | "filters" | "origins">;

interface Row {
  id: string;
  allowed: Allowed;
  created_at: Date;
  created_by: string;
  issued: number;
  used: number;
  last_used_at: Date | null;
  last_origin: string | null;
  revoked_at: Date | null;
}

const columns = "id, allowed, created_at, created_by, issued, used, last_used_at, last_origin, revoked_at";

function toEmbed(row: Row): ChartEmbed {
  return {
    ...{ id: row.id, ...row.allowed, createdBy: row.created_by, issued: row.issued, used: row.used },
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastOrigin: row.last_origin,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

/** The embedding that allows exactly this, with one token more. One that was ended gets none. */
export async function issueEmbed(
  db: Queryable,
  embed: { readonly id: string; readonly portalId: number; readonly key: string; readonly createdBy: string },
  allowed: Allowed,
): Promise<ChartEmbed> {
  const { rows } = await db.query<Row>(
    `INSERT INTO b24kit.charts_embeds AS e (id, portal_id, key, allowed, created_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (portal_id, key) DO UPDATE SET issued = e.issued + CASE WHEN e.revoked_at IS NULL THEN 1 ELSE 0 END
     RETURNING ${columns}`,
    [embed.id, embed.portalId, embed.key, JSON.stringify(allowed), embed.createdBy],
  );
  return toEmbed(rows[0]!);
}

export async function selectEmbeds(db: Queryable, portalId: number): Promise<ChartEmbed[]> {
  const text = `SELECT ${columns} FROM b24kit.charts_embeds WHERE portal_id = $1 ORDER BY created_at DESC, id LIMIT 500`;
  return (await db.query<Row>(text, [portalId])).rows.map(toEmbed);
}

/** Whether it is allowed; an embedding that is unknown is not. */
export async function isEmbedAllowed(db: Queryable, id: string): Promise<boolean> {
  const text = "SELECT FROM b24kit.charts_embeds WHERE id = $1 AND revoked_at IS NULL";
  return (await db.query(text, [id])).rowCount === 1;
}

export async function setEmbedRevoked(
  db: Queryable,
  portalId: number,
  id: string,
  revoked: boolean,
): Promise<ChartEmbed | null> {
  const { rows } = await db.query<Row>(
    `UPDATE b24kit.charts_embeds SET revoked_at = CASE WHEN $3 THEN coalesce(revoked_at, now()) END
     WHERE portal_id = $1 AND id = $2 RETURNING ${columns}`,
    [portalId, id, revoked],
  );
  return rows[0] ? toEmbed(rows[0]) : null;
}

export async function countEmbedUse(db: Queryable, id: string, origin: string | null): Promise<void> {
  await db.query(
    "UPDATE b24kit.charts_embeds SET used = used + 1, last_used_at = now(), last_origin = coalesce($2, last_origin) WHERE id = $1",
    [id, origin],
  );
}
