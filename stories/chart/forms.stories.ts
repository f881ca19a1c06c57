import type { B24Chart } from "@b24kit/elements/core/chart/chart.ts";
import "@b24kit/elements/core/chart/chart.define.ts";
import {
  sampleCurrencies,
  sampleDays,
  sampleFigure,
  sampleFunnel,
  sampleHouses,
  sampleManagerMonths,
  sampleManagers,
  sampleMoments,
  sampleMoves,
  samplePlan,
} from "../sample/charts.ts";
import { sampleDeals, sampleMonths, sampleSources } from "../sample/deals.ts";
import { type StoryContext, staged } from "../sample/story.ts";

export default { title: "Chart/Forms", component: "b24-chart" };

const chart = (properties: Partial<B24Chart>, setting = {}) => ({
  render: staged<B24Chart>("b24-chart", properties, setting),
});

/** Several charts side by side, each in a box of this width. */
const gallery = (width: number, ...charts: Partial<B24Chart>[]) => ({
  render: (args: object, context?: StoryContext) => {
    const wall = document.createElement("div");
    Object.assign(wall.style, { display: "flex", flexWrap: "wrap", gap: "16px", alignItems: "start" });
    wall.append(...charts.map((one) => staged<B24Chart>("b24-chart", one, { width })(args, context)));
    return wall;
  },
});

const months = { data: sampleMonths() };
const managers = { data: sampleManagerMonths() };
const moves = { data: sampleMoves(), type: "sankey", x: "from", series: "to" } as const;
const pivot = { ...managers, type: "pivot", x: "manager", series: "month" } as const;
const heat = { data: sampleMoments(), type: "heatmap" } as const;

export const Figures = gallery(
  400,
  { data: sampleFigure() },
  { ...months, type: "kpi", series: "result" },
  { data: samplePlan(), type: "kpi", y: "fact", target: 66e6 },
  { data: samplePlan(), type: "kpi", y: "fact", earlier: "plan" },
  { data: samplePlan(), type: "gauge", y: "fact", target: 66e6 },
);
export const Bars = gallery(
  600,
  { ...months, type: "bar" },
  { ...months, type: "bar", stack: "stack" },
  { ...managers, type: "bar", x: "month", series: "manager", stack: "percent" },
  { data: samplePlan(), type: "bar", y: "fact", target: 12e6 },
  { data: sampleCurrencies() },
  { data: samplePlan(), type: "combo" },
);
export const Lines = gallery(
  600,
  { ...managers, type: "line", x: "month", series: "manager" },
  { data: sampleDays() },
  { ...months, type: "area" },
  { data: samplePlan(), type: "line", y: "fact", earlier: "plan" },
);
export const Parts = gallery(
  600,
  { data: sampleSources(), type: "pie" },
  { data: sampleFunnel(), type: "funnel" },
  { data: sampleSources(), type: "treemap" },
);
export const Grids = gallery(
  720,
  heat,
  { ...managers, type: "heatmap", x: "month", series: "manager" },
  { data: sampleDays(), type: "calendar" },
  pivot,
);
export const Relations = gallery(
  600,
  { data: sampleHouses(), type: "scatter", x: "area", y: "price", series: "district" },
  { data: sampleHouses(100_000), type: "scatter", x: "area", y: "price" },
  { data: sampleManagers(), type: "radar" },
  moves,
);
export const Narrow = gallery(
  320,
  { data: sampleFunnel(), type: "funnel" },
  { data: samplePlan(), type: "gauge", y: "fact,plan" },
  heat,
  { data: sampleDays(), type: "calendar" },
  { data: sampleManagers(), type: "radar" },
  moves,
  pivot,
);
export const Records = chart({ data: sampleDeals(300), type: "table" });
/** A ring of months would lie about time: bars are drawn, and the card says so. */
export const Unfit = chart({ ...months, type: "pie" });

const opened = (story: ReturnType<typeof chart>, button: string) => ({
  ...story,
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = canvasElement.querySelector("b24-chart")?.shadowRoot;
    while (!root?.querySelector(button)) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(button)?.click();
  },
});
export const ChoiceOfForms = opened(chart({ data: sampleMonths() }), '[data-popup-button="type"]');
export const ChoiceOfFiles = opened(
  chart({ data: sampleMonths(), sql: "select 1" }),
  '[data-popup-button="export"]',
);
