import type { Texts } from "../locale/locale.ts";
import type { ChartType } from "./chart-type.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-chart>`. Figures and dates come formatted. */
export interface ChartMessages {
  chart: string;
  count: string;
  total: string;
  totalColumn: string;
  other: string;
  noValue: string;
  ongoing: (period: string) => string;
  weekOf: (day: string) => string;
  quarter: (quarter: number, year: string) => string;
  against: (period: string) => string;
  totalLed: (name: string, share: string) => string;
  /** How many of a funnel's first step come to its last. */
  reached: (step: string, last: string, first: string) => string;
  /** The same quantity of the period before. */
  earlier: string;
  againstEarlier: string;
  fact: string;
  target: string;
  factOfPlan: (fact: string, plan: string) => string;
  ofPrevious: string;
  ofFirst: string;
  showTable: string;
  showChart: string;
  form: string;
  forms: Record<ChartType, string>;
  formAnnounced: (form: string) => string;
  instead: (asked: string, drawn: string) => string;
  export: string;
  exportPng: string;
  exportSvg: string;
  exportCsv: string;
  exportXlsx: string;
  exportArrow: string;
  exportSql: string;
  copyData: string;
  copyEmbed: string;
  copied: string;
  notCopied: string;
  keyboardHint: string;
  keyboardHintRows: string;
  summary: (heading: string, form: string, series: number, points: number) => string;
  share: string;
  nothingTitle: string;
  nothingText: string;
  /** The query's limit was reached: there may be more rows than were drawn. */
  firstRows: (n: number) => string;
  cut: (shown: number, all: number) => string;
  /** Of many points these are drawn, evenly chosen. */
  thinned: (shown: number, all: number) => string;
  rowsBehind: (n: number, place: string) => string;
}

export const chartTexts: Texts<ChartMessages> = { ru, en };
