/** Every form that a chart can take; the order in which a reader is offered them. */
export const CHART_TYPES = [
  "kpi",
  "bar",
  "line",
  "area",
  "combo",
  "pie",
  "funnel",
  "gauge",
  "scatter",
  "heatmap",
  "calendar",
  "radar",
  "treemap",
  "sankey",
  "pivot",
  "table",
] as const;
export type ChartType = (typeof CHART_TYPES)[number];

/** How several series share a place: beside each other, on each other, or as parts of the whole. */
export type Stack = "none" | "stack" | "percent";
