import { GridSimpleComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { letterWidth } from "./letter-width.ts";

/** What `use` takes; the forms bring theirs with them. */
export type ChartExtension = Extract<Parameters<typeof use>[0], unknown[]>[number];

// What every form needs: one chunk, loaded when the first chart is drawn. Forms and data add their parts.
use([GridSimpleComponent, TooltipComponent, SVGRenderer]);

setPlatformAPI({
  // Where ECharts cuts a text it takes all letters but ASCII for as wide as this square: Russian names lose a third.
  measureText: (text = "", font = "") =>
    ({ width: letterWidth(text === "国" ? "п" : text, font) }) as TextMetrics,
});

const used = new Set<ChartExtension>();

/** A chart in a box, with the parts that its form needs. */
export function initChart(
  box: HTMLElement,
  renderer: "svg" | "canvas",
  extensions: readonly ChartExtension[],
): EChartsType {
  extend(extensions);
  return init(box, null, { renderer });
}

/** Makes parts known; each once. */
export function extend(extensions: readonly ChartExtension[]): void {
  const fresh = extensions.filter((one) => !used.has(one));
  for (const one of fresh) used.add(one);
  if (fresh.length) use(fresh);
}

/** A chart that is never seen: what a saved picture is taken from. */
export function detachedChart(width: number, height: number, scale: number): EChartsType {
  const size = { width, height, devicePixelRatio: scale };
  return init(document.createElement("div"), null, { renderer: "canvas", ...size });
}
