import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../../tools/browser.mjs";
import { type RunningPortal, startPortal } from "../index.ts";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let portal: RunningPortal;
let browser: Browser;
const complaints: string[] = [];

async function open(
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: "ru-RU",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(portal.url)) complaints.push(`asked ${request.url()}`);
  });
  return { page, context };
}

/** Faults that a person with a screen reader or a keyboard would meet, one line each. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: unknown[] }[] }[] };
    const { run } = (globalThis as unknown as { axe: { run(): Promise<Found> } }).axe;
    return (await run()).violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
    );
  });
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

before(async () => {
  await mkdir("test/artefacts", { recursive: true });
  const anchor = Date.parse("2026-05-01T12:00:00+03:00");
  [portal, browser] = await Promise.all([
    startPortal({ name: "face", anchor, handlers: { local: true, plainHttp: true } }),
    launchBrowser() as Promise<Browser>,
  ]);
  const scopes = ["crm", "placement"] as ("crm" | "placement")[];
  portal.control.apps.create({ title: "Сверка домов", handlerUrl: "http://127.0.0.1:9/app", scopes });
  portal.control.apps.addOutgoingWebhook({ url: "https://hooks.example/in", events: ["ONCRMDEALADD"] });
});
after(async () => {
  await browser?.close();
  await portal?.close();
});

describe("a person at the portal", () => {
  let page: Page;
  before(async () => {
    ({ page } = await open());
  });

  it("sees all deals, and finds, sorts and narrows them", async () => {
    await page.goto(portal.url);
    await page.getByText(/^10\s000 сделок$/).waitFor();
    await page.screenshot({ path: "test/artefacts/portal-deals.png" });

    await page.getByRole("link", { name: "Сумма" }).click();
    await page
      .getByRole("columnheader", { name: "Сумма" })
      .and(page.locator("[aria-sort=ascending]"))
      .waitFor();
    await page.getByRole("link", { name: "Сумма" }).click();
    await page.locator("th[aria-sort=descending]").getByText("Сумма").waitFor();

    await page.getByRole("link", { name: "Дома и обслуживание" }).click();
    await page.getByText(/^490 сделок$/).waitFor();
    await page
      .getByRole("link", { name: /На обслуживании/ })
      .first()
      .click();
    const names = page.locator(".way > span:last-child");
    assert.deepEqual([...new Set(await names.allTextContents())], ["На обслуживании"]);
    await page.getByRole("link", { name: "Следующая страница" }).click();
    await page.getByText(/^21–40 из/).waitFor();
    await page.screenshot({ path: "test/artefacts/portal-houses.png" });

    await page.getByRole("searchbox").fill("заводская");
    await page.keyboard.press("Enter");
    await page.getByText("По запросу «заводская»").waitFor();
    const titles = await page.locator(".record").allTextContents();
    assert.ok(titles.length > 0 && titles.every((title) => /заводская/i.test(title)));
  });

  it("says what is not there, and how to go on", async () => {
    await page.getByRole("searchbox").fill("нет такого нигде");
    await page.keyboard.press("Enter");
    await page.getByText("Таких сделок нет").waitFor();
    await page.getByRole("link", { name: "Показать все" }).click();
    await page.getByText(/^10\s000 сделок$/).waitFor();
  });

  it("moves a deal along its stages and back to work", async () => {
    await page.getByRole("link", { name: "Создать" }).click();
    await page.getByLabel("Название").fill("Уборка подъездов на Заводской");
    await page.getByLabel("Сумма").fill("125 000,50");
    await page.getByRole("button", { name: "Создать" }).click();
    await page.getByRole("heading", { level: 1, name: "Уборка подъездов на Заводской" }).waitFor();
    await page.getByText("125 000,50 ₽").first().waitFor();
    await page.getByRole("button", { name: "В работе" }).click();
    await page.locator("[aria-current=step]").getByText("В работе").waitFor();
    await page.locator(".history").getByText("В работе").waitFor();
    await page.screenshot({ path: "test/artefacts/portal-card.png", fullPage: true });
    await page.getByText("Завершить").click();
    await page.getByRole("button", { name: "Сделка успешна" }).click();
    await page.locator("[aria-current=step]").getByText("Сделка успешна").waitFor();
    const [deal] = portal.control.records({ entity: "deal", after: 10_000, limit: 1 }) as {
      STAGE_ID: string;
    }[];
    assert.equal(deal?.STAGE_ID, "WON");
  });

  it("follows the links between records", async () => {
    await page.goto(`${portal.url}/crm/company/details/5/`);
    const deals = page.getByRole("region", { name: /^Сделки/ });
    await deals.getByRole("link").first().click();
    await page
      .getByRole("region", { name: /^Компании/ })
      .getByRole("link")
      .first()
      .click();
    await page.waitForURL(/\/crm\/company\/details\/5\//);
    const all = page.getByRole("link", { name: /Показать все/ }).first();
    await all.click();
    await page.getByText("Компания:", { exact: false }).first().waitFor();
  });

  it("makes a webhook, sees its address once, and revokes it", async () => {
    await page.goto(`${portal.url}/devops/`);
    await page.getByRole("link", { name: "Создать вебхук" }).click();
    await page.getByLabel(/Структура компании/).check();
    await page.getByRole("button", { name: "Создать" }).click();
    const address = await page.locator(".secrets code").textContent();
    const answer = await fetch(`${address}department.get`);
    assert.equal(answer.status, 200);
    await page.screenshot({ path: "test/artefacts/portal-devops.png" });
    await page.reload();
    assert.ok(!(await page.content()).includes(address!));
    const code = address!.split("/").at(-2)!;
    await page
      .getByRole("button", {
        name: new RegExp(`Отозвать вебхук, код которого кончается на ${code.slice(-4)}`),
      })
      .click();
    await page.getByText(`••••${code.slice(-4)}`).waitFor({ state: "detached" });
    assert.equal((await fetch(`${address}department.get`)).status, 401);
  });
});

const PAGES = [
  ...["/crm/deal/list/?category=0", "/crm/deal/details/9990/", "/crm/deal/details/0/", "/crm/contact/list/"],
  ...[
    "/crm/company/details/5/",
    "/crm/lead/list/?q=нет-такого",
    "/devops/",
    "/devops/app/1/",
    "/devops/webhook/",
  ],
  ...["/devops/outgoing/", "/crm/deal/details/123456/"],
];

describe("every page", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    it(`has no fault that axe would find, ${colorScheme}`, async () => {
      const { page, context } = await open({ colorScheme, bypassCSP: true }); // axe paints while it looks
      const faults: string[] = [];
      for (const path of PAGES) {
        await page.goto(portal.url + path);
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${path} ${fault}`));
      }
      await page.goto(`${portal.url}/crm/deal/details/9990/`);
      await page.screenshot({ path: `test/artefacts/portal-card-${colorScheme}.png` });
      await context.close();
      assert.deepEqual(faults, []);
    });
  }

  for (const width of [320, 600, 800, 1920]) {
    it(`fits into ${width} pixels`, async () => {
      const { page, context } = await open({ viewport: { width, height: 720 } });
      const wide: string[] = [];
      for (const path of PAGES) {
        await page.goto(portal.url + path);
        if ((await sideways(page)) > 0) wide.push(path);
      }
      await page.goto(`${portal.url}/crm/deal/list/?category=0`);
      await page.screenshot({ path: `test/artefacts/portal-${width}.png` });
      await page.goto(`${portal.url}/crm/deal/details/9990/`);
      await page.screenshot({ path: `test/artefacts/portal-card-${width}.png` });
      await context.close();
      assert.deepEqual(wide, []);
    });
  }

  it("is walked by keyboard on a phone", async () => {
    const { page, context } = await open({ viewport: { width: 360, height: 720 } });
    await page.goto(`${portal.url}/crm/deal/list/`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "К содержанию");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const menu = page.getByRole("navigation", { name: "Разделы портала" });
    await menu.getByRole("link", { name: "Сделки" }).and(page.locator(":focus")).waitFor();
    await page.screenshot({ path: "test/artefacts/portal-menu-360.png" });
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Меню");
    await page.keyboard.press("Enter");
    await menu.getByRole("link", { name: "Лиды" }).click();
    await page.getByRole("heading", { level: 1, name: "Лиды" }).waitFor();
    await context.close();
  });

  it("broke nothing and asked nobody else", () => {
    assert.deepEqual(
      complaints.filter((text) => !text.includes("404")),
      [],
    );
  });
});
