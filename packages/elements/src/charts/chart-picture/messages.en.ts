import type { ChartPictureMessages } from "./messages.ts";

export const en: ChartPictureMessages = {
  loading: "The chart is being drawn",
  live: "Interactive chart: values, table, files",
};
