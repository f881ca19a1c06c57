import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { type RunningModel, startModel } from "../../demo/openai/index.ts";
import { freePort } from "../free-port.ts";
import { accessibilityFaults, fits } from "./accessibility.ts";
import { type OpenPage, type Stack, startStack } from "./stack.ts";

const measure = { aggregate: "count", column: null, since: null, filters: [], over: null };
const plan = {
  ...{ entity: "deals", measures: [measure], dimensions: [{ column: "stage", grain: null }], columns: [] },
  ...{ filters: [], period: null, compare: null, running: false, order: null, limit: null, others: false },
  target: null,
};
const value = { kind: "plan", plan, sql: null, form: null, title: null, reason: null, text: null };
const script = [
  // Slow enough to be watched, and only the model knows what is meant.
  {
    question: "Где у нас застревает народ?",
    replies: [
      {
        kind: "json" as const,
        value: { ...value, title: { ru: "Сделки по стадиям", en: "Deals by stage" } },
        delayMs: 1_500,
      },
    ],
  },
];

describe("a question that becomes a shared dashboard", () => {
  let stack: Stack;
  let model: RunningModel;
  let home: OpenPage;
  let stranger: OpenPage;
  let link = "";
  const name = "Где застревают сделки";
  const shot = (page: Page, file: string) =>
    page.screenshot({ path: `test/artefacts/charts-${file}.png`, fullPage: true });
  const ask = () => home.page.locator("b24-ai-chart");
  const board = () => home.page.locator("b24-dashboard");
  const drawn = (page: Page) => page.locator("b24-dashboard .tile b24-chart .plot svg").first();

  before(async () => {
    model = await startModel({ script });
    const counts = { deals: 600, contacts: 100, companies: 40, leads: 200, users: 12 };
    // Links carry the port, so that it has to be known before.
    const settings = { OPENAI_API_KEY: "sk-scripted", OPENAI_BASE_URL: model.baseUrl };
    stack = await startStack({ counts }, { ...settings, PORT: String(await freePort()) });
    const context = {
      viewport: { width: 1280, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    };
    home = await stack.open({ ...context, acceptDownloads: true });
  });
  after(async () => {
    await stack.close();
    await model.close();
  });

  it("offers questions by itself after the first sync", async () => {
    await home.page.goto(stack.api.url);
    await ask().getByText("Подсказки появятся после первой синхронизации.").waitFor();
    await home.page.getByRole("button", { name: "Синхронизировать всё" }).click();
    await ask().getByRole("group", { name: "Что можно спросить" }).waitFor();
    await home.page.getByText("600 сделок").first().waitFor();
    await home.page.getByText("200 лидов").first().waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-suggestions.png" });
  });

  it("makes a dashboard of what the data is ready for", async () => {
    const { page } = home;
    await page.goto(`${stack.api.url}/demo/dashboard.html`);
    await board().getByRole("button", { name: "Собрать дашборд" }).click();
    await drawn(page).waitFor();
    await board().locator(".tile[aria-busy=true]").first().waitFor({ state: "detached" });
    await shot(page, "made");
    await page.goto(stack.api.url);
  });

  it("shows what it is at, then the chart", async () => {
    await ask().getByRole("textbox", { name: "Вопрос о данных" }).fill("Где у нас застревает народ?");
    await home.page.keyboard.press("Enter");
    await ask().locator(".phase.now", { hasText: "Разбираю вопрос" }).waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-phases.png" });
    await ask().getByRole("heading", { name: "Сделки по стадиям" }).waitFor();
    await ask().locator(".plot svg").waitFor();
    assert.equal(model.model.stats().answered, 1);
    await ask().getByText("Как посчитано").click();
    await ask().getByText("Записей она не видела").waitFor();
    await ask()
      .getByText(/Сегодня потрачено токенов: [1-9]/)
      .waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-answer.png" });
  });

  it("takes another form", async () => {
    await ask()
      .getByRole("button", { name: /^Вид диаграммы/ })
      .click();
    await ask().getByRole("menuitem", { name: "Кольцо" }).click();
    await ask().getByRole("button", { name: "Вид диаграммы: Кольцо" }).waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-pie.png" });
    await ask()
      .getByRole("button", { name: /^Вид диаграммы/ })
      .click();
    await ask().getByRole("menuitem", { name: "Столбцы", exact: true }).click();
    await ask().getByRole("button", { name: "Вид диаграммы: Столбцы" }).waitFor();
  });

  it("is refined by a chip and by a word, without the model", async () => {
    await ask().locator("[data-part=period]").click();
    await ask().getByRole("menuitem", { name: "последние 12 месяцев" }).click();
    await ask().locator("[data-part=period]", { hasText: "последние 12 месяцев" }).waitFor();
    await ask().getByRole("textbox").first().fill("только выигранные");
    await home.page.keyboard.press("Enter");
    await ask().locator(".asked-text", { hasText: "только выигранные" }).waitFor();
    await ask().locator(".plot svg").waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-refined.png" });
    await ask().getByRole("button", { name: "Новый вопрос" }).click();
    await ask().getByRole("textbox").first().fill("Где у нас застревает народ?");
    await home.page.keyboard.press("Enter");
    await ask().getByRole("heading", { name: "Сделки по стадиям" }).waitFor();
    assert.equal(model.model.stats().requests, 1);
  });

  it("is exported", async () => {
    const [file] = await Promise.all([
      home.page.waitForEvent("download"),
      ask()
        .getByRole("button", { name: "Скачать" })
        .click()
        .then(() => ask().getByRole("menuitem", { name: "Данные CSV" }).click()),
    ]);
    const text = await readFile(await file.path(), "utf8");
    assert.equal(file.suggestedFilename(), "Сделки по стадиям.csv");
    const total = text
      .trim()
      .split("\r\n")
      .slice(1)
      .reduce((sum, line) => sum + Number(line.split(/[;,]/).at(-1)), 0);
    assert.equal(total, 600);
    await ask().getByRole("button", { name: "Скачать" }).click();
    await ask().getByRole("menuitem", { name: "Скопировать данные" }).click();
    assert.match(await home.page.evaluate(() => navigator.clipboard.readText()), /\t\d+/);
  });

  it("is saved and put on the dashboard", async () => {
    await ask().getByRole("button", { name: "Сохранить" }).click();
    await ask().getByRole("textbox", { name: "Название" }).fill(name);
    await ask().screenshot({ path: "test/artefacts/charts-save.png" });
    await ask().locator(".keep [type=submit]").click();
    await ask().getByRole("button", { name: "Главное" }).click();
    await ask().getByText("Добавлено на").waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-kept.png" });
  });

  it("is a picture from the API, and live when asked", async () => {
    const { page } = home;
    await page.evaluate(async () => {
      const provider = document.querySelector("b24-provider")!;
      const [chart] = await provider.client!.charts.boards.charts();
      const picture = document.createElement("b24-chart-picture");
      picture.chartId = chart!.id;
      document.querySelector("main")!.prepend(picture);
    });
    const picture = page.locator("b24-chart-picture");
    await picture.locator("svg tspan").filter({ hasText: /^600$/ }).waitFor();
    await picture.screenshot({ path: "test/artefacts/charts-picture.png" });
    await picture.hover();
    await picture.locator(".live").click();
    await picture.locator("b24-ai-chart .plot svg").waitFor();
    await picture.screenshot({ path: "test/artefacts/charts-picture-live.png" });
    await picture.evaluate((one) => one.remove());
  });

  it("is given as a picture to a page that has no script", async () => {
    const { page } = home;
    await ask().locator("[data-popup-button=export]").click();
    await ask().getByRole("menuitem", { name: "Код для сайта" }).click();
    const dialog = ask().locator("b24-chart-embed dialog");
    await dialog.locator("b24-chart-picture svg title").first().waitFor({ state: "attached" });
    await page.screenshot({ path: "test/artefacts/charts-embed-script.png" });
    await dialog.getByRole("radio", { name: "Картинка" }).check();
    await dialog.locator("[data-action=make]").click();
    const code = dialog.locator(".copy-line code");
    await code.getByText(/height=/).waitFor();
    await page.screenshot({ path: "test/artefacts/charts-embed-picture.png" });
    const image = await code.textContent();

    let shown = image;
    const shop = createServer((_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end(`<!doctype html><title>Shop</title><link rel="icon" href="data:,">${shown}`);
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/prices`;
    const context = await stack.browser.newContext({ javaScriptEnabled: false });
    const asked: string[] = [];
    const stranger = await context.newPage();
    stranger.on("request", (request) => asked.push(request.resourceType()));
    const drawing = stranger.waitForResponse((answer) => answer.url().includes("/charts/pictures/"));
    await stranger.goto(address);
    const answer = await drawing;
    assert.deepEqual(
      [answer.status(), answer.headers()["content-type"], asked],
      [200, "image/svg+xml", ["document", "image"]],
    );
    const size = gzipSync(await answer.body()).length;
    assert.ok(size <= 12_000, `a picture in a page takes ${size} B`);
    const box = () => stranger.locator("img").boundingBox();
    assert.equal((await box())?.width, 640);
    await stranger.screenshot({ path: "test/artefacts/charts-picture-stranger.png" });
    // What went wrong stands in its place, as words.
    shown = image!.replace(/ (width|height)="[^"]*"/g, "").replace(/\.[\w-]{43}\?/, ".forged?");
    await stranger.goto(address);
    assert.equal((await box())?.width, 640);
    await stranger.screenshot({ path: "test/artefacts/charts-picture-forged.png" });
    await context.close();
    shop.close();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("stands on the dashboard, among others, and is filtered with them", async () => {
    const { page } = home;
    await page.goto(`${stack.api.url}/demo/dashboard.html`);
    await drawn(page).waitFor();
    const figure = board().locator(`.tile[aria-label="${name}"] .headline .figure`);
    await figure.filter({ hasText: /^600$/ }).waitFor();
    await shot(page, "dashboard");
    await board()
      .getByRole("button", { name: /^Ответственный/ })
      .click();
    await board().locator("[data-popup=responsible] .choice").first().click();
    await figure.filter({ hasText: /^(?!600$)\d+$/ }).waitFor();
    await page.keyboard.press("Escape");
    await shot(page, "filtered");
    await board().getByRole("button", { name: "Сбросить" }).click();
    await figure.filter({ hasText: /^600$/ }).waitFor();
  });

  it("is shared by a link with a password", async () => {
    const { page } = home;
    await board().getByRole("button", { name: "Поделиться" }).click();
    await board().getByRole("textbox", { name: "Пароль" }).fill("дуб и клён");
    await board().getByRole("button", { name: "Создать ссылку" }).click();
    await board().getByText("Ссылка готова").waitFor();
    link = (await board().locator("code.link").textContent()) ?? "";
    await page.screenshot({ path: "test/artefacts/charts-share.png" });
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.keyboard.press("Escape");
  });

  it("is seen by a stranger who has the link and the password, and by nobody else", async () => {
    stranger = await stack.open({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
    const { page } = stranger;
    await page.goto(link);
    await page.getByText("This dashboard has a password").waitFor();
    await shot(page, "stranger-locked");
    await page.getByLabel("Password").fill("не то");
    await page.keyboard.press("Enter");
    await page.getByText("That is not the password.").waitFor();
    await page.getByLabel("Password").fill("дуб и клён");
    await page.keyboard.press("Enter");
    await drawn(page).waitFor();
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    assert.equal(await page.getByRole("button", { name: /Edit|Share/ }).count(), 0);
    assert.deepEqual(await accessibilityFaults(page), []);
    await shot(page, "stranger");
    // No key and no session came along: only this board opens.
    assert.equal((await page.request.get(`${stack.api.url}/api/v1/charts/dashboards`)).status(), 401);
  });

  it("is gone once the link is revoked", async () => {
    await board().getByRole("button", { name: "Поделиться" }).click();
    await board().getByRole("button", { name: "Отозвать" }).click();
    await board().getByRole("button", { name: "Отозвать" }).waitFor({ state: "detached" });
    await home.page.keyboard.press("Escape");
    await stranger.page.reload();
    await stranger.page.locator("b24-dashboard .state, b24-dashboard .locked").first().waitFor();
    await shot(stranger.page, "stranger-revoked");
    assert.equal(await stranger.page.locator("b24-dashboard .tile b24-chart").count(), 0);
  });

  it("fills a television", async () => {
    const { page } = home;
    await page.setViewportSize({ width: 1920, height: 1080 });
    await board().getByRole("button", { name: "На весь экран" }).click();
    await board().locator(".tv .plot svg").first().waitFor();
    await page.screenshot({ path: "test/artefacts/charts-tv.png" });
    await page.keyboard.press("Escape");
    await board().locator(".tv").waitFor({ state: "detached" });
  });

  it("fits a telephone, in the dark and in English, without a fault", async () => {
    const { page } = home;
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByRole("button", { name: "EN" }).click();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await fits(page);
    await drawn(page).waitFor();
    await shot(page, "phone-dark");
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.goto(stack.api.url);
    await ask().getByRole("group", { name: "What can be asked" }).waitFor();
    await fits(page);
    await ask().screenshot({ path: "test/artefacts/charts-phone-suggestions.png" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await ask().getByRole("textbox").first().fill("Deals by stage");
    await page.keyboard.press("Enter");
    await ask().locator(".plot svg").waitFor();
    await ask().screenshot({ path: "test/artefacts/charts-dark-answer.png" });
    await page.setViewportSize({ width: 320, height: 800 });
    await fits(page);
    await ask().screenshot({ path: "test/artefacts/charts-phone-answer.png" });
  });

  it("broke no policy and asked nobody else", () => {
    const refusals = /status of 4\d\d/;
    assert.deepEqual(home.complaints, []);
    assert.deepEqual(
      stranger.complaints.filter((line) => !refusals.test(line)),
      [],
    );
  });
});
