import { html, nothing, type TemplateResult } from "lit";
import { labelOf } from "../data/column-info.ts";
import type { ExportCell } from "../export/export-rows.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import { chartTexts } from "./messages.ts";
import type { Points } from "./points.ts";

/** A table of more lines is read by nobody, and would hold the page up; the file has them all. */
const MOST_LINES = 500;

/** The chart as a table: for screen readers always, for the eye on demand. */
export function dataTable(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
  heading: string,
  shown: boolean,
): TemplateResult {
  const body = data.points ? pointRows(data.points, words) : placeRows(data, words, locale);
  return html`<div class=${shown ? "data-table" : "visually-hidden"} tabindex=${shown ? 0 : nothing}
    role=${shown ? "group" : nothing} aria-label=${shown ? heading : nothing}><table>
    <caption class="visually-hidden">${heading}</caption>${body}</table></div>`;
}

function pointRows({ x, y, rows, label }: Points, words: ChartWords): TemplateResult {
  return html`<thead><tr>
      ${label ? html`<th scope="col">${words.of(label)}</th>` : nothing}
      ${[x, y].map((column) => html`<th scope="col" class="quantity">${words.of(column)}</th>`)}
    </tr></thead>
    <tbody>${Array.from(
      rows.subarray(0, MOST_LINES),
      (row) => html`<tr>
        ${label ? html`<th scope="row">${label.text(row) ?? "—"}</th>` : nothing}
        ${[x, y].map((column) => html`<td class="quantity tabular">${words.exactOf(column, column.numbers[row]!)}</td>`)}
      </tr>`,
    )}</tbody>`;
}

function placeRows(data: ChartData, words: ChartWords, locale: LocaleController): TemplateResult {
  const t = locale.texts(chartTexts);
  const pie = data.type === "pie" || data.type === "treemap";
  return html`<thead><tr>
      <th scope="col">${labelOf(data.x, locale.language)}</th>
      ${data.series.map((one) => html`<th scope="col" class="quantity">${words.series(one)}</th>`)}
      ${pie ? html`<th scope="col" class="quantity">${t.share}</th>` : nothing}
    </tr></thead>
    <tbody>${data.categories.slice(0, MOST_LINES).map(
      (_, i) => html`<tr>
        <th scope="row">${words.categoryAt(i)}</th>
        ${data.series.map((one) => html`<td class="quantity tabular">${words.exact(one.values[i]!, one)}</td>`)}
        ${pie ? html`<td class="quantity tabular">${words.share(i)}</td>` : nothing}
      </tr>`,
    )}</tbody>`;
}

function cell(value: number): ExportCell {
  return Number.isNaN(value) ? { type: "none" } : { type: "number", value, decimals: 2 };
}

/** Rows of the chart for a file: every category, the grouped ones too. */
export function exportTable(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
): { headings: string[]; rows: ExportCell[][] } {
  if (data.points) return exportPoints(data.points, words);
  const headings = data.series.map((one) => {
    const unit = words.unit(one);
    return unit ? `${words.series(one)}, ${unit}` : words.series(one);
  });
  const rows = data.categories.map((category, i): ExportCell[] => [
    { type: "text", value: words.category(category) },
    ...data.series.map((one) => cell(one.values[i]!)),
  ]);
  return { headings: [labelOf(data.x, locale.language), ...headings], rows };
}

function exportPoints({ x, y, rows, label }: Points, words: ChartWords) {
  const named = label ? [label] : [];
  return {
    headings: [...named, x, y].map((column) => words.of(column)),
    rows: Array.from(rows, (row): ExportCell[] => [
      ...named.map((column): ExportCell => ({ type: "text", value: column.text(row) ?? "" })),
      ...[x, y].map((column) => cell(column.numbers[row]!)),
    ]),
  };
}

/** The figures as tab-separated text, as spreadsheets paste them. */
export function asText(data: ChartData, words: ChartWords, locale: LocaleController): string {
  const { headings, rows } = exportTable(data, words, locale);
  const lines = rows.map((cells) =>
    cells.map((cell) => (cell.type === "none" ? "" : String(cell.value).replace(/[\t\r\n]+/g, " "))),
  );
  return [headings, ...lines].map((cells) => cells.join("\t")).join("\n");
}
