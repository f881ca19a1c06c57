import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { accessibilityFaults, fits } from "./accessibility.ts";
import { type OpenPage, type Stack, startStack } from "./stack.ts";

describe("the page that npm start opens", () => {
  let stack: Stack;
  let home: OpenPage;
  const shot = (name: string) =>
    home.page.screenshot({ path: `test/artefacts/home-${name}.png`, fullPage: true });

  before(async () => {
    stack = await startStack();
    home = await stack.open({ viewport: { width: 1280, height: 900 } });
  });
  after(() => stack.close());

  it("says in Russian that nothing was loaded yet, and what to press", async () => {
    await home.page.goto(stack.api.url);
    await home.page.getByRole("heading", { level: 1, name: "Ваш CRM прямо на странице" }).waitFor();
    await home.page.getByText("Ещё не загружались").first().waitFor();
    await shot("empty");
  });

  it("fills the progress, the chart and the table while a person watches", async () => {
    const { page } = home;
    // Each page of 50 takes its real time, so that there is something to watch.
    stack.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
    await page.getByRole("button", { name: "Синхронизировать всё" }).click();
    await page.getByRole("progressbar").first().waitFor();
    await shot("progress");
    await page.getByText("10 000 сделок").first().waitFor();
    await page.locator("b24-chart svg, b24-chart canvas").first().waitFor();
    await page.locator("b24-table").getByRole("row").nth(5).waitFor();
    await page.getByText("1 500 компаний").first().waitFor();
    await page.getByText("2 000 лидов").first().waitFor();
    await page.getByText("4 000 контактов").first().waitFor();
    await shot("full");
  });

  it("shows the records that the portal has", async () => {
    const [deal] = stack.portal.control.records({ entity: "deal", limit: 1 });
    const title = String((deal as { TITLE: string }).TITLE);
    await home.page.locator("b24-table").getByRole("searchbox").first().fill(title);
    await home.page
      .locator("b24-table")
      .getByRole("gridcell", { name: title, exact: false })
      .first()
      .waitFor();
  });

  it("says so where nothing is found, also on a telephone", async () => {
    const search = home.page.locator("b24-table").getByRole("searchbox").first();
    await search.fill("нет такой сделки");
    await home.page.getByText("Ничего не нашлось").first().waitFor();
    await home.page.setViewportSize({ width: 320, height: 900 });
    await fits(home.page);
    await home.page.setViewportSize({ width: 1280, height: 900 });
  });

  it("switches the table by keyboard", async () => {
    const tabs = home.page.getByRole("tablist");
    await tabs.getByRole("tab", { name: "Сделки" }).focus();
    await home.page.keyboard.press("ArrowRight");
    assert.equal(await tabs.getByRole("tab", { name: "Контакты" }).getAttribute("aria-selected"), "true");
    await home.page.locator("b24-table").getByText("4 000 строк").first().waitFor();
  });

  it("says what became of tasks in the page's language, in the file too", async () => {
    const { page } = home;
    await page.getByRole("tablist").getByRole("tab", { name: "Задачи" }).click();
    const status = (word: string) =>
      page.locator("b24-table").getByRole("gridcell", { name: word, exact: true });
    const file = () =>
      page
        .locator("b24-table")
        .evaluate(async (table) =>
          (await (table as HTMLElementTagNameMap["b24-table"]).export("csv"))!.text(),
        );
    await status("Завершена").first().waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "EN", exact: true }).click();
    await status("Completed").first().waitFor();
    await shot("tasks-english");
    assert.equal(await status("Завершена").count(), 0);
    const saved = await file();
    assert.deepEqual([saved.includes(",Completed,"), saved.includes("Завершена")], [true, false]);
    await page.getByRole("button", { name: "RU", exact: true }).click();
    await status("Завершена").first().waitFor();
  });

  it("speaks English, also in the dark", async () => {
    await home.page.getByRole("button", { name: "EN", exact: true }).click();
    await home.page.getByRole("heading", { level: 1, name: "Your CRM, live on the page" }).waitFor();
    await home.page.getByRole("button", { name: "Dark", exact: true }).click();
    await home.page.locator("b24-sync-status").getByText("10,000 deals").first().waitFor();
    const russian = await home.page
      .locator("b24-sync-status")
      .getByText(/[а-яё]/i)
      .allTextContents();
    // What the portal has named stays as it is named there.
    const ours = russian.map((text) => text.replace("Объект обслуживания", ""));
    assert.deepEqual(
      ours.filter((text) => /[а-яё]/i.test(text)),
      [],
      "no Russian left over",
    );
    await shot("english-dark");
    assert.deepEqual(await accessibilityFaults(home.page), []);
    await home.page.getByRole("button", { name: "Light", exact: true }).click();
    assert.deepEqual(await accessibilityFaults(home.page), []);
  });

  for (const width of [320, 768, 2560]) {
    it(`fits ${width} px without scrolling sideways`, async () => {
      await home.page.setViewportSize({ width, height: 900 });
      await fits(home.page);
      await shot(`${width}`);
    });
  }

  it("broke no policy and asked nobody else", () => assert.deepEqual(home.complaints, []));
});
