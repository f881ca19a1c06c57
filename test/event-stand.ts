import { type RunningPortal, startPortal } from "../demo/portal/index.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { type Served, serve } from "./serve-process.ts";

const API_KEY = "an-administrators-key-of-40-characters!!";
/** Unix time of the events. */
export const EVENT_TIME = "1766047124";
const TOKEN = "0123456789abcdef0123456789abcdef";

/** `npm run serve` as a process of its own, with a portal whose outgoing webhook it knows. */
export interface EventStand {
  readonly database: TestDatabase;
  readonly portal: RunningPortal;
  /** Where events go. */
  readonly url: string;
  /** Asks the program as its administrator. */
  api(method: "GET" | "POST", path: string, body?: object): Promise<Response>;
  /** The n-th event: a change of a deal of its own. */
  form(n: number): Record<string, string>;
  /** Ends the process as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openEventStand(port: number, deals = 1): Promise<EventStand> {
  const [database, portal] = await Promise.all([
    createTestDatabase(),
    startPortal({
      counts: { deals, contacts: 1, companies: 1, leads: 1 },
      handlers: { local: true, plainHttp: true },
    }),
  ]);
  const settings = {
    DATABASE_URL: database.url,
    SECRET_KEY: "s".repeat(40),
    API_KEY,
    PORT: String(port),
    BITRIX_PORTAL_URL: portal.url,
    BITRIX24_WEBHOOK_URL: portal.webhookUrl,
  };
  let served: Served;
  let base = "";
  const restart = async () => {
    served = serve(settings);
    base = await served.ready();
  };
  await restart();
  const api: EventStand["api"] = (method, path, body) =>
    fetch(`${base}/api/v1/${path}`, {
      method,
      headers: { "X-API-Key": API_KEY, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  const stored = await api("POST", "webhooks/token", { token: TOKEN });
  if (stored.status !== 204) throw new Error(`the token was not kept: ${await stored.text()}`);
  // A portal that was entered by a webhook is known by its host.
  const { host } = new URL(portal.url);
  return {
    ...{ database, portal, restart, api },
    url: `${base}/api/bitrix24/webhook`,
    form: (n) => ({
      event: "ONCRMDEALUPDATE",
      event_handler_id: "185",
      "data[FIELDS][ID]": String(n + 1),
      ts: EVENT_TIME,
      "auth[domain]": host,
      "auth[client_endpoint]": `${portal.url}/rest/`,
      "auth[server_endpoint]": "https://oauth.bitrix.info/rest/",
      "auth[member_id]": "0".repeat(32),
      "auth[application_token]": TOKEN,
    }),
    async kill() {
      served.child.kill("SIGKILL");
      await served.ended;
    },
    restart,
    async close() {
      served.child.kill("SIGKILL");
      await served.ended;
      await portal.close();
      await database.drop();
    },
  };
}
