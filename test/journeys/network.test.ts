import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Stack, startStack } from "./stack.ts";

/** A name that the browser finds here and that is no localhost: what it opens is plain http of some other machine. */
const OFFICE = "office.test";
const ELSEWHERE = "Генерация уже запущена в другой вкладке. Ожидайте результатов...";
const KEY = "b24kit-tab-session";

/** Test data from a machine in the same network: no https, so no randomUUID and no Web Locks. */
describe("test data over plain http in a network", { timeout: 240_000 }, () => {
  let stack: Stack;
  let owner: Page;
  let complaints: string[];
  before(async () => {
    stack = await startStack(
      { counts: { deals: 10, contacts: 10, companies: 10, leads: 10 } },
      { HOST: "0.0.0.0" },
      [`--host-resolver-rules=MAP ${OFFICE} 127.0.0.1`],
    );
    const opened = await stack.open();
    owner = opened.page;
    complaints = opened.complaints;
    // What a page finds in its storage before anything of ours runs.
    await opened.context.addInitScript(`globalThis.cameWith = sessionStorage.getItem("${KEY}")`);
  });
  after(() => stack.close());

  const card = (page: Page) => page.locator("b24-generator");
  const sessionOf = (page: Page) => page.evaluate((key) => sessionStorage.getItem(key), KEY);
  /** Keeps a run where it is until `letGo`, however long the pages take; then it is slow enough to be watched. */
  const hold = (delayMs = 600_000) =>
    stack.portal.control.addFault({ match: "crm.*", effect: "delay", delayMs, times: 100_000 });
  const letGo = () => {
    stack.portal.control.clearFaults();
    hold(100);
  };
  const made = () =>
    (
      stack.portal.control.records({ entity: "contact", limit: 100_000 }) as { ORIGINATOR_ID?: string }[]
    ).filter(({ ORIGINATOR_ID }) => ORIGINATOR_ID?.startsWith("gen:")).length;

  async function generate(page: Page, contacts: number): Promise<void> {
    await card(page).getByLabel("Компании", { exact: true }).fill("20");
    await card(page).getByLabel("Контакты", { exact: true }).fill(String(contacts));
    await card(page)
      .getByRole("button", { name: /^Создать/ })
      .click();
    await card(page).getByRole("button", { name: "Остановить" }).waitFor();
  }

  it("comes in by the one-time link, and its tab has a name without https", async () => {
    const link = new URL(stack.api.entranceUrl ?? assert.fail("no link"));
    link.hostname = OFFICE;
    await owner.goto(link.href);
    await owner.waitForURL((url) => url.pathname === "/");
    await card(owner)
      .getByRole("button", { name: /^Создать/ })
      .waitFor();
    const missing = await owner.evaluate(() => [
      isSecureContext,
      "randomUUID" in crypto,
      "locks" in navigator,
    ]);
    assert.deepEqual(missing, [false, false, false]);
    await owner.waitForFunction((key) => sessionStorage.getItem(key) !== null, KEY);
    assert.match((await sessionOf(owner)) ?? "", /^[0-9a-f]{16}$/);
  });

  it("gives a duplicated tab a name of its own, which waits for the results of the first", async () => {
    hold();
    await generate(owner, 400);
    const before = await sessionOf(owner);
    // The browser copies the storage of a tab into the one that it opens, as it does when a person duplicates it.
    const [duplicate] = await Promise.all([
      owner.waitForEvent("popup"),
      owner.evaluate(() => void window.open(location.href)),
    ]);
    await card(duplicate).getByText(ELSEWHERE).waitFor();
    assert.equal(await duplicate.evaluate("cameWith"), before, "it came with the name of the first");
    const taken = await sessionOf(duplicate);
    assert.notEqual(taken, before);
    assert.equal(await sessionOf(owner), before);
    await duplicate.reload();
    await card(duplicate).getByText(ELSEWHERE).waitFor();
    assert.equal(await sessionOf(duplicate), taken, "a reload keeps the new name");
    assert.equal(await card(owner).getByText(ELSEWHERE).count(), 0);

    const another = await owner.context().newPage();
    await another.goto(owner.url());
    await card(another).getByText(ELSEWHERE).waitFor();
    assert.equal(
      await another.evaluate("cameWith"),
      null,
      "the address typed again is a tab of the same person",
    );
    await another.close();

    await duplicate.close();
    letGo();
    while (made() < 40) await owner.waitForTimeout(50);
    assert.equal(
      await card(owner).getByText("Ждём вкладку").count(),
      0,
      "the run goes with its own tab only",
    );
    await card(owner).getByText("Контактов создано: 400", { exact: true }).waitFor();
  });

  it("holds the run when the first tab goes, though its duplicate stays", async () => {
    const [duplicate] = await Promise.all([
      owner.waitForEvent("popup"),
      owner.evaluate(() => void window.open(location.href)),
    ]);
    await card(duplicate)
      .getByRole("button", { name: /^Создать/ })
      .waitFor();
    hold();
    await generate(owner, 2_000);
    await card(duplicate).getByText(ELSEWHERE).waitFor();
    await owner.close();
    await card(duplicate).getByText("Ждём вкладку").first().waitFor();
    assert.deepEqual(complaints, []);
  });
});
