import pg from "pg";
import type { ChartViews } from "../views/chart-views.ts";
import type { Queryable } from "./queryable.ts";

const quote = pg.escapeIdentifier;

/** Whether the schema holds exactly these views: what it holds is written on it, and views may have gone since. */
export async function holdsViews(db: Queryable, schema: string, views: ChartViews): Promise<boolean> {
  const { rows } = await db.query<{ fingerprint: string | null; count: string }>(
    `SELECT obj_description(n.oid, 'pg_namespace') AS fingerprint,
       (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind = 'v') AS count
     FROM pg_namespace n WHERE n.nspname = $1`,
    [schema],
  );
  const [found] = rows;
  return found?.fingerprint === mark(views) && Number(found.count) === views.statements.size;
}

/**
 * Makes the views anew, in the caller's transaction: a view's columns cannot be changed in place. Whoever may read
 * the schema keeps that right, for all views of it.
 */
export async function replaceViews(
  tx: Queryable,
  schema: string,
  views: ChartViews,
  reader: string | null,
): Promise<void> {
  const name = quote(schema);
  await tx.query(`CREATE SCHEMA IF NOT EXISTS ${name}`);
  await tx.query(`REVOKE ALL ON SCHEMA ${name} FROM PUBLIC`);
  for (const old of await selectViews(tx, schema)) await tx.query(`DROP VIEW ${name}.${quote(old)}`);
  for (const [view, statement] of views.statements) {
    await tx.query(`CREATE VIEW ${name}.${quote(view)} WITH (security_barrier) AS ${statement}`);
  }
  await tx.query(`COMMENT ON SCHEMA ${name} IS ${pg.escapeLiteral(mark(views))}`);
  if (reader !== null) await grantViews(tx, schema, reader);
}

/** Lets a role read the views, and nothing else of the database. */
export async function grantViews(tx: Queryable, schema: string, reader: string): Promise<void> {
  await tx.query(`GRANT USAGE ON SCHEMA ${quote(schema)} TO ${quote(reader)}`);
  await tx.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${quote(schema)} TO ${quote(reader)}`);
}

async function selectViews(db: Queryable, schema: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'v'`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

/** Schemas of chart views whose portal is no more. */
export async function dropStraySchemas(tx: Queryable): Promise<void> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT n.nspname AS name FROM pg_namespace n
     WHERE obj_description(n.oid, 'pg_namespace') LIKE 'b24kit chart views %'
       AND NOT EXISTS (SELECT FROM b24kit.portal_portals p WHERE p.schema_name || '_chart' = n.nspname)`,
  );
  for (const { name } of rows) await tx.query(`DROP SCHEMA ${quote(name)} CASCADE`);
}

function mark({ fingerprint }: ChartViews): string {
  return `b24kit chart views ${fingerprint}`;
}
