import pg from "pg";
import type { Queryable } from "./queryable.ts";

/** How much is kept of a portal. Rows are PostgreSQL's estimate. */
export async function measurePortal(
  db: Queryable,
  portalId: number,
  schema: string,
): Promise<{ tables: number; rows: number; events: number }> {
  const { rows } = await db.query<{ tables: string; rows: string; events: string }>(
    `SELECT count(*) AS tables, coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint AS rows,
       (SELECT count(*) FROM b24kit.portal_inbox WHERE portal_id = $1) AS events
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $2 AND c.relkind = 'r'`,
    [portalId, schema],
  );
  const { tables, rows: count, events } = rows[0]!;
  return { tables: Number(tables), rows: Number(count), events: Number(events) };
}

/**
 * The mirror's schema with all that is in it, then the row and whatever refers to it: in the order in which a sync
 * locks them, so that one under way ends and does not stand crosswise.
 */
export async function deletePortal(db: Queryable, portalId: number, schema: string): Promise<void> {
  const dropSchema = `DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`;
  await db.query(dropSchema);
  await db.query("DELETE FROM b24kit.portal_portals WHERE id = $1", [portalId]);
  // A sync that was just making the schema held the row; what it has committed meanwhile is seen only now.
  await db.query(dropSchema);
}
