import type { Page } from "playwright-core";

/** How long a chart took from nothing to its picture, and the longest time in which the page answered to nobody. */
export interface Drawn {
  ms: number;
  longestTask: number;
}

interface ECharts {
  init(
    at: HTMLElement,
    theme: null,
    options: object,
  ): { setOption(option: object): void; on(event: string, heard: () => void): void; dispose(): void };
}

/** A page of the API's origin with nothing on it but a provider, a place for charts, and ECharts for the rival. */
export async function preparePage(page: Page, url: string, echarts: string): Promise<void> {
  await page.addInitScript("globalThis.__name = (named) => named"); // tsx wraps what evaluate() sends
  await page.goto(`${url}/health`);
  await page.evaluate(() => {
    document.body.innerHTML = `<b24-provider token-url="/demo/session" locale="ru">
      <div id="place" style="width:900px;height:480px"></div></b24-provider>`;
  });
  await page.addScriptTag({ url: `${url}/b24.js` });
  await page.addScriptTag({ path: echarts });
  await page.waitForFunction(() => customElements.get("b24-provider") !== undefined);
}

/** Sent to the page. */
export async function drawAsElement(rows: number): Promise<Drawn> {
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map((one) => one.duration)),
  );
  observer.observe({ type: "longtask" });
  const place = document.querySelector("#place")!;
  const began = performance.now();
  const chart = document.createElement("b24-chart");
  for (const [name, value] of Object.entries({
    query: "deals",
    type: "scatter",
    x: "probability",
    y: "amount",
  }))
    chart.setAttribute(name, value);
  chart.setAttribute("params", `limit=${rows}`);
  place.replaceChildren(chart);
  const ready = () =>
    // The time of the data is said when all of it is here; pictures come earlier.
    chart.shadowRoot?.querySelector(".as-of")?.textContent?.trim() &&
    chart.shadowRoot.querySelector(".plot canvas, .plot svg");
  while (!ready()) await frame();
  await frame();
  await frame();
  const ms = performance.now() - began;
  observer.disconnect();
  place.replaceChildren();
  return { ms, longestTask: Math.max(1, ...tasks) };
}

/** Sent to the page. */
export async function drawAsJson({ rows, token }: { rows: number; token: string }): Promise<Drawn> {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map((one) => one.duration)),
  );
  observer.observe({ type: "longtask" });
  const place = document.querySelector<HTMLElement>("#place")!;
  const began = performance.now();
  const answer = await fetch(`/api/v1/queries/deals?limit=${rows}`, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
  });
  const source = await answer.json();
  const { echarts } = globalThis as unknown as { echarts: ECharts };
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const finished = new Promise<void>((resolve) => chart.on("finished", resolve));
  chart.setOption({
    animation: false,
    dataset: { source },
    xAxis: { type: "value" },
    yAxis: { type: "value" },
    tooltip: {},
    series: [{ type: "scatter", large: true, encode: { x: "probability", y: "amount" } }],
  });
  await finished;
  const ms = performance.now() - began;
  observer.disconnect();
  chart.dispose();
  place.replaceChildren();
  return { ms, longestTask: Math.max(1, ...tasks) };
}
