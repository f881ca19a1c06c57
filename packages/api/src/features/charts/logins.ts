import type { Database } from "../../platform/db/database.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { PortalAccess } from "./deps.ts";
import { type ChartLogin, ensureRole, RoleNotMakeable } from "./ensure-role.ts";
import { chartSchema } from "./ensure-views.ts";
import { roleExists } from "./store/roles.ts";

const INSUFFICIENT_PRIVILEGE = "42501";

export interface LoginDeps {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly portals: Pick<PortalAccess, "get" | "all">;
  /** CHART_DATABASE_URL: a login that somebody made, where we may make none. It serves one portal. */
  readonly givenUrl: string | undefined;
}

/** The login of each portal's charts, or why there is none. */
export type Login = ChartLogin | { readonly role: null; readonly why: string };

/** Finds or makes each portal's login once in the life of the process; what fails is tried again. */
export function keepLogins(deps: LoginDeps): (portalId: number) => Promise<Login> {
  const kept = new Map<number, Promise<Login>>();
  return (portalId) => {
    const known = kept.get(portalId);
    if (known) return known;
    const login = findLogin(deps, portalId);
    kept.set(portalId, login);
    login.then(
      ({ role }) => role === null && kept.delete(portalId),
      () => kept.delete(portalId),
    );
    return login;
  };
}

async function findLogin(deps: LoginDeps, portalId: number): Promise<Login> {
  if (deps.givenUrl !== undefined) return givenLogin(deps, deps.givenUrl, portalId);
  const { schema } = await deps.portals.get(portalId);
  try {
    return await ensureRole(deps, portalId, chartSchema(schema));
  } catch (error) {
    if (error instanceof RoleNotMakeable) return { role: null, why: error.message };
    // Somebody gave the login rights above ours: it is not to be trusted.
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE)
      return { role: null, why: "the login has rights that the database's user may not take from it" };
    throw error;
  }
}

/** One login for several portals could read across them, so it serves the first. */
async function givenLogin({ db, portals }: LoginDeps, url: string, portalId: number): Promise<Login> {
  const role = decodeURIComponent(new URL(url).username);
  if (!(await roleExists(db.pool, role)))
    return { role: null, why: "the user of CHART_DATABASE_URL does not exist in this database" };
  const first = Math.min(...(await portals.all()).map(({ id }) => id));
  if (portalId === first) return { role, url };
  return { role: null, why: "CHART_DATABASE_URL serves the first portal only" };
}
