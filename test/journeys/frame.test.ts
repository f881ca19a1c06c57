import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { type RunningPortal, startPortal } from "../../demo/portal/index.ts";
import type { PortalFrame } from "../../packages/elements/src/core/frame/frame.ts";
import type { B24Provider } from "../../packages/elements/src/provider/provider.ts";
import { launchBrowser } from "../../tools/browser.mjs";
import { openContext } from "./context.ts";

// Our frame client in a page of its own origin, inside the portal's real page.

type AppPage = Window & { frame: PortalFrame };

const SCRIPT = `
import { openFrame } from "./packages/elements/src/core/frame/frame.ts";
import "./packages/elements/src/provider/provider.define.ts";
globalThis.frame = openFrame();
`;

const PAGE = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Приложение</title>
<link rel="stylesheet" href="/style.css"><script type="module" src="/app.js"></script></head>
<body><h1>Приложение</h1><p id="tall"></p><b24-provider frame token-url="/token"></b24-provider></body></html>`;

/** A handler that answers the portal's POST with a page, and a token for a portal's access token. */
async function startApplication() {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: ".", loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@b24kit/source"],
    tsconfig: "tsconfig.base.json",
    logLevel: "silent",
  });
  const files: Record<string, [string, string]> = {
    "/app.js": ["text/javascript", outputFiles[0]!.text],
    "/style.css": ["text/css", "body { margin: 0 } .high { height: 1200px }"],
  };
  const proofs: unknown[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://application");
    let body = "";
    for await (const chunk of request) body += chunk;
    const [type, text] = files[pathname] ?? [];
    if (type) return void response.setHeader("content-type", type).end(text);
    if (pathname === "/token") {
      proofs.push(JSON.parse(body));
      const token = {
        token: `page-${proofs.length}`,
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      };
      return void response.setHeader("content-type", "application/json").end(JSON.stringify(token));
    }
    if (pathname === "/api/v1/session") {
      const subject = request.headers.authorization;
      const who = { kind: "page", subject, rights: ["data:read"] };
      return void response.setHeader("content-type", "application/json").end(JSON.stringify(who));
    }
    response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    proofs,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

let portal: RunningPortal;
let application: Awaited<ReturnType<typeof startApplication>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let frame: Frame;
let id: number;
const complaints: string[] = [];

async function opened(): Promise<Frame> {
  const handle = await page.locator("iframe.app-frame").last().elementHandle();
  const found = await handle?.contentFrame();
  assert.ok(found);
  await found.waitForFunction(() => Boolean((window as unknown as AppPage).frame));
  return found;
}

/** Runs in the application's page; the frame client is `frame` there. */
const inFrame = <T, A = undefined>(
  act: (frame: PortalFrame, given: A) => T | Promise<T>,
  given?: A,
): Promise<T> => frame.evaluate(`(${act})(window.frame, ${JSON.stringify(given)})`);

before(async () => {
  const counts = { deals: 60, contacts: 30, companies: 10, leads: 10, users: 5 };
  [portal, application, browser] = await Promise.all([
    startPortal({ counts, handlers: { local: true, plainHttp: true } }),
    startApplication(),
    launchBrowser() as Promise<Browser>,
  ]);
  id = portal.control.apps.create({
    title: "Рамка",
    handlerUrl: `${application.url}/app`,
    installUrl: `${application.url}/install`,
    scopes: ["crm", "placement"],
  }).id;
  context = await openContext(browser);
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
});
after(async () => {
  await browser?.close();
  await application?.close();
  await portal?.close();
});

describe("an application's page in the portal's frame", () => {
  it("knows that it is being installed, and finishes the installation", async () => {
    await page.goto(`${portal.url}/marketplace/app/${id}/`);
    frame = await opened();
    assert.match(frame.url(), /\/install\?/);
    const data = await inFrame((one) => one.data());
    assert.deepEqual(
      [data.installs, data.firstRun, data.isAdmin, data.placement],
      [true, true, true, "DEFAULT"],
    );
    await Promise.all([
      page.waitForEvent("framenavigated", (one) => /\/app\?/.test(one.url())),
      inFrame((one) => one.installFinish()),
    ]);
    frame = await opened();
    assert.equal((await inFrame((one) => one.data())).installs, false);
  });

  it("learns who looks and gets tokens that the portal accepts", async () => {
    const data = await inFrame((one) => one.data());
    assert.equal(data.domain, new URL(portal.url).host);
    assert.equal(data.language, "ru");
    const renewed = await inFrame((one) => one.refreshAuth());
    assert.notEqual(renewed.accessToken, data.auth.accessToken);
    const answer = await fetch(`${portal.url}/rest/profile?auth=${renewed.accessToken}`);
    assert.equal(((await answer.json()) as { result: { ID: string } }).result.ID, "1");
  });

  it("gives the provider a session of ours for the portal's token, as often as it ends", async () => {
    const subject = () =>
      frame.evaluate(async () => {
        const provider = document.querySelector<B24Provider>("b24-provider")!;
        return (await provider.client!.whoami()).subject;
      });
    assert.equal(await subject(), "Bearer page-1");
    assert.equal(await subject(), "Bearer page-1");
    const [proof] = application.proofs as { memberId: string; authId: string }[];
    assert.equal(proof?.memberId, (await inFrame((one) => one.data())).memberId);
    const answer = await fetch(`${portal.url}/rest/profile?auth=${proof.authId}`);
    assert.equal(answer.status, 200);
  });

  it("is as high as what is in it", async () => {
    const height = () =>
      page
        .locator("iframe.app-frame")
        .last()
        .evaluate((one) => one.clientHeight);
    await frame.evaluate(() => document.querySelector("#tall")!.classList.add("high"));
    await page.waitForFunction(() => document.querySelector("iframe.app-frame")!.clientHeight > 1200);
    const high = await height();
    await frame.evaluate(() => document.querySelector("#tall")!.classList.remove("high"));
    await page.waitForFunction(
      (before) => document.querySelector("iframe.app-frame")!.clientHeight < before - 600,
      high,
    );
  });

  it("names the portal's page, and opens records beside itself", async () => {
    await inFrame((one) => one.setTitle("Сверка: 490 домов, 12:30"));
    await page.getByRole("heading", { name: "Сверка: 490 домов, 12:30" }).waitFor();
    const closed = inFrame((one) => one.openPath("/crm/deal/details/17/"));
    const slider = page.frameLocator("dialog iframe");
    await slider.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Escape");
    assert.deepEqual(await closed, {});
    const refused = await inFrame((one) => one.openPath("https://evil.example/"));
    assert.deepEqual(refused, { error: "PATH_NOT_AVAILABLE" });
  });

  it("broke nothing on the portal's page", () => assert.deepEqual(complaints, []));
});
