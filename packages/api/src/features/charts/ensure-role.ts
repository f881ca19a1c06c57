import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { Database } from "../../platform/db/database.ts";
import { type Secrets, SecretUnreadable } from "../../platform/secrets/secrets.ts";
import type { Queryable } from "./store/queryable.ts";
import {
  chooseRoleName,
  closeDatabase,
  makeRole,
  roleExists,
  selectOwnRights,
  selectRole,
  setRoleDefaults,
  upsertRole,
} from "./store/roles.ts";

/** A login that reads one portal's chart views. */
export interface ChartLogin {
  readonly role: string;
  /** Address, password included: never to be logged. */
  readonly url: string;
}

export interface RoleDeps {
  readonly db: Database;
  readonly secrets: Secrets;
}

/** Nobody is able to make a role here: the reason why generated SQL stays off until somebody gives one. */
export class RoleNotMakeable extends Error {
  constructor() {
    super("the database's user may not make roles (CREATEROLE)");
    this.name = "RoleNotMakeable";
  }
}

const sealedPlace = (portalId: number) => `charts_roles.password:${portalId}`;

/**
 * The portal's chart role, made where there is none or where its password cannot be opened any more. Its limits are
 * set each time, so that a role of an earlier version gets them too.
 * @throws RoleNotMakeable
 */
export async function ensureRole(
  { db, secrets }: RoleDeps,
  portalId: number,
  schema: string,
): Promise<ChartLogin> {
  const rights = await selectOwnRights(db.pool);
  if (!rights.mayMakeRoles) throw new RoleNotMakeable();
  return db.transaction(async (tx) => {
    // Roles and the database's rights are rows that all portals and processes would write at once.
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('charts.roles', 24))");
    const { role, password } = await keepRole(tx, secrets, portalId);
    await setRoleDefaults(tx, role, schema);
    if (rights.ownsDatabase) await closeDatabase(tx, rights.database, role);
    return { role, url: withLogin(db.url, role, password) };
  });
}

async function keepRole(tx: pg.PoolClient, secrets: Secrets, portalId: number) {
  const known = await selectRole(tx, portalId);
  const opened = known && open(secrets, portalId, known.password);
  if (known && opened && (await roleExists(tx, known.role))) return { role: known.role, password: opened };
  return makeNew(tx, secrets, portalId);
}

async function makeNew(tx: Queryable, secrets: Secrets, portalId: number) {
  const role = await chooseRoleName(tx, portalId);
  const password = randomBytes(24).toString("base64url");
  await makeRole(tx, role, password);
  await upsertRole(tx, portalId, { role, password: secrets.seal(password, sealedPlace(portalId)) });
  return { role, password };
}

function open(secrets: Secrets, portalId: number, sealed: string): string | null {
  try {
    return secrets.open(sealed, sealedPlace(portalId));
  } catch (error) {
    if (error instanceof SecretUnreadable) return null;
    throw error;
  }
}

/** The database's address for another user. */
function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
