import { counted } from "../locale/plural.ts";
import type { ChartMessages } from "./messages.ts";

const points = (n: number) => counted("en", n, { one: "point", other: "points" });
const lines = (n: number) => counted("en", n, { one: "series", other: "series" });

export const en: ChartMessages = {
  chart: "Chart",
  count: "Count",
  total: "in total",
  other: "Other",
  noValue: "no value",
  ongoing: (period) => `${period}, still running`,
  against: (period) => `against ${period}`,
  totalLed: (name, share) => `in total, led by ${name}: ${share}`,
  showTable: "Table",
  showChart: "Chart",
  export: "Download",
  exportPng: "PNG image",
  exportSvg: "SVG image",
  exportCsv: "CSV data",
  keyboardHint: "Arrow keys read the values one by one.",
  summary: (heading, series, n) =>
    `${heading}. Chart: ${series > 1 ? `${lines(series)}, ` : ""}${points(n)}.`,
  share: "Share",
  nothingTitle: "Nothing to draw",
  nothingText: "There is no quantity in this data for the chosen period.",
  firstRows: (n) => `from the first ${counted("en", n, { one: "row", other: "rows" })}`,
  cut: (shown, all) => `First ${shown} of ${all}`,
};
