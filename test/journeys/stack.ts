import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningPortal, type StartPortalOptions, startPortal } from "../../demo/portal/index.ts";
import { readConfig } from "../../packages/api/src/config.ts";
import { createLogger } from "../../packages/api/src/platform/log/logger.ts";
import { type Running, start } from "../../packages/api/src/start.ts";
import { BROWSER_FLAGS, launchBrowser } from "../../tools/browser.mjs";
import { createTestDatabase } from "../database.ts";
import { openContext } from "./context.ts";

export interface Stack {
  portal: RunningPortal;
  api: Running;
  browser: Browser;
  /** A page in a profile of its own. What the browser refused or could not load is gathered in `complaints`. */
  open(options?: Parameters<Browser["newContext"]>[0]): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

/** What `npm start` runs, on free ports and a database of its own: portal, API with worker, pages, browser. */
export async function startStack(
  portalOptions: StartPortalOptions = {},
  more: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), "b24kit-journey-"));
  const [portal, database, browser] = await Promise.all([
    startPortal(portalOptions),
    createTestDatabase(),
    launchBrowser({ args: [...BROWSER_FLAGS, ...flags] }) as Promise<Browser>,
  ]);
  const settings = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PORT: "0",
    BITRIX24_WEBHOOK_URL: portal.webhookUrl,
    ...more,
  };
  const pages = { dir: "demo/pages", at: "/demo/", pages: { "/": "home.html" } };
  const log = createLogger({ level: "silent", form: "plain" });
  const api = await start(readConfig(settings, { demo: true, dir: dataDir }), {
    log,
    files: [pages],
    checkAnswers: true,
  });

  async function open(options = {}): Promise<OpenPage> {
    const context = await openContext(browser, options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    return { page, context, complaints };
  }

  async function close(): Promise<void> {
    await browser.close();
    await api.stop();
    await portal.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }

  return { portal, api, browser, open, close };
}
