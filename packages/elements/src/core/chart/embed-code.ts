import type { B24Chart } from "./chart.ts";
import type { ChartType } from "./chart-type.ts";

/** Code that puts a chart on a page: the element with its attributes, in a provider. */
export function embedCode(chart: B24Chart, type: ChartType | undefined): string {
  const { query, x, y, series, grain, unit, target } = chart;
  const stack = chart.stack === "none" ? undefined : chart.stack;
  const escaped = (value: string | number) =>
    String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const attributes = { query, type, x, y, series, grain, unit, stack, target };
  const said = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : ` ${name}="${escaped(value)}"`,
  );
  return [
    `<script src="/b24.js" async></script>`,
    `<b24-provider token-url="/b24-token">`,
    `  <b24-chart${said.join("")}></b24-chart>`,
    `</b24-provider>`,
  ].join("\n");
}
