import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Frame, Page } from "playwright-core";
import { launchBrowser } from "../../tools/browser.mjs";
import { openStand, type Stand } from "../portal-stand.ts";
import { whenEnded } from "../sync-rig.ts";

/** The frame of the application that the portal's page shows. */
async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.locator("iframe.app-frame").last().elementHandle();
  const frame = await handle?.contentFrame();
  assert.ok(frame, "a frame is open");
  return frame;
}

describe("the application in a portal", () => {
  let stand: Stand;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    [stand, browser] = await Promise.all([
      openStand({ work: true, portal: { counts: { deals: 60, contacts: 30, companies: 10, leads: 10 } } }),
      launchBrowser() as Promise<Browser>,
    ]);
    stand.portal.control.apps.change(stand.application.id, {
      handlerUrl: `${stand.url}/api/bitrix24`,
      installUrl: `${stand.url}/bitrix/oauth/install`,
    });
    stand.portal.control.apps.reinstall(stand.application.id);
    const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser.close();
    await stand.close();
  });

  const button = () => page.getByRole("button", { name: "Данные CRM" });

  it("is installed from its own page, which tells the portal when it is done", async () => {
    await page.goto(`${stand.portal.url}/crm/deal/list/`);
    assert.equal(await button().count(), 0);
    await page.goto(`${stand.portal.url}/marketplace/app/${stand.application.id}/`);
    const installed = () => stand.portal.control.apps.get(stand.application.id)!.installed;
    // The portal then opens its page anew, with the application's own page in place of the installation's.
    const opened = () =>
      page.frames().some((frame) => new URL(frame.url(), stand.url).pathname === "/api/bitrix24");
    const until = Date.now() + 10_000;
    while (!(installed() && opened()) && Date.now() < until) await page.waitForTimeout(50);
    assert.ok(installed(), "the portal was told that the installation is finished");
    assert.ok(
      opened(),
      page
        .frames()
        .map((frame) => frame.url())
        .join(" "),
    );
  });

  it("shows its buttons in the four lists and cards", async () => {
    for (const kind of ["lead", "deal", "contact", "company"]) {
      await page.goto(`${stand.portal.url}/crm/${kind}/list/`);
      await button().first().waitFor();
      await page.goto(`${stand.portal.url}/crm/${kind}/details/1/`);
      await button().first().waitFor();
    }
  });

  it("opens live data from a deal's card", async () => {
    for (const entity of ["contact", "company", "deal"] as const) {
      const ended = whenEnded(stand.bus, entity);
      await stand.product.sync.start({ portalId: 1, entity, type: "full", cause: "person" });
      assert.equal((await ended).state, "completed");
    }
    await page.goto(`${stand.portal.url}/crm/deal/details/5/`);
    await button().first().click();
    await page.locator("iframe.app-frame").last().waitFor();
    const frame = await frameOf(page);
    await frame.getByRole("heading", { level: 1, name: "Сделка № 5" }).waitFor();
    await frame.locator("b24-table").first().getByRole("row").nth(1).waitFor();
    await frame.locator("b24-chart svg, b24-chart canvas").first().waitFor();
    await page.screenshot({ path: "test/artefacts/application-card.png" });
    assert.deepEqual(complaints, []);
  });

  it("takes its buttons away when it is uninstalled", async () => {
    stand.portal.control.apps.remove(stand.application.id);
    await page.goto(`${stand.portal.url}/crm/deal/list/`);
    assert.equal(await button().count(), 0);
    await stand.portal.control.apps.settled();
    const [portal] = await stand.product.portals.list({
      kind: "key",
      subject: "test",
      rights: new Set(["admin"]),
      portals: "all",
    });
    assert.deepEqual([portal!.state, portal!.access], ["reauthorise", []]);
  });
});
