import { type RunningPortal, type StartPortalOptions, startPortal } from "../demo/portal/index.ts";
import { createApp, type Product } from "../packages/api/src/app.ts";
import { readConfig } from "../packages/api/src/config.ts";
import { homePage } from "../packages/api/src/pages/home.ts";
import { type Bus, openBus } from "../packages/api/src/platform/bus/bus.ts";
import { type Listening, listen } from "../packages/api/src/platform/http/listen.ts";
import { createLogger } from "../packages/api/src/platform/log/logger.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";

export const ADMIN_KEY = "an-administrators-key-of-40-characters!!";
export const admin = { "X-API-Key": ADMIN_KEY };

/** The script-tag build, for pages in a browser. */
const elements = { dir: "packages/elements/cdn", at: "/", crossOrigin: true };

type Application = ReturnType<RunningPortal["control"]["apps"]["create"]>;

/** A portal with our application on its list, and the product, listening where the portal reaches it. */
export interface Stand {
  readonly portal: RunningPortal;
  readonly database: TestDatabase;
  readonly product: Product;
  readonly bus: Bus;
  /** Where the product answers. */
  readonly url: string;
  readonly application: Application;
  /** Whatever the product has said. */
  readonly log: () => string;
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface StandOptions {
  readonly card?: Partial<Parameters<RunningPortal["control"]["apps"]["create"]>[0]>;
  readonly portal?: StartPortalOptions;
  readonly work?: boolean;
  readonly env?: Record<string, string>;
}

export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const [portal, database] = await Promise.all([
    startPortal({
      counts: { deals: 5, contacts: 5, companies: 5, leads: 5 },
      handlers: { local: true, plainHttp: true },
      ...options.portal,
    }),
    createTestDatabase(),
  ]);
  portal.control.limits({ rate: { enabled: false } });
  portal.control.apps.settings({ oauth: { autoConsent: true } });
  const card = {
    title: "b24kit",
    handlerUrl: `${url}/bitrix/oauth/callback`,
    scopes: ["crm" as const, "placement" as const, "user" as const],
    ...options.card,
  };
  // A script-only application posts at once: the product has to answer then.
  const later = card.scriptOnly === true;
  const application = later
    ? portal.control.apps.create({ ...card, scriptOnly: false, installUrl: null })
    : portal.control.apps.create(card);
  const said: string[] = [];
  const log = createLogger({
    level: "debug",
    form: "json",
    destination: { write: (line: string) => void said.push(line) },
  });
  const config = readConfig(
    {
      API_KEY: ADMIN_KEY,
      SECRET_KEY: "s".repeat(40),
      DATABASE_URL: database.url,
      PUBLIC_URL: url,
      BITRIX_PORTAL_URL: portal.url,
      BITRIX24_CLIENT_ID: application.clientId,
      BITRIX24_CLIENT_SECRET: application.clientSecret,
      ...options.env,
    },
    { demo: false, dir: "/nonexistent" },
  );
  const bus = await openBus({ db: database.db, log });
  const product = createApp({
    config,
    db: database.db,
    bus,
    log,
    version: "1.2.3",
    checkAnswers: true,
    files: [homePage(config), elements],
  });
  if (options.work) await product.start();
  const server: Listening = await listen(product.app, { host: "127.0.0.1", port });
  return {
    ...{ portal, database, product, bus, url, application },
    log: () => said.join(""),
    call: (path, init) => fetch(`${url}${path}`, { redirect: "manual", ...init }),
    async close() {
      await server.close();
      await product.stop(0);
      await bus.close();
      await portal.close();
      await database.drop();
    },
  };
}

/** The way through the consent page, as a browser goes it. */
export async function installByConsent(stand: Stand): Promise<Response> {
  return stand.call(await consentAnswer(stand));
}

/** Where the consent page leads back to: path and query of our callback. */
export async function consentAnswer(stand: Stand): Promise<string> {
  const begun = await submitDomain(stand, new URL(stand.portal.url).host);
  const consent = await fetch(begun.headers.get("Location") ?? "", { redirect: "manual" });
  const { pathname, search } = new URL(consent.headers.get("Location") ?? "");
  return pathname + search;
}

export function submitDomain(
  stand: Stand,
  domain: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return stand.call("/bitrix/oauth/install", {
    method: "POST",
    headers: { Origin: stand.url, "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams({ domain }).toString(),
  });
}

/** What the portal posts into a frame when somebody opens the application or one of its buttons. */
export interface Opening {
  readonly action: string;
  readonly fields: Record<string, string>;
}

/** Opens a frame as the portal's page does for this person. */
export async function openFrame(
  stand: Stand,
  what: { application: number } | { placement: number; record?: string },
  userId = 1,
): Promise<Opening> {
  const answer = await fetch(`${stand.portal.url}/frame/open/`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: `portal_user=${userId}` },
    body: JSON.stringify(what),
  });
  return (await answer.json()) as Opening;
}

/** The application itself, as this person opens it. */
export const openApplication = (stand: Stand, userId = 1) =>
  openFrame(stand, { application: stand.application.id }, userId);

/** The button of a place, for a record. */
export async function openButton(stand: Stand, code: string, record: string, userId = 1): Promise<Opening> {
  const { placements } = stand.portal.control.apps.bindings(stand.application.id)!;
  const bound = placements.find(({ placement }) => placement === code);
  return openFrame(stand, { placement: bound!.id, record }, userId);
}

export function postForm(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });
}
