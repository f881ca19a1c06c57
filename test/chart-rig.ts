import pg from "pg";
import type { StartPortalOptions } from "../demo/portal/index.ts";
import { type Charts, createCharts } from "../packages/api/src/features/charts/charts.ts";
import { closeBuiltIns } from "../packages/api/src/platform/db/embedded-built-ins.ts";
import { createLogger } from "../packages/api/src/platform/log/logger.ts";
import { createSecrets } from "../packages/api/src/platform/secrets/secrets.ts";
import { holdTestServer } from "./database.ts";
import { CRM_ENTITIES } from "./mirror-equals.ts";
import { openRig, type Rig } from "./sync-rig.ts";

export interface ChartRig extends Rig {
  readonly charts: Charts;
  /** Runs SQL as the superuser, in this rig's database. */
  asAdmin<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  /** The id of whoever has the most deals: how many a person has changes with the day on which they are made. */
  busiest(): Promise<string>;
  /** A pool of one connection as the portal's chart login: no guard, no limits but the role's own. */
  readerPool(): Promise<pg.Pool>;
}

/** A portal, mirrored, with charts over it, on a database that is closed as the embedded one is, or open as others are. */
export async function openChartRig(
  options: StartPortalOptions = {},
  { synced = true, closed = true } = {},
): Promise<ChartRig> {
  const rig = await openRig(options);
  const server = await holdTestServer();
  const admin = new pg.Client({ connectionString: sameDatabase(server.url, rig.url) });
  await admin.connect();
  if (closed) await admin.query(closeBuiltIns(decodeURIComponent(new URL(server.ownerUrl).username)));
  if (synced) for (const entity of CRM_ENTITIES) await rig.run(entity);
  const log = createLogger({ level: process.env["TEST_LOG"] ? "debug" : "silent", form: "plain" });
  const secrets = createSecrets(["a secret key of the tests only"]);
  const charts = createCharts({ ...rig, mirror: rig.sync, secrets, log });
  return {
    ...rig,
    charts,
    async asAdmin<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await admin.query<T>(sql, values)).rows;
    },
    async busiest() {
      await charts.access(rig.portalId);
      const { rows } = await rig.db.pool.query<{ id: string }>(
        "SELECT responsible_id::text AS id FROM crm_chart.deals GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
      );
      return rows[0]!.id;
    },
    async readerPool() {
      const { pool } = await charts.access(rig.portalId);
      const reader = new pg.Pool({ ...pool.options, max: 1, idleTimeoutMillis: 0 });
      reader.on("error", () => {});
      return reader;
    },
    async close() {
      await charts.stop();
      await admin.end();
      await rig.close();
    },
  };
}

function sameDatabase(url: string, other: string): string {
  const changed = new URL(url);
  changed.pathname = new URL(other).pathname;
  return changed.href;
}
