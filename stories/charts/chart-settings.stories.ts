import type { B24ChartSettings } from "@b24kit/elements/charts/chart-settings/chart-settings.ts";
import "@b24kit/elements/charts/chart-settings/chart-settings.define.ts";
import { type ChartsApi, chartsClient } from "../sample/charts-client.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/Settings", component: "b24-chart-settings", tags: ["autodocs"] };

const settings = (api: ChartsApi = {}, setting = {}) => ({
  render: staged<B24ChartSettings>(
    "b24-chart-settings",
    {},
    { client: chartsClient(api).client, ...setting },
  ),
});

export const Usual = settings();
export const WithoutModel = settings({
  settings: { model: null, tokensToday: 0, costToday: 0 },
  changes: [],
});
export const AttackWorked = settings({
  settings: {
    sql: "unsafe",
    sqlReason:
      "an attack on our own set-up worked: make a temporary table (REVOKE TEMPORARY ON DATABASE … FROM PUBLIC)",
  },
});
export const NotAllowed = settings({ changes: "forbidden" });
export const English = settings({}, { language: "en" });
export const Dark = settings({}, { theme: "dark" });
export const Narrow = settings({}, { width: 320 });
