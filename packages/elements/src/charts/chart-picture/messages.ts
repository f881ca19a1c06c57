import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-chart-picture>`. */
export interface ChartPictureMessages {
  loading: string;
  live: string;
}

export const chartPictureTexts: Texts<ChartPictureMessages> = { ru, en };
