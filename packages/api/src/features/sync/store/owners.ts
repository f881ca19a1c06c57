import pg from "pg";
import type { EntityDescriptor } from "../entities.ts";
import type { Extent } from "../partitions.ts";
import type { Queryable } from "./queryable.ts";

const quote = pg.escapeIdentifier;

type Owned = Pick<EntityDescriptor, "owner">;

/** What the mirror knows of the owners of records. */
export interface OwnersSeen {
  /** The ids of the owners, gone ones included. */
  readonly extent: Extent;
  /** How many of them changed since. */
  readonly changed: number;
  /** Until when, on the database's clock, everything that was written of owners can be seen. */
  readonly until: Date;
}

/**
 * Looks at the owners: none before their table is made; all have changed since null. What a transaction writes bears the
 * time of its beginning, so that nothing is surely seen but what is older than those that are open, and than those that
 * were just opening.
 */
export async function selectOwners(
  db: Queryable,
  schema: string,
  { owner }: Owned,
  since: string | null,
): Promise<OwnersSeen> {
  const table = `${quote(schema)}.${quote(owner!.table)}`;
  const first = await db.query<{ until: Date; there: boolean }>(
    `SELECT to_regclass($1) IS NOT NULL AS there, least(now(), min(xact_start)) - interval '100 milliseconds' AS until
     FROM pg_stat_activity WHERE datname = current_database()`,
    [table],
  );
  const { there, until } = first.rows[0]!;
  if (!there) return { extent: { lowest: 0, highest: 0, total: 0 }, changed: 0, until };
  const { rows } = await db.query<Record<keyof Extent | "changed", string>>(
    `SELECT coalesce(min(id), 0) AS lowest, coalesce(max(id), 0) AS highest, count(*) AS total,
       count(*) FILTER (WHERE $1::timestamptz IS NULL OR _synced_at >= $1) AS changed FROM ${table}`,
    [since],
  );
  const { lowest, highest, total, changed } = rows[0]!;
  return {
    extent: { lowest: Number(lowest), highest: Number(highest), total: Number(total) },
    changed: Number(changed),
    until,
  };
}

/** The next owners of a range, in the order of their ids; of those that changed since, where a time is named. */
export async function selectNextOwners(
  db: Queryable,
  schema: string,
  { owner }: Owned,
  range: {
    readonly after: number;
    readonly upTo: number;
    readonly since: string | null;
    readonly limit: number;
  },
): Promise<{ id: number; gone: boolean }[]> {
  const { rows } = await db.query<{ id: string; gone: boolean }>(
    `SELECT id, _deleted_at IS NOT NULL AS gone FROM ${quote(schema)}.${quote(owner!.table)}
     WHERE id > $1 AND id <= $2 AND ($3::timestamptz IS NULL OR _synced_at >= $3) ORDER BY id LIMIT $4`,
    [range.after, range.upTo, range.since, range.limit],
  );
  return rows.map(({ id, gone }) => ({ id: Number(id), gone }));
}
