import { html, nothing, type TemplateResult } from "lit";
import { labelOf } from "../data/column-info.ts";
import type { ExportCell } from "../export/export-rows.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import { chartTexts } from "./messages.ts";

/** The chart as a table: for screen readers always, for the eye on demand. */
export function dataTable(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
  heading: string,
  shown: boolean,
): TemplateResult {
  const t = locale.texts(chartTexts);
  const pie = data.type === "pie";
  return html`<div class=${shown ? "data-table" : "visually-hidden"} tabindex=${shown ? 0 : nothing}
    role=${shown ? "group" : nothing} aria-label=${shown ? heading : nothing}><table>
    <caption class="visually-hidden">${heading}</caption>
    <thead><tr>
      <th scope="col">${labelOf(data.x, locale.language)}</th>
      ${data.series.map((one) => html`<th scope="col" class="quantity">${words.series(one)}</th>`)}
      ${pie ? html`<th scope="col" class="quantity">${t.share}</th>` : nothing}
    </tr></thead>
    <tbody>${data.categories.map(
      (_, i) => html`<tr>
        <th scope="row">${words.categoryAt(i)}</th>
        ${data.series.map((one) => html`<td class="quantity tabular">${words.exact(one.values[i]!, one)}</td>`)}
        ${pie ? html`<td class="quantity tabular">${words.share(i)}</td>` : nothing}
      </tr>`,
    )}</tbody>
  </table></div>`;
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
