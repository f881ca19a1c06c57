import { counted } from "../locale/plural.ts";
import type { ChartMessages } from "./messages.ts";

const points = (n: number) => counted("ru", n, { one: "точка", few: "точки", many: "точек", other: "точки" });
const lines = (n: number) => counted("ru", n, { one: "ряд", few: "ряда", many: "рядов", other: "ряда" });

export const ru: ChartMessages = {
  chart: "Диаграмма",
  count: "Количество",
  total: "всего",
  other: "Прочее",
  noValue: "нет значения",
  ongoing: (period) => `${period}, ещё идёт`,
  against: (period) => `к периоду «${period}»`,
  totalLed: (name, share) => `всего, больше других — «${name}»: ${share}`,
  showTable: "Таблица",
  showChart: "График",
  export: "Скачать",
  exportPng: "Картинка PNG",
  exportSvg: "Картинка SVG",
  exportCsv: "Данные CSV",
  keyboardHint: "Стрелки читают значения по одному.",
  summary: (heading, series, n) =>
    `${heading}. Диаграмма: ${series > 1 ? `${lines(series)}, ` : ""}${points(n)}.`,
  share: "Доля",
  nothingTitle: "Нечего нарисовать",
  nothingText: "В этих данных нет ни одной числовой величины за выбранный период.",
  firstRows: (n) => `по первым ${counted("ru", n, { one: "строке", other: "строкам" })}`,
  cut: (shown, all) => `Первые ${shown} из ${all}`,
};
