import type { B24ChartEmbed } from "@b24kit/elements/charts/chart-embed/chart-embed.ts";
import "@b24kit/elements/charts/chart-embed/chart-embed.define.ts";
import { type ChartsApi, chartsClient, savedSample } from "../sample/charts-client.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/ChartEmbed", component: "b24-chart-embed", tags: ["autodocs"] };

const { id: chartId, name } = savedSample[0]!;
const embed = (api: ChartsApi = {}, form: "script" | "picture" = "script") => ({
  render: staged<B24ChartEmbed>(
    "b24-chart-embed",
    { chartId, name, form, open: true },
    { client: chartsClient(api).client },
  ),
});

export const Script = embed();
export const Picture = embed({}, "picture");
export const Loading = embed({ picture: "silent" });
export const Failed = embed({ picture: "query_too_heavy" });
export const NoLinks = embed({ pictureLink: "forbidden" }, "picture");
