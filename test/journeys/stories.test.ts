import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../tools/browser.mjs";
import { type Catalogue, serveCatalogue } from "./catalogue.ts";
import { PATIENCE_MS } from "./context.ts";

// The addon's own run of axe would get in the way of ours.
const VIEWS = ["locale:ru;theme:light;a11y.manual:!true", "locale:en;theme:dark;a11y.manual:!true"];

let catalogue: Catalogue;
let browser: Browser;
let axe: string;

before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  [catalogue, browser] = await Promise.all([serveCatalogue(), launchBrowser()]);
});
after(async () => {
  await browser?.close();
  await catalogue?.close();
});

/** What axe finds in the drawn story, as `rule: where`. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: string[] }[] }[] };
    const run = (globalThis as unknown as { axe: { run(on: string, how: object): Promise<Found> } }).axe.run;
    // Where each of the nodes without a fault stands need not be told.
    const found = await run("#storybook-root", { resultTypes: ["violations"] });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
    );
  });
}

/** Shows a story in the open page and waits until its picture stands still (a moving one: a second and a half). */
async function show(page: Page, id: string): Promise<void> {
  const drawn = page.evaluate((storyId) => {
    type Channel = {
      emit(event: string, data: object): void;
      on(event: string, heard: (about: { storyId: string }) => void): void;
    };
    const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as Record<string, Channel>;
    return new Promise<void>((resolve, reject) => {
      channel?.on("storyFinished", (about) => about.storyId === storyId && resolve());
      setTimeout(() => reject(new Error(`${storyId} was not drawn within two minutes`)), 120_000);
      channel?.emit("setCurrentStory", { storyId, viewMode: "story" });
    });
  }, id);
  await drawn;
  await page.evaluate(async () => {
    const picture = (root: ParentNode): string =>
      [...root.querySelectorAll("*")]
        .map(
          (one) =>
            one.tagName +
            one.className +
            (one.shadowRoot ? picture(one.shadowRoot) : (one.textContent ?? "")),
        )
        .join();
    let before = "";
    for (let look = 0; look < 25; look++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const now = picture(document.querySelector("#storybook-root")!);
      if (now === before) return;
      before = now;
    }
  });
}

/**
 * Goes through all stories in one view and tells all that is wrong with them. Axe, the dearest look, sees every other
 * story in each view: elements have it in their own tests, in every state and theme.
 */
async function faultsIn(view: string, turn: number): Promise<string[]> {
  const faults: string[] = [];
  const context = await browser.newContext({
    viewport: { width: 900, height: 700 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript("globalThis.__name = (named) => named"); // tsx wraps what evaluate() sends
  await context.addInitScript({ content: axe });
  const page = await context.newPage();
  let current = "";
  const hear = (fault: string) => faults.push(`${current} (${view}): ${fault}`);
  page.on("pageerror", (error) => hear(`threw ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") hear(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(catalogue.url) && /^https?:/.test(request.url()))
      hear(`asked ${request.url()}`);
  });
  const [first] = catalogue.stories;
  await page.goto(`${catalogue.url}/iframe.html?id=${first?.id}&viewMode=story&globals=${view}`);
  await page.waitForFunction(() => document.body.classList.contains("sb-show-main"));
  for (const [at, { id }] of [...catalogue.stories.slice(1), first!].entries()) {
    current = id;
    await show(page, id).catch((error) => hear(error.message));
    if (at % VIEWS.length === turn) for (const violation of await violations(page)) hear(violation);
  }
  await context.close();
  return faults;
}

describe("the catalogue", () => {
  it("has a story of every element", () => {
    assert.ok(catalogue.stories.length >= 20, `${catalogue.stories.length} stories`);
  });

  it("opens every story, in both languages and themes, accessibly and without a fault", async () => {
    const faults = await Promise.all(VIEWS.map(faultsIn));
    assert.deepEqual(faults.flat(), []);
  });
});
