import type { Stack } from "../../journeys/stack.ts";
import { median } from "../goal.ts";

/** A phone's slow line: 1.6 Mbit/s, 150 ms there and back. */
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
} as const;

/** Milliseconds from the script tag to something of the chart to see, and to the live chart. */
export interface Seen {
  first: number;
  live: number;
}

export interface FirstPicture {
  pictured: Seen;
  plain: Seen;
}

/** A kept chart on a page that has loaded nothing yet, with its picture and without, in turns. */
export async function measureFirstPicture(
  stack: Stack,
  chart: string,
  rounds: number,
): Promise<FirstPicture> {
  const seen: { pictured: Seen[]; plain: Seen[] } = { pictured: [], plain: [] };
  // The first round only warms up: the server's own answers are there from then on.
  for (let round = 0; round <= rounds; round++) {
    const pictured = await look(stack, chart, true);
    const plain = await look(stack, chart, false);
    if (round > 0) {
      seen.pictured.push(pictured);
      seen.plain.push(plain);
    }
  }
  const middle = (all: Seen[]): Seen => ({
    first: median(all.map(({ first }) => first)),
    live: median(all.map(({ live }) => live)),
  });
  return { pictured: middle(seen.pictured), plain: middle(seen.plain) };
}

/** In a profile of its own, whose cache is empty. */
async function look({ api, open }: Stack, chart: string, withPicture: boolean): Promise<Seen> {
  const { page, context } = await open({ viewport: { width: 900, height: 700 }, bypassCSP: true });
  try {
    await page.goto(`${api.url}/health`);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", LINE);
    return await page.evaluate(watch, { chart, withPicture });
  } finally {
    await context.close();
  }
}

/** Sent to the page. */
async function watch({ chart, withPicture }: { chart: string; withPicture: boolean }): Promise<Seen> {
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  const began = performance.now();
  document.body.innerHTML = `<b24-provider token-url="/demo/session" locale="ru">
    <b24-ai-chart readonly ${withPicture ? "" : "no-picture"} chart-id="${chart}"></b24-ai-chart></b24-provider>`;
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src: "/b24.js" }));
  const root = () => document.querySelector("b24-ai-chart")?.shadowRoot;
  const isPictured = () => root()?.querySelector(".stand-in")?.shadowRoot?.querySelector("svg");
  const isLive = () => root()?.querySelector("b24-chart")?.shadowRoot?.querySelector(".plot svg path");
  while (!isPictured() && !isLive()) await frame();
  const first = performance.now() - began;
  while (!isLive()) await frame();
  return { first, live: performance.now() - began };
}
