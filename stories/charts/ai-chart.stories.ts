import type { B24AiChart } from "@b24kit/elements/charts/ai-chart/ai-chart.ts";
import "@b24kit/elements/charts/ai-chart/ai-chart.define.ts";
import {
  type ChartsApi,
  chartsClient,
  clarifySample,
  monthlyAnswer,
  refuseSample,
  savedSample,
  stageAnswer,
} from "../sample/charts-client.ts";
import { sampleDeals } from "../sample/deals.ts";
import { holdCharts } from "../sample/held-charts.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/Ask", component: "b24-ai-chart", tags: ["autodocs"] };

const chart = (properties: Partial<B24AiChart>, api: ChartsApi = {}, setting = {}) => ({
  render: staged<B24AiChart>("b24-ai-chart", properties, { client: chartsClient(api).client, ...setting }),
});
const question = "Сколько мы выигрываем и проигрываем по месяцам?";

export const Begin = chart({});
export const BeginNarrow = chart({}, {}, { width: 320 });
export const Counting = chart({ question }, { ask: "silent", phase: "running" });
export const Answered = chart({ question });
export const AnsweredNarrow = chart({ question }, {}, { width: 320 });
export const WithoutAi = chart({ question: "Воронка" }, { ask: stageAnswer() });
export const AskedBack = chart({ question: "Покажи лучших" }, { ask: clarifySample });
export const Refused = chart({ question: "Сколько звонков сделали?" }, { ask: refuseSample });
export const NothingFound = chart(
  { question: "Сделки за 1999 год" },
  { ask: { ...monthlyAnswer(), result: "none" }, results: { none: sampleDeals(0) } },
);
export const ModelDown = chart({ question }, { ask: "ai_unavailable" });
const held = chartsClient({}).client;
holdCharts(held);
/** A kept chart is on its way; its picture stands for it. */
export const Pictured = chart({ chartId: savedSample[0]!.id }, {}, { client: held });
export const Kept = chart({ chartId: savedSample[0]!.id, readonly: true });

const opened = (story: ReturnType<typeof chart>, selector: string) => ({
  ...story,
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = canvasElement.querySelector("b24-ai-chart")?.shadowRoot;
    while (!root?.querySelector(selector)) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(selector)?.click();
  },
});
export const Refining = opened(chart({ question }), '[data-part="period"]');
export const HowItWasCounted = opened(chart({ question }), ".source summary");
export const Keeping = opened(chart({ question }), "[data-action=save]");
