import type { Table } from "@uwdata/flechette";
import { arrowFileOf } from "../export/arrow-file.ts";
import { csvOf } from "../export/csv.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import type { ChartWords } from "./chart-words.ts";
import { exportTable } from "./data-table.ts";
import type { Drawing } from "./drawing.ts";
import { loadForm } from "./forms/load-form.ts";
import { headlineOf } from "./headline.ts";
import { chartOption } from "./option.ts";
import type { Picture } from "./picture.ts";
import { extensionsOf } from "./plan.ts";

export type ChartFile = "png" | "svg" | "csv" | "xlsx" | "arrow";

/** Everything that a file is made from. */
export interface ExportedChart {
  picture: Picture;
  /** The rows as they came. */
  table: Table;
  locale: LocaleController;
  words: ChartWords;
  heading: string;
  /** The drawing on the page as markup, where it is one. */
  svg: () => string | undefined;
  drawing: Drawing;
}

async function picture({
  picture: { all, data },
  locale,
  words,
  heading,
  drawing,
}: ExportedChart): Promise<Blob | undefined> {
  const headline = headlineOf(all, words, locale);
  const [form, { toPng }] = await Promise.all([loadForm(data.type), import("./chart-image.ts")]);
  const option = chartOption(drawing, form);
  const extensions = await extensionsOf(option, form, data);
  return toPng({
    option,
    extensions,
    heading,
    caption: headline ? `${headline.figure}, ${headline.caption}` : "",
    width: drawing.width,
    height: form.height(data, false),
    font: drawing.font,
    ink: drawing.palette.text,
    ground: drawing.palette.surface,
  });
}

/** A chart as a file: pictures as drawn; the figures with every place, the gathered ones too; Arrow with the rows. */
export async function exportChart(type: ChartFile, chart: ExportedChart): Promise<Blob | undefined> {
  if (type === "png") return picture(chart);
  if (type === "svg") {
    const markup = chart.svg();
    return markup ? new Blob([markup], { type: "image/svg+xml" }) : undefined;
  }
  if (type === "arrow") return arrowFileOf(chart.table);
  const { headings, rows } = exportTable(chart.picture.all, chart.words, chart.locale);
  if (type === "csv") return csvOf(headings, rows, chart.locale.language);
  const { xlsxOf } = await import("../export/xlsx.ts");
  const columns = headings.map((_, i) => ({ wide: i === 0, plain: false }));
  return xlsxOf({ headings, rows, columns }, chart.heading);
}
