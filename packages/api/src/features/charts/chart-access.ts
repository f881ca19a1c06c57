import type pg from "pg";
import type { Database } from "../../platform/db/database.ts";
import { createPool } from "../../platform/db/pool.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { ChartLogin } from "./ensure-role.ts";
import type { Login } from "./logins.ts";
import type { ReadyCatalogue } from "./read-catalogue.ts";
import { POOL_SIZE } from "./role-settings.ts";
import { type Attempt, attackOwnSetup } from "./self-attack.ts";
import { grantViews } from "./store/views.ts";

/** Whether generated SQL may run for a portal, and why not. */
export type Lane =
  | { readonly state: "on" }
  | {
      readonly state: "off";
      readonly reason: "no_login" | "login_failed" | "attack_worked";
      readonly detail: string;
    };

/** How a portal's charts read the database. */
export interface ChartAccess {
  readonly lane: Lane;
  /** Connections of the chart login; of the program where there is no such login, for plans alone. */
  readonly pool: pg.Pool;
  /** What was tried against this set-up, and what came of it. */
  readonly attempts: readonly Attempt[];
  readonly checkedAt: Date;
}

export interface AccessDeps {
  readonly db: Database;
  readonly log: Logger;
  readonly login: (portalId: number) => Promise<Login>;
  readonly catalogue: (portalId: number) => Promise<ReadyCatalogue>;
}

export interface ChartAccesses {
  get(portalId: number): Promise<ChartAccess>;
  /** Of the portals that were opened: off where it is off for one of them. */
  overall(): "on" | "off" | "unchecked";
  close(): Promise<void>;
}

/** A set-up that failed its check is checked again after this: somebody may have mended it. */
const AGAIN_MS = 60_000;

/** Opens each portal's way to its views when it is first needed, and attacks it before anybody else does. */
export function keepAccesses(deps: AccessDeps): ChartAccesses {
  const kept = new Map<number, Promise<ChartAccess>>();
  const lanes = new Map<number, Lane["state"]>();
  const pools: pg.Pool[] = [];

  async function open(portalId: number): Promise<ChartAccess> {
    const login = await deps.login(portalId);
    const { schema } = await deps.catalogue(portalId);
    if (login.role === null) return closed(deps, "no_login", login.why);
    await grantViews(deps.db.pool, schema, login.role);
    const pool = openPool(login, deps.log);
    const verdict = await check(deps, pool, schema, portalId);
    if (verdict.lane.state === "on") pools.push(pool);
    else await pool.end();
    return verdict;
  }

  return {
    get(portalId) {
      const known = kept.get(portalId);
      if (known) return known;
      const access = open(portalId);
      kept.set(portalId, access);
      const forget = () => kept.get(portalId) === access && kept.delete(portalId);
      access.then(({ lane }) => {
        lanes.set(portalId, lane.state);
        if (lane.state === "off") setTimeout(forget, AGAIN_MS).unref();
      }, forget);
      return access;
    },
    overall() {
      if (lanes.size === 0) return "unchecked";
      return [...lanes.values()].includes("off") ? "off" : "on";
    },
    async close() {
      // What is being opened meanwhile is closed too.
      await Promise.allSettled(kept.values());
      await Promise.all(pools.splice(0).map((pool) => pool.end()));
    },
  };
}

function openPool({ url }: ChartLogin, log: Logger): pg.Pool {
  return createPool(
    {
      connectionString: url,
      max: POOL_SIZE,
      application_name: "b24kit charts",
      connectionTimeoutMillis: 5_000,
    },
    log,
  );
}

async function check(
  deps: AccessDeps,
  pool: pg.Pool,
  schema: string,
  portalId: number,
): Promise<ChartAccess> {
  const attempts = await attackOwnSetup(pool, schema).catch((error: Error) => {
    deps.log.error({ portalId, reason: error.message }, "the chart login cannot be used");
    return null;
  });
  if (attempts === null)
    return closed(deps, "login_failed", "the chart login cannot connect or read its views");
  const worked = attempts.filter(({ outcome }) => outcome === "worked");
  if (worked.length === 0) return { lane: { state: "on" }, pool, attempts, checkedAt: new Date() };
  const detail = worked.map(({ name, remedy }) => `${name}: ${remedy}`).join("; ");
  deps.log.error(
    { portalId, worked: worked.map(({ name }) => name) },
    "generated SQL stays off: an attack worked",
  );
  return { ...closed(deps, "attack_worked", detail), attempts };
}

/** Plans are our own SQL: they go on, over the program's own connections. */
function closed(
  { db }: AccessDeps,
  reason: "no_login" | "login_failed" | "attack_worked",
  detail: string,
): ChartAccess {
  return { lane: { state: "off", reason, detail }, pool: db.pool, attempts: [], checkedAt: new Date() };
}
