import type { ChartPictureMessages } from "./messages.ts";

export const ru: ChartPictureMessages = {
  loading: "График рисуется",
  live: "Живой график: значения, таблица, файлы",
};
