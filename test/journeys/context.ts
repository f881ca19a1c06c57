import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";

/** A wait ends where something hangs, not where cores are busy. */
export const PATIENCE_MS = 120_000;

/** A browser profile of its own: a reader in Moscow, without motion. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: "ru-RU",
    reducedMotion: "reduce",
    timezoneId: "Europe/Moscow",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript("globalThis.__name = (named) => named"); // tsx wraps what evaluate() sends
  return context;
}
