import type { B24Dashboard } from "@b24kit/elements/charts/dashboard/dashboard.ts";
import "@b24kit/elements/charts/dashboard/dashboard.define.ts";
import { boardSample, type ChartsApi, chartsClient } from "../sample/charts-client.ts";
import { holdCharts } from "../sample/held-charts.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/Dashboard", component: "b24-dashboard", tags: ["autodocs"] };

const board = (properties: Partial<B24Dashboard>, api: ChartsApi = {}, setting = {}) => ({
  render: staged<B24Dashboard>("b24-dashboard", properties, { client: chartsClient(api).client, ...setting }),
});

export const Board = board({});

function pictured(setting = {}) {
  const { client } = chartsClient({});
  holdCharts(client);
  return board({}, {}, { client, ...setting });
}
/** The charts are on their way; pictures stand for them. */
export const Pictured = pictured();
export const PicturedNarrow = pictured({ width: 320 });

export const Narrow = board({}, {}, { width: 320 });
export const None = board({}, { boards: [] });
export const Empty = board({}, { boards: [{ ...boardSample, tiles: [] }] });
export const Stranger = board({ link: "signed" });
export const Locked = board({ link: "signed" }, { password: "secret" });

const opened = (selector: string) => ({
  ...board({}),
  play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = canvasElement.querySelector("b24-dashboard")?.shadowRoot;
    while (!root?.querySelector(selector)) await new Promise(requestAnimationFrame);
    root.querySelector<HTMLElement>(selector)?.click();
  },
});
export const Arranging = opened("[data-action=edit]");
export const Sharing = opened("[data-action=share]");
