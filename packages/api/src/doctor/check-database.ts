import type { Database } from "../platform/db/database.ts";
import { migrationStatus } from "../platform/db/migrate.ts";
import type { Finding } from "./finding.ts";

/** The oldest server whose features are used. */
const OLDEST = 14;

/** Version, role and migrations of a database that answers. */
export async function checkDatabase(db: Database): Promise<Finding[]> {
  const { rows } = await db.pool.query<{ version: string; role: string; super: boolean; create: boolean }>(
    `SELECT current_setting('server_version') AS version, current_user AS role,
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
       has_database_privilege(current_database(), 'CREATE') AS create`,
  );
  const { version = "", role = "", super: superuser = false, create = false } = rows[0] ?? {};
  const found: Finding[] = [];
  const add = (state: Finding["state"], code: Finding["code"], values: Finding["values"] = {}) =>
    found.push({ section: "database", state, code, values });
  if (Number.parseInt(version, 10) < OLDEST) add("failed", "database_old", { version, oldest: OLDEST });
  else add("ok", "database_reached", { version, role });
  if (!create) add("failed", "role_may_not_create", { role });
  if (superuser) add("warning", "role_superuser", { role });
  const { applied, pending, unknown } = await migrationStatus(db);
  if (pending.length > 0) add("failed", "migrations_pending", { count: pending.length });
  else if (unknown.length > 0) add("failed", "database_newer", { count: unknown.length });
  else add("ok", "migrations_done", { count: applied.length });
  return found;
}
