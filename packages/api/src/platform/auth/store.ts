import type { ApiKey, KeyRight } from "@b24kit/client/contract";
import type pg from "pg";

type Queryable = Pick<pg.Pool, "query">;

interface Row {
  id: string;
  name: string;
  rights: KeyRight[];
  portals: number[] | null;
  created_at: Date;
  created_by: string;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const columns = "id, name, rights, portals, created_at, created_by, expires_at, last_used_at, revoked_at";

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    rights: row.rights,
    portals: row.portals,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

export interface NewKey {
  readonly id: string;
  readonly hash: Buffer;
  readonly name: string;
  readonly rights: readonly KeyRight[];
  readonly portals: readonly number[] | null;
  readonly createdBy: string;
  readonly expiresAt: string | null;
}

export async function insertKey(q: Queryable, key: NewKey): Promise<ApiKey> {
  const text = `INSERT INTO b24kit.auth_keys (id, hash, name, rights, portals, created_by, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`;
  const values = [key.id, key.hash, key.name, key.rights, key.portals, key.createdBy, key.expiresAt];
  return toKey((await q.query<Row>(text, values)).rows[0]!);
}

/** Keys within the given portals (null: every key), newest first. */
export async function selectKeys(q: Queryable, within: readonly number[] | null): Promise<ApiKey[]> {
  const text = `SELECT ${columns} FROM b24kit.auth_keys WHERE $1::int[] IS NULL OR portals <@ $1
    ORDER BY created_at DESC, id`;
  return (await q.query<Row>(text, [within])).rows.map(toKey);
}

/** The key and its hash, whatever its state; null where there is none. */
export async function selectKey(q: Queryable, id: string): Promise<{ key: ApiKey; hash: Buffer } | null> {
  const text = `SELECT ${columns}, hash FROM b24kit.auth_keys WHERE id = $1`;
  const row = (await q.query<Row & { hash: Buffer }>(text, [id])).rows[0];
  return row ? { key: toKey(row), hash: row.hash } : null;
}

/** False where no key within the portals has the id. */
export async function revokeKeyRow(
  q: Queryable,
  id: string,
  within: readonly number[] | null,
): Promise<boolean> {
  const text = `UPDATE b24kit.auth_keys SET revoked_at = coalesce(revoked_at, now())
    WHERE id = $1 AND ($2::int[] IS NULL OR portals <@ $2)`;
  return (await q.query(text, [id, within])).rowCount === 1;
}

/** Notes a use, at most once a minute. */
export async function touchKey(q: Queryable, id: string): Promise<void> {
  const text = `UPDATE b24kit.auth_keys SET last_used_at = now()
    WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;
  await q.query(text, [id]);
}
