import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { type Stack, startStack } from "./stack.ts";

const PAGE = (url: string) => `<!doctype html><html lang="ru"><meta charset="utf-8"><title>b24kit</title>
  <script src="/b24.js"></script>
  <b24-provider token-url="/demo/session${new URL(url).search}" locale="ru"><b24-generator></b24-generator></b24-provider>`;

/** Test data as people make it: several tabs of one person, another person beside. */
describe("test data in several tabs", () => {
  let stack: Stack;
  let context: BrowserContext;
  const complaints: string[] = [];
  before(async () => {
    stack = await startStack({ counts: { deals: 10, contacts: 10, companies: 10, leads: 10 } });
    const home = await stack.open();
    context = home.context;
    await home.page.close();
    // A page of the element alone: a dozen of them open quickly.
    await context.route(
      (url) => url.pathname === "/tab",
      (route) => route.fulfill({ contentType: "text/html", body: PAGE(route.request().url()) }),
    );
    // Slow enough to be watched.
    stack.portal.control.addFault({ match: "crm.*", effect: "delay", delayMs: 100, times: 100_000 });
  });
  after(() => stack.close());

  async function openTab(person = ""): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${stack.api.url}/tab${person ? `?person=${person}` : ""}`);
    await page
      .locator("b24-generator")
      .getByRole("button", { name: /Создать|Остановить/ })
      .first()
      .waitFor();
    return page;
  }
  const card = (page: Page) => page.locator("b24-generator");
  const elsewhere = "Генерация уже запущена в другой вкладке. Ожидайте результатов...";
  async function generate(page: Page, contacts: number): Promise<void> {
    await card(page).getByLabel("Компании", { exact: true }).fill("20");
    await card(page).getByLabel("Контакты", { exact: true }).fill(String(contacts));
    await card(page)
      .getByRole("button", { name: /^Создать/ })
      .click();
    await card(page).getByRole("progressbar").waitFor();
  }
  const contactsMade = () =>
    stack.portal.control
      .records({ entity: "contact", limit: 100_000 })
      .filter((record) => String((record as { ORIGINATOR_ID?: string }).ORIGINATOR_ID).startsWith("gen:"))
      .length;

  it("is started in one of ten tabs, waited for in the others, and done for two people at once", async () => {
    const tabs = await Promise.all(Array.from({ length: 10 }, () => openTab()));
    const others = await Promise.all([openTab("boris"), openTab("boris")]);
    await generate(tabs[0]!, 120);
    await Promise.all(tabs.slice(1).map((tab) => card(tab).getByText(elsewhere).waitFor()));
    await generate(others[0]!, 40);
    await card(others[1]!).getByText(elsewhere).waitFor();
    assert.equal(await card(tabs[0]!).getByText(elsewhere).count(), 0, "the owner is not told to wait");
    await Promise.all(
      tabs.map((tab) => card(tab).getByText("Контактов создано: 120", { exact: true }).waitFor()),
    );
    await Promise.all(
      others.map((tab) => card(tab).getByText("Контактов создано: 40", { exact: true }).waitFor()),
    );
    await card(tabs[3]!)
      .getByRole("gridcell", { name: /ООО|АО/ })
      .first()
      .waitFor();
    await Promise.all([...tabs.slice(2), ...others].map((tab) => tab.close()));
  });

  it("goes on over a reload of its tab, and stops when the tab is closed", async () => {
    const [owner, other] = context.pages() as [Page, Page];
    await generate(owner, 2_000);
    await card(other).getByText(elsewhere).waitFor();
    await owner.reload();
    await card(owner).getByRole("button", { name: "Остановить" }).waitFor();
    const made = contactsMade();
    while (contactsMade() < made + 40) await owner.waitForTimeout(50);
    assert.equal(await card(owner).getByText(elsewhere).count(), 0, "a reload keeps the tab's name");
    await owner.close();
    await card(other).getByText("Ждём вкладку").first().waitFor();
    const held = contactsMade();
    await card(other)
      .getByText(/Генерация отменена для сессии \w{8} - пользователь отключился/)
      .first()
      .waitFor();
    assert.ok(contactsMade() <= held + 20, "no new batch started");
  });

  it("deletes what it made, after a question", async () => {
    const [other] = context.pages() as [Page];
    stack.portal.control.clearFaults();
    await card(other)
      .getByRole("button", { name: /^Удалить \d/ })
      .first()
      .click();
    await card(other)
      .getByRole("group", { name: "Удалить созданное" })
      .getByRole("button", { name: /^Удалить/ })
      .click();
    await card(other)
      .getByText(/Удалено: /)
      .first()
      .waitFor();
    assert.equal(contactsMade(), 120 + 40, "the records of other runs stay");
    assert.deepEqual(complaints, []);
  });
});
