import type { B24Chart } from "@b24kit/elements/core/chart/chart.ts";
import "@b24kit/elements/core/chart/chart.define.ts";
import { type SampleAnswer, sampleClient } from "../sample/client.ts";
import { sampleDeals, sampleMonths, sampleSources, sampleStages } from "../sample/deals.ts";
import { staged } from "../sample/story.ts";

export default { title: "Chart", component: "b24-chart", tags: ["autodocs"] };

const chart = (properties: Partial<B24Chart>, setting = {}) => ({
  render: staged<B24Chart>("b24-chart", properties, setting),
});
const query = (...answers: SampleAnswer[]) => ({
  render: staged<B24Chart>("b24-chart", { query: "deals-by-stage" }, { client: sampleClient(...answers) }),
});

export const Bars = chart({ data: sampleStages() });
export const BarsOfMoney = chart({ data: sampleStages(), y: "amount" });
export const Lines = chart({ data: sampleMonths() });
export const BarsByMonth = chart({ data: sampleMonths(), type: "bar" });
export const Pie = chart({ data: sampleSources(), type: "pie" });
export const RawRowsByMonth = chart({
  data: sampleDeals(20_000),
  x: "created",
  y: "opportunity",
  heading: "На какую сумму заводят сделки",
});
export const RawRowsByPerson = chart({
  data: sampleDeals(20_000),
  x: "assigned_by",
  y: "opportunity",
  heading: "Кто ведёт самые крупные сделки",
});
export const English = chart({ data: sampleStages() }, { language: "en" });
export const EnglishLines = chart({ data: sampleMonths() }, { language: "en" });
export const Dark = chart({ data: sampleStages() }, { theme: "dark" });
export const DarkLines = chart({ data: sampleMonths() }, { theme: "dark" });
export const DarkPie = chart({ data: sampleSources(), type: "pie" }, { theme: "dark" });
export const Narrow = chart({ data: sampleStages() }, { width: 320 });
export const NarrowLines = chart({ data: sampleMonths() }, { width: 320 });
export const NarrowPie = chart({ data: sampleSources(), type: "pie" }, { width: 320 });
export const Loading = query("silent");
export const Empty = query(sampleDeals(0));
export const Failed = query("portal_unreachable");
export const NoRights = query("forbidden");
export const Offline = query("unreachable");
export const Idle = chart({});

/** The second answer fails: the chart stays, and says how old it is. */
export const Stale = {
  ...query(sampleStages(), "database_unavailable"),
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const element = canvasElement.querySelector("b24-chart");
    while (!element?.shadowRoot?.querySelector(".plot svg")) await new Promise(requestAnimationFrame);
    element.refresh();
  },
};

/** The same figures as a table. */
export const AsTable = {
  ...chart({ data: sampleMonths() }),
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = canvasElement.querySelector("b24-chart")?.shadowRoot;
    while (!root?.querySelector(".tools button")) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(".tools button")?.click();
  },
};
