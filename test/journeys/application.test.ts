import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { EVENTS } from "../../packages/api/src/features/portal/places.ts";
import { launchBrowser } from "../../tools/browser.mjs";
import { ADMIN_KEY, openStand, type Stand } from "../portal-stand.ts";
import { whenEnded } from "../sync-rig.ts";
import { openContext } from "./context.ts";

/** The frame of the application that the portal's page shows. */
async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.locator("iframe.app-frame").last().elementHandle();
  const frame = await handle?.contentFrame();
  assert.ok(frame, "a frame is open");
  return frame;
}

describe("the application in a portal, from its card to its removal", () => {
  let stand: Stand;
  let browser: Browser;
  let context: BrowserContext;
  /** The administrator's page of the portal, and that of our own server. */
  let page: Page;
  let home: Page;
  let id: number;
  const complaints: string[] = [];

  before(async () => {
    await mkdir("test/artefacts", { recursive: true });
    [stand, browser] = await Promise.all([
      openStand({ work: true, portal: { counts: { deals: 60, contacts: 30, companies: 10, leads: 10 } } }),
      launchBrowser() as Promise<Browser>,
    ]);
    context = await openContext(browser, { viewport: { width: 1280, height: 900 } });
    [page, home] = await Promise.all([context.newPage(), context.newPage()]);
    for (const one of [page, home]) {
      one.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      one.on("pageerror", (error) => complaints.push(error.message));
    }
  });
  after(async () => {
    await browser?.close();
    await stand?.close();
  });

  const shot = (of: Page, name: string) =>
    of.screenshot({ path: `test/artefacts/application-${name}.png`, fullPage: true });
  const button = () => page.getByRole("button", { name: "Данные CRM" });
  const section = (name: string) => home.getByRole("link", { name, exact: true }).click();

  it("is told to our server with the keys of its card", async () => {
    await home.goto(stand.url);
    await home.getByLabel("Ключ API").fill(ADMIN_KEY);
    await home.getByRole("button", { name: "Войти", exact: true }).click();
    const ours = home.locator("b24-applications");
    await ours.getByText("Что указать в карточке приложения").click();
    const [handler, install] = await ours.locator("code").allTextContents();

    await page.goto(`${stand.portal.url}/devops/`);
    await page.getByRole("link", { name: "Добавить приложение" }).click();
    await page.getByLabel("Название").fill("Данные");
    await page.getByLabel("Путь вашего обработчика").fill(handler!);
    await page.getByLabel("Путь для первоначальной установки").fill(install!);
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByRole("heading", { name: "Ключи приложения" }).waitFor();
    const secrets = await page.locator("section.secrets code").allTextContents();
    id = stand.portal.control.apps.list().at(-1)!.id;

    await ours.getByLabel("Адрес портала").fill(stand.portal.url);
    await ours.getByLabel("Код приложения").fill(secrets.find((text) => text.startsWith("local."))!);
    await ours.getByLabel("Ключ приложения").fill(secrets.find((text) => /^[0-9a-f]{50}$/.test(text))!);
    await ours.getByRole("button", { name: "Сохранить" }).click();
    await ours.getByText(/Ключи приложения портала .* сохранены/).waitFor();
    await shot(home, "keys");
  });

  it("is installed from its own page, which tells the portal when it is done", async () => {
    await page.goto(`${stand.portal.url}/crm/deal/list/`);
    assert.equal(await button().count(), 0);
    const installed = () => stand.portal.control.apps.get(id)!.installed;
    // The portal then opens its page anew, with the application's own page in place of the installation's.
    const opened = page.waitForEvent("framenavigated", {
      predicate: (frame) => new URL(frame.url(), stand.url).pathname === "/api/bitrix24",
    });
    await page.goto(`${stand.portal.url}/marketplace/app/${id}/`);
    await opened;
    assert.ok(installed(), "the portal was told that the installation is finished");
    const frame = await frameOf(page);
    await frame.locator("b24-sync-status").getByText("Ещё не загружались").first().waitFor();
    await shot(page, "own-page");
  });

  it("is seen on our server's page with its portal, its buttons and its events", async () => {
    await home.reload();
    await home.locator("b24-portals").getByText("Подключён", { exact: true }).waitFor();
    await home
      .locator("b24-portals")
      .getByText(/Приложение · права: .*placement/)
      .waitFor();
    await section("Кнопки и события");
    const bindings = home.locator("b24-bindings");
    await bindings.getByText("В карточке сделки").waitFor();
    await bindings.getByRole("heading", { name: "Кнопки 8" }).waitFor();
    await bindings.getByRole("heading", { name: `События ${EVENTS.length}` }).waitFor();
    await bindings.getByRole("button", { name: "Проверить и восстановить" }).click();
    await bindings.getByText("Всё на месте").waitFor();
    await shot(home, "bindings");
  });

  it("shows its buttons in the four lists and cards", async () => {
    for (const kind of ["lead", "deal", "contact", "company"]) {
      await page.goto(`${stand.portal.url}/crm/${kind}/list/`);
      await button().first().waitFor();
      await page.goto(`${stand.portal.url}/crm/${kind}/details/1/`);
      await button().first().waitFor();
    }
  });

  it("opens live data from a deal's card: what changes in the portal changes there", async () => {
    for (const entity of ["contact", "company", "deal"] as const) {
      const ended = whenEnded(stand.bus, entity);
      await stand.product.sync.start({ portalId: 1, entity, type: "full", cause: "person" });
      assert.equal((await ended).state, "completed");
    }
    await page.goto(`${stand.portal.url}/crm/deal/details/5/`);
    await button().first().click();
    await page.locator("iframe.app-frame").last().waitFor();
    const frame = await frameOf(page);
    const deal = frame.locator("b24-record[query=deals]");
    await deal.getByRole("heading", { level: 2 }).getByRole("link").waitFor();
    for (const query of ["contacts", "companies"])
      await frame.locator(`b24-record[query=${query}]`).getByRole("heading", { level: 2 }).waitFor();
    await frame.locator("b24-history").getByRole("listitem").first().waitFor();
    await frame.locator("b24-chart svg, b24-chart canvas").first().waitFor();
    await shot(page, "card");

    await fetch(`${stand.portal.webhookUrl}crm.deal.update?id=5&fields[TITLE]=Переименованная сделка`);
    const row = frame.locator("b24-sync-status").getByRole("listitem").filter({ hasText: "Сделки" });
    await row.getByRole("button", { name: /Обновить/ }).click();
    await deal.getByRole("heading", { name: "Переименованная сделка" }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it("takes its buttons away when it is uninstalled, and our page says what helps", async () => {
    await page.goto(`${stand.portal.url}/devops/app/${id}/`);
    await page.getByText("Удалить приложение", { exact: true }).click();
    await page.getByRole("button", { name: "Удалить «Данные»" }).click();
    for (const path of ["/crm/deal/list/", "/crm/deal/details/5/"]) {
      await page.goto(`${stand.portal.url}${path}`);
      assert.equal(await button().count(), 0);
    }
    await stand.portal.control.apps.settled();
    await section("Порталы");
    await home.reload();
    await home.locator("b24-portals").getByText("Нужен новый доступ", { exact: true }).waitFor();
    await home.locator("b24-portals").getByRole("link", { name: "Авторизовать заново" }).waitFor();
    await shot(home, "uninstalled");
    assert.deepEqual(complaints, []);
  });
});
