import { createApp } from "../app.ts";
import type { Config } from "../config.ts";
import { openBus } from "../platform/bus/bus.ts";
import { type Database, openDatabase } from "../platform/db/database.ts";
import { startEmbedded } from "../platform/db/embedded.ts";
import { createLogger } from "../platform/log/logger.ts";
import { checkDatabase } from "./check-database.ts";
import { type Examined, examinePortal } from "./examine-portal.ts";
import type { Finding } from "./finding.ts";

export interface Examination {
  readonly findings: readonly Finding[];
  /** By portal's host. */
  readonly portals: Readonly<Record<string, Pick<Examined, "requests" | "profile">>>;
}

const silent = createLogger({ level: "silent", form: "json" });

/** Everything that is to be known of an installation whose settings can be read. */
export async function examine(config: Config, options: { write: boolean }): Promise<Examination> {
  const findings: Finding[] = [{ section: "settings", state: "ok", code: "settings_read" }];
  if (!config.publicUrl) findings.push({ section: "settings", state: "note", code: "public_url_missing" });
  let embedded: Awaited<ReturnType<typeof startEmbedded>> | undefined;
  let db: Database | undefined;
  try {
    if (!config.databaseUrl) embedded = await startEmbedded({ dataDir: config.dataDir, log: silent });
    // A person waits: no pauses between the tries.
    db = await openDatabase({ url: config.databaseUrl ?? embedded!.url, max: 4, sleep: async () => {} });
    findings.push(...(await checkDatabase(db)));
    if (findings.some(({ state }) => state === "failed")) return { findings, portals: {} };
    const portals = await examinePortals(config, db, options.write);
    return { findings: [...findings, ...portals.findings], portals: portals.portals };
  } catch (error) {
    if (db !== undefined) throw error;
    const detail = (error as Error).message;
    findings.push({ section: "database", state: "failed", code: "database_unreachable", values: { detail } });
    return { findings, portals: {} };
  } finally {
    await db?.close();
    await embedded?.stop();
  }
}

async function examinePortals(config: Config, db: Database, write: boolean): Promise<Examination> {
  const bus = await openBus({ db, log: silent });
  try {
    const { portals } = createApp({ config, db, bus, log: silent, version: "doctor" });
    // As a start would: the portal of the settings belongs to those that are examined.
    if (config.bitrix.webhookUrl) await portals.register(config.bitrix.webhookUrl);
    const all = await portals.all();
    if (all.length === 0)
      return { findings: [{ section: "portal", state: "failed", code: "portal_missing" }], portals: {} };
    const examined = [];
    for (const portal of all) {
      const open = () => portals.client(portal.id);
      examined.push({ host: portal.host, ...(await examinePortal(db, portal, { write, open })) });
    }
    return {
      findings: examined.flatMap(({ findings }) => findings),
      portals: Object.fromEntries(
        examined.map(({ host, requests, profile }) => [host, { requests, profile }]),
      ),
    };
  } finally {
    await bus.close();
  }
}
