import type { CatalogueColumn } from "@b24kit/client/contract";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { keepCatalogues } from "./catalogues.ts";
import { type ChartAccess, keepAccesses } from "./chart-access.ts";
import type { MirrorAccess, PortalAccess } from "./deps.ts";
import { forgetRemoved } from "./forget-removed.ts";
import { type Accepted, checkSql, loadGuard, type Verdict } from "./guard/check-sql.ts";
import { keepLogins } from "./logins.ts";
import type { ReadyCatalogue } from "./read-catalogue.ts";
import { type ChartResult, type ChartRunOptions, type ChartStatement, runChartSql } from "./run-chart-sql.ts";

export interface ChartsOptions {
  readonly db: Database;
  readonly bus: Pick<Bus, "subscribe">;
  readonly portals: PortalAccess;
  readonly mirror: MirrorAccess;
  readonly secrets: Secrets;
  /** CHART_DATABASE_URL. */
  readonly givenUrl?: string | undefined;
  readonly log: Logger;
  readonly now?: () => number;
}

/** Who a statement is for: what they may see decides what it may read. */
export interface ChartReader {
  /** May see columns that name or describe customers. */
  readonly pii: boolean;
  /** Sees some rows only. Generated SQL cannot keep that, so it is off for such readers. */
  readonly filtered: boolean;
}

export interface Charts {
  readonly portals: PortalAccess;
  /** What charts may read of a portal, its views made ready. */
  catalogue(portalId: number): Promise<ReadyCatalogue>;
  /** How a portal's charts read the database, and whether generated SQL may. */
  access(portalId: number): Promise<ChartAccess>;
  /** Whether a text is one harmless SELECT for this reader. @throws AppError sql_off */
  check(portalId: number, text: string, reader: ChartReader): Promise<Verdict>;
  /** Runs what `check` accepted. @throws AppError as `runPlan`, sql_off */
  runSql(portalId: number, statement: Accepted, options: ChartRunOptions): Promise<ChartResult>;
  /** Runs SQL of our own making: a compiled plan. @throws AppError query_too_heavy, sql_invalid, query_timeout, database_unavailable */
  runPlan(portalId: number, statement: ChartStatement, options: ChartRunOptions): Promise<ChartResult>;
  /** Of the portals that were checked: `off` where generated SQL is off for one of them. */
  safety(): "on" | "off" | "unchecked";
  /** Prepares every portal that is there and attacks its set-up; what fails is told in the log and tried again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createCharts(options: ChartsOptions): Charts {
  const { db, bus, portals, mirror, log, secrets, givenUrl, now = Date.now } = options;
  const login = keepLogins({ db, secrets, portals, givenUrl });
  const readerOf = async (portalId: number) => (await login(portalId)).role;
  const catalogues = keepCatalogues({ db, portals, mirror, readerOf }, bus, now);
  const accesses = keepAccesses({ db, log, login, catalogue: catalogues.get });
  /** Texts that this guard let through: nothing else is run as generated SQL. */
  const accepted = new WeakSet<Accepted>();
  let stopped = false;

  async function requireLane(portalId: number): Promise<ChartAccess> {
    const access = await accesses.get(portalId);
    if (access.lane.state === "off") throw new AppError("sql_off", `${access.lane.detail}.`);
    return access;
  }

  async function run(access: ChartAccess, portalId: number, statement: ChartStatement, how: ChartRunOptions) {
    const { catalogue, schema } = await catalogues.get(portalId);
    return runChartSql({ pool: access.pool, schema, offsetMinutes: catalogue.offsetMinutes }, statement, how);
  }

  return {
    portals,
    catalogue: catalogues.get,
    access: accesses.get,
    async check(portalId, text, reader) {
      if (reader.filtered) throw new AppError("sql_off", "This reader sees some rows only.");
      await requireLane(portalId);
      await loadGuard();
      const { catalogue, schema } = await catalogues.get(portalId);
      const isHidden = ({ pii }: CatalogueColumn) => pii && !reader.pii;
      const verdict = checkSql(text, { catalogue, schema, isHidden });
      if (verdict.ok) accepted.add(verdict);
      return verdict;
    },
    async runSql(portalId, statement, how) {
      if (!accepted.has(statement)) throw new AppError("sql_refused", "The statement was not checked.");
      return run(await requireLane(portalId), portalId, statement, how);
    },
    async runPlan(portalId, statement, how) {
      return run(await accesses.get(portalId), portalId, statement, how);
    },
    safety: accesses.overall,
    async start() {
      await forgetRemoved(db);
      for (const { id } of await portals.all()) {
        if (stopped) return;
        await accesses.get(id).catch((error: Error) => {
          log.warn({ portalId: id, reason: error.message }, "charts of a portal could not be prepared");
        });
      }
    },
    async stop() {
      stopped = true;
      catalogues.stop();
      await accesses.close();
    },
  };
}
