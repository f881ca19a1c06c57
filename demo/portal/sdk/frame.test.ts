import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Frame, Page } from "playwright-core";
import { launchBrowser } from "../../../tools/browser.mjs";
import { type RunningPortal, startPortal } from "../start-portal.ts";
import { selfSigned } from "../tls/self-signed.ts";
import { type SdkApplication, type SdkWindow, startSdkApplication } from "./sdk-application.ts";

declare const window: Window & SdkWindow;

let portal: RunningPortal;
let application: SdkApplication;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

before(async () => {
  const tls = selfSigned(["127.0.0.1"], Date.now());
  const counts = { deals: 60, contacts: 30, companies: 10, leads: 10, users: 12 };
  [portal, application, browser] = await Promise.all([
    startPortal({ name: "sdk-frame", counts, tls, handlers: { local: true } }),
    startSdkApplication(tls),
    launchBrowser() as Promise<Browser>,
  ]);
  portal.control.limits({ rate: { enabled: false } });
  portal.control.apps.create({
    title: "Сверка",
    handlerUrl: `${application.url}/app`,
    installUrl: `${application.url}/install`,
    scopes: ["crm", "placement"],
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, reducedMotion: "reduce" });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => complaints.push(error.message));
});
after(async () => {
  await browser?.close();
  await application?.close();
  await portal?.close();
});

/** The frame that shows a page of the application, once the SDK in it is ready. */
async function sdkFrame(path: string): Promise<Frame> {
  const iframe = page.locator("iframe.app-frame").last();
  await iframe.waitFor();
  const isOurs = (one: Frame) => one.url().startsWith(`${application.url}${path}`);
  const frame = page.frames().find(isOurs) ?? (await page.waitForEvent("framenavigated", isOurs));
  await frame.waitForFunction(() => window.b24 !== undefined);
  await frame.evaluate(() => window.b24.then(() => null));
  return frame;
}

test("the SDK starts in the install page, binds a tab and finishes the installation", async () => {
  await page.goto(`${portal.url}/marketplace/app/1/`);
  const frame = await sdkFrame("/install");
  const told = await frame.evaluate(async () => {
    const b24 = await window.b24;
    const auth = b24.auth.getAuthData();
    return {
      ...{ install: b24.isInstallMode, first: b24.isFirstRun, lang: b24.getLang() },
      ...{ admin: b24.auth.isAdmin, origin: b24.getTargetOrigin(), place: b24.placement.title },
      // Some seconds of its hour may have gone on a busy machine.
      fresh: auth !== false && auth.expires_in > 3_000 && auth.expires_in <= 3_600,
    };
  });
  assert.deepEqual(told, {
    ...{ install: true, first: true, lang: "ru", admin: true },
    ...{ origin: portal.url, place: "DEFAULT", fresh: true },
  });
  const bound = await frame.evaluate(async (handler) => {
    const { v2 } = (await window.b24).actions;
    const params = { PLACEMENT: "CRM_DEAL_DETAIL_TAB", HANDLER: handler, TITLE: "Сверка дома" };
    return (await v2.call.make({ method: "placement.bind", params })).getData()?.result;
  }, `${application.url}/tab`);
  assert.equal(bound, true);
  await frame.evaluate(async () => void (await window.b24).installFinish());
  await sdkFrame("/app");
  assert.equal(portal.control.apps.get(1)?.installed, true);
});

test("installed, it calls methods and batches with the person's own rights", async () => {
  const frame = await sdkFrame("/app");
  const { name, titles, again } = await frame.evaluate(async () => {
    const b24 = await window.b24;
    const { v2 } = b24.actions;
    const profile = await v2.call.make<{ ID: string }>({ method: "profile" });
    const deals = await v2.batch.make<{ item: { title: string } }>({
      calls: [1, 2, 3].map((id) => ["crm.item.get", { entityTypeId: 2, id }]),
    });
    return {
      name: profile.getData()?.result.ID,
      titles: (deals.getData() as unknown as { item: { title: string } }[]).map(({ item }) => item.title),
      again: await b24.installFinish().catch((error: { code: string }) => error.code),
    };
  });
  const expected = portal.control.records({ entity: "deal", ids: [1, 2, 3] }).map((deal) => deal.TITLE);
  assert.deepEqual([name, titles], ["1", expected]);
  assert.equal(again, "JSSDK_FRAME_INSTALL_ALREADY_FINISHED");
});

