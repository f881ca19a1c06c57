import type { Texts } from "../locale/locale.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-chart>`. Figures and dates come formatted. */
export interface ChartMessages {
  chart: string;
  count: string;
  total: string;
  other: string;
  noValue: string;
  ongoing: (period: string) => string;
  against: (period: string) => string;
  totalLed: (name: string, share: string) => string;
  showTable: string;
  showChart: string;
  export: string;
  exportPng: string;
  exportSvg: string;
  exportCsv: string;
  keyboardHint: string;
  summary: (heading: string, series: number, points: number) => string;
  share: string;
  nothingTitle: string;
  nothingText: string;
  /** The query's limit was reached: there may be more rows than were drawn. */
  firstRows: (n: number) => string;
  cut: (shown: number, all: number) => string;
}

export const chartTexts: Texts<ChartMessages> = { ru, en };
