import type { Database } from "../../platform/db/database.ts";
import { dropRole, selectOwnRights, selectStrayRoles } from "./store/roles.ts";
import { dropStraySchemas } from "./store/views.ts";

/** Removes views and logins of portals that were removed: nothing that could read stays behind. */
export async function forgetRemoved(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('charts.roles', 24))");
    await dropStraySchemas(tx);
    const { database, mayMakeRoles } = await selectOwnRights(tx);
    if (!mayMakeRoles) return;
    for (const role of await selectStrayRoles(tx)) await dropRole(tx, database, role);
  });
}
