import type { B24ChartPicture } from "@b24kit/elements/charts/chart-picture/chart-picture.ts";
import "@b24kit/elements/charts/chart-picture/chart-picture.define.ts";
import { type ChartsApi, chartsClient, savedSample } from "../sample/charts-client.ts";
import { staged } from "../sample/story.ts";

export default { title: "Charts/ChartPicture", component: "b24-chart-picture", tags: ["autodocs"] };

const picture = (api: ChartsApi = {}, setting = {}) => ({
  render: staged<B24ChartPicture>(
    "b24-chart-picture",
    { chartId: savedSample[0]!.id },
    { client: chartsClient(api).client, ...setting },
  ),
});

export const Drawn = picture();
export const Narrow = picture({}, { width: 320 });
export const Loading = picture({ picture: "silent" });
export const Failed = picture({ picture: "query_too_heavy" });
export const NoAccess = picture({ picture: "forbidden" });
