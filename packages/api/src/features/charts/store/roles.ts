import pg from "pg";
import { CONNECTION_LIMIT, OPTIONAL_ROLE_SETTINGS, ROLE_SETTINGS } from "../role-settings.ts";
import type { Queryable } from "./queryable.ts";

const quote = pg.escapeIdentifier;

export interface RoleRow {
  readonly role: string;
  /** Sealed. */
  readonly password: string;
}

export async function selectRole(db: Queryable, portalId: number): Promise<RoleRow | null> {
  const { rows } = await db.query<RoleRow>(
    "SELECT role, password FROM b24kit.charts_roles WHERE portal_id = $1",
    [portalId],
  );
  return rows[0] ?? null;
}

export async function upsertRole(db: Queryable, portalId: number, row: RoleRow): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.charts_roles (portal_id, role, password) VALUES ($1, $2, $3)
     ON CONFLICT (portal_id) DO UPDATE SET role = excluded.role, password = excluded.password, made_at = now()`,
    [portalId, row.role, row.password],
  );
}

/** Roles belong to the whole server, so a role's name names the database too. */
export async function chooseRoleName(db: Queryable, portalId: number): Promise<string> {
  const { rows } = await db.query<{ oid: string }>(
    "SELECT oid::text FROM pg_database WHERE datname = current_database()",
  );
  return `b24kit_chart_${rows[0]!.oid}_${portalId}`;
}

export interface OwnRights {
  readonly database: string;
  readonly ownsDatabase: boolean;
  readonly mayMakeRoles: boolean;
}

export async function selectOwnRights(db: Queryable): Promise<OwnRights> {
  const { rows } = await db.query<OwnRights>(
    `SELECT d.datname AS database, pg_has_role(d.datdba, 'USAGE') AS "ownsDatabase", r.rolcreaterole OR r.rolsuper AS "mayMakeRoles"
     FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`,
  );
  return rows[0]!;
}

export async function roleExists(db: Queryable, role: string): Promise<boolean> {
  const { rowCount } = await db.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  return rowCount === 1;
}

/** A role that can do nothing but log in: what it may read is granted by the views. */
export async function makeRole(tx: Queryable, role: string, password: string): Promise<void> {
  // What may not be given away may not be taken away either: an ordinary owner names no such right of a known role.
  const [verb, rights] = (await roleExists(tx, role)) ? ["ALTER", ""] : ["CREATE", "NOCREATEDB NOCREATEROLE"];
  await tx.query(
    `${verb} ROLE ${quote(role)} LOGIN NOINHERIT ${rights} CONNECTION LIMIT ${CONNECTION_LIMIT}
     PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

/** Logins of portals that are no more: roles outlive the rows that told of them. */
export async function selectStrayRoles(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.query<{ role: string }>(
    `SELECT r.rolname AS role FROM pg_roles r, pg_database d
     WHERE d.datname = current_database() AND r.rolname ~ ('^b24kit_chart_' || d.oid || '_[0-9]+$')
       AND NOT EXISTS (SELECT FROM b24kit.charts_roles c WHERE c.role = r.rolname)`,
  );
  return rows.map(({ role }) => role);
}

/** Whatever it was granted has to have gone before, but for the right to connect. */
export async function dropRole(tx: Queryable, database: string, role: string): Promise<void> {
  await tx.query(`REVOKE ALL ON DATABASE ${quote(database)} FROM ${quote(role)}`);
  await tx.query(`DROP ROLE ${quote(role)}`);
}

/** What its sessions start with. `schema` becomes the only place where names are looked up. */
export async function setRoleDefaults(tx: Queryable, role: string, schema: string): Promise<void> {
  for (const [name, value] of Object.entries(ROLE_SETTINGS)) await setDefault(tx, role, name, value);
  await tx.query(`ALTER ROLE ${quote(role)} SET search_path = ${quote(schema)}`);
  for (const [name, value] of Object.entries(OPTIONAL_ROLE_SETTINGS)) {
    await tx.query("SAVEPOINT optional");
    await setDefault(tx, role, name, value).catch(() => tx.query("ROLLBACK TO SAVEPOINT optional"));
    await tx.query("RELEASE SAVEPOINT optional");
  }
}

function setDefault(tx: Queryable, role: string, name: string, value: string) {
  return tx.query(`ALTER ROLE ${quote(role)} SET ${name} = ${pg.escapeLiteral(value)}`);
}

/** Nobody gets in by default, and nobody makes temporary tables, which a read-only transaction would allow. */
export async function closeDatabase(tx: Queryable, database: string, role: string): Promise<void> {
  await tx.query(`REVOKE TEMPORARY ON DATABASE ${quote(database)} FROM PUBLIC`);
  await tx.query(`GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(role)}`);
}
