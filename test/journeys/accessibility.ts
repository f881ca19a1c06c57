import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = { id: string; nodes: { target: unknown[] }[] };

/** Faults that a person with a screen reader or a keyboard would meet, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(how: object): Promise<{ violations: Violation[] }> } }
    ).axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}

/** Waits until nothing reaches beyond the window's width: elements that watch their own size follow a frame later. */
export const fits = (page: Page) =>
  page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
