import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningPortal, startPortal } from "../../demo/portal/index.ts";
import { readConfig } from "../../packages/api/src/config.ts";
import { createLogger } from "../../packages/api/src/platform/log/logger.ts";
import { type Running, start } from "../../packages/api/src/start.ts";
import { launchBrowser } from "../../tools/browser.mjs";
import { createTestDatabase } from "../database.ts";
import { openContext } from "./context.ts";

export const API_KEY = "the-administrators-key-of-the-journey-0123456789";
const JWT_SECRET = "the-secret-of-the-sign-in-service-0123456789";

/** A sign-in service as Supabase's: one person, whose tokens are of our making. */
export interface SignInService {
  url: string;
  /** Seconds that the next tokens last. */
  lasts: number;
  /** Refuses refresh tokens from now on. */
  ended: boolean;
  grants: string[];
}

export interface ServeStack {
  portal: RunningPortal;
  api: Running;
  signIn: SignInService;
  open(
    options?: Parameters<Browser["newContext"]>[0],
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }>;
  close(): Promise<void>;
}

async function readJson(request: IncomingMessage): Promise<Record<string, string>> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return JSON.parse(body || "{}");
}

async function startSignIn() {
  const service: SignInService = { url: "", lasts: 3600, ended: false, grants: [] };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const mint = () => {
    const exp = Math.floor(Date.now() / 1000) + service.lasts;
    const grant = { b24kit: { rights: ["admin"], portals: "all" } };
    const claims = { sub: "person-1", aud: "authenticated", role: "authenticated", exp, app_metadata: grant };
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    return `${signed}.${createHmac("sha256", JWT_SECRET).update(signed).digest("base64url")}`;
  };
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*").setHeader("access-control-allow-headers", "*");
    if (request.method === "OPTIONS") return void response.end();
    const grant = new URL(request.url ?? "/", "http://sign-in").searchParams.get("grant_type") ?? "";
    service.grants.push(grant);
    const { password } = await readJson(request);
    const good = grant === "password" ? password === "верный пароль" : !service.ended;
    response.writeHead(good ? 200 : 400, { "content-type": "application/json" });
    const tokens = good && { access_token: mint(), refresh_token: "once", expires_in: service.lasts };
    response.end(
      JSON.stringify(tokens || { error_code: "invalid_credentials", msg: "Invalid login credentials" }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { service, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** What `npm run serve` runs, on free ports and an empty database; with a sign-in service and a portal beside it. */
export async function startServeStack(more: Record<string, string> = {}): Promise<ServeStack> {
  const dataDir = await mkdtemp(join(tmpdir(), "b24kit-serve-"));
  const counts = { deals: 300, contacts: 100, companies: 40, leads: 60, users: 20 };
  const [portal, database, browser, signIn] = await Promise.all([
    startPortal({ counts, handlers: { local: true, plainHttp: true } }),
    createTestDatabase(),
    launchBrowser() as Promise<Browser>,
    startSignIn(),
  ]);
  const application = portal.control.apps.create({
    title: "b24kit",
    handlerUrl: "http://localhost:9/api/bitrix24",
    scopes: ["crm", "placement"],
  });
  const settings = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PORT: "0",
    SECRET_KEY: "the-key-that-seals-credentials-0123456789",
    API_KEY,
    SUPABASE_URL: signIn.service.url,
    SUPABASE_KEY: "anon",
    SUPABASE_JWT_SECRET: JWT_SECRET,
    BITRIX_PORTAL_URL: portal.url,
    BITRIX24_CLIENT_ID: application.clientId,
    BITRIX24_CLIENT_SECRET: application.clientSecret,
    ...more,
  };
  const api = await start(readConfig(settings, { demo: false, dir: dataDir }), {
    log: createLogger({ level: "silent", form: "plain" }),
    checkAnswers: true,
  });

  return {
    portal,
    api,
    signIn: signIn.service,
    async open(options = {}) {
      const context = await openContext(browser, options);
      const page = await context.newPage();
      const complaints: string[] = [];
      // Refusals are part of the journey; the browser writes each into its console.
      page.on(
        "console",
        (message) =>
          message.type() === "error" &&
          !/status of 4\d\d|status of 502/.test(message.text()) &&
          complaints.push(message.text()),
      );
      page.on("pageerror", (error) => complaints.push(error.message));
      return { page, context, complaints };
    },
    async close() {
      await browser.close();
      await api.stop();
      await portal.close();
      await signIn.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
