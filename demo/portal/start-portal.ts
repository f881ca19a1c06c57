import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { createPortalApp } from "./app.ts";
import type { HandlerSwitches } from "./apps/settings.ts";
import type { Clock } from "./clock.ts";
import { createControl, type PortalControl } from "./control/control.ts";
import type { Plan } from "./limits/settings.ts";
import { Portal } from "./portal.ts";
import type { Counts } from "./seed/plan.ts";
import type { Certificate } from "./tls/self-signed.ts";

export interface StartPortalOptions {
  /** 0 or nothing takes a free one. */
  port?: number;
  host?: string;
  /** Names the portal's files and its default webhook; the port where it is not given. */
  name?: string;
  seed?: number;
  counts?: Partial<Counts>;
  /** The day on which the seeded story ends, milliseconds since the epoch; today where nothing is kept. */
  anchor?: number;
  /** Minutes east of UTC; 180 (Moscow). */
  utcOffset?: number;
  /** Keeps the portal over restarts, in `<dataDir>/portal-<name>/`. */
  dataDir?: string;
  clock?: Clock;
  /** What the portal calls itself where a proxy stands in front of it, without a closing slash. */
  publicUrl?: string;
  /** Accepts handlers on this machine and on plain http, which a faithful portal refuses (the default). */
  handlers?: HandlerSwitches;
  /** Whose bucket of requests it has: `ordinary` (50 at once, 2 a second) or `enterprise` (250, 5). */
  plan?: Plan;
  /** Speaks https with this certificate; plain http without it. */
  tls?: Certificate;
}

export interface RunningPortal {
  /** `http://127.0.0.1:8081` */
  url: string;
  /** With the closing slash: `http://127.0.0.1:8081/rest/1/<code>/`. */
  webhookUrl: string;
  port: number;
  /** The controls of `/_emulator/`, without HTTP. */
  control: PortalControl;
  close(): Promise<void>;
}

/** As the web server before real portals does: an idle connection is closed long after its client has left it. */
const KEEP_ALIVE_MS = 65_000;

/** Starts one emulated portal on a port of its own. */
export async function startPortal(options: StartPortalOptions = {}): Promise<RunningPortal> {
  const { port = 0, host = "127.0.0.1", dataDir, name = String(port), publicUrl, tls, ...rest } = options;
  const journalPath = dataDir === undefined ? null : join(dataDir, `portal-${name}`, "journal.ndjson");
  const portal = new Portal({ ...rest, name, journalPath });
  const { fetch } = createPortalApp(portal);
  const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
  const server = createAdaptorServer(
    tls
      ? { fetch, createServer: createTlsServer, serverOptions: { ...serverOptions, ...tls } }
      : { fetch, serverOptions },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const url = `${tls ? "https" : "http"}://${reachableHost(host)}:${address.port}`;
  portal.address.listen(publicUrl ?? url);
  return {
    url,
    webhookUrl: `${url}/rest/1/${portal.defaultCode}/`,
    port: address.port,
    control: createControl(portal),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      portal.close();
    },
  };
}

/** A host to call: "every address" is reached on the loopback. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