test("in a deal's card it learns where it stands, fits its frame and names the page", async () => {
  await page.goto(`${portal.url}/crm/deal/details/7/`);
  await page.getByRole("tab", { name: "Сверка дома" }).click();
  const frame = await sdkFrame("/tab");
  const place = await frame.evaluate(async () => {
    const { placement } = await window.b24;
    return { title: placement.title, options: placement.options as Record<string, string> };
  });
  assert.deepEqual(place, {
    title: "CRM_DEAL_DETAIL_TAB",
    options: { ID: "7", URI: "/crm/deal/details/7/" },
  });
  const height = () => page.locator("iframe.app-frame").evaluate((one) => one.clientHeight);
  await frame.evaluate(async () => void (await (await window.b24).parent.resizeWindow(800, 1234)));
  assert.equal(await height(), 1234);
  await frame.evaluate(async () => void (await (await window.b24).parent.fitWindow()));
  assert.ok((await height()) >= 1500);
  await frame.evaluate(async () => void (await (await window.b24).parent.setTitle("Дом 12: сверено")));
  assert.equal(await page.locator("iframe.app-frame").getAttribute("title"), "Дом 12: сверено");
  await frame.evaluate(async () => void (await (await window.b24).parent.scrollParentWindow(120)));
  assert.equal(await page.evaluate(() => scrollY), 120);
});

test("it asks for fresh tokens itself, and when a call is refused", async () => {
  const frame = await sdkFrame("/tab");
  const renewed = await frame.evaluate(async () => {
    const { auth } = await window.b24;
    const [before, after] = [auth.getAuthData(), await auth.refreshAuth()];
    return before && after && [before.access_token !== after.access_token, after.member_id];
  });
  assert.deepEqual(renewed, [true, portal.control.apps.rename().memberId]);
  portal.control.clock({ advance: 3_600_000 });
  const before = portal.control.stats().refusedByAuth;
  const id = await frame.evaluate(async () => {
    const { v2 } = (await window.b24).actions;
    return (await v2.call.make<{ ID: string }>({ method: "profile" })).getData()?.result.ID;
  });
  assert.deepEqual([id, portal.control.stats().refusedByAuth], ["1", before + 1]);
});

test("it keeps options, hears which commands its place has, and outwaits silence", async () => {
  const frame = await sdkFrame("/tab");
  const { commands, silence } = await frame.evaluate(async () => {
    const { options, placement, parent } = await window.b24;
    await options.appSet("region", "Калуга");
    const { command } = (await placement.getInterface()) as { command: string[] };
    return { commands: command, silence: (await parent.imCallTo(1)) as unknown };
  });
  assert.deepEqual([commands, silence], [["reloadData"], { isSafely: true }]);
  await page.reload();
  await page.getByRole("tab", { name: "Сверка дома" }).click();
  const kept = await (await sdkFrame("/tab")).evaluate(async () =>
    (await window.b24).options.appGet("region"),
  );
  assert.equal(kept, "Калуга");
});

test("it opens a page of the portal in a slider and a dialog to choose a person", async () => {
  const frame = await sdkFrame("/tab");
  const closed = frame.evaluate(async () => {
    const { slider } = await window.b24;
    return slider.openPath(slider.getUrl("/crm/contact/details/5/"), 1000);
  });
  await page.frameLocator("dialog iframe").getByRole("link", { name: "Контакты" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Закрыть" }).click();
  assert.deepEqual(await closed, { isOpenAtNewWindow: false, isClose: true });
  const chosen = frame.evaluate(async () => (await window.b24).dialog.selectUser());
  const dialog = page.getByRole("dialog", { name: "Выбор сотрудника" });
  await dialog.getByRole("listitem").first().getByRole("button").click();
  assert.match(String((await chosen)?.id), /^\d+$/);
  assert.deepEqual(complaints, []);
});
