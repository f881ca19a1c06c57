import { html, nothing, type TemplateResult } from "lit";
import { cssVars } from "../../css-vars.ts";
import type { ChartData, Series } from "../aggregate.ts";
import { readCell } from "../reading.ts";
import type { Form, Sketch } from "./form.ts";
import { largestCell } from "./heatmap.ts";
import { pivotStyles } from "./pivot.styles.ts";

const sum = (values: Iterable<number>) => [...values].reduce((total, v) => total + (v || 0), 0);

/** Columns of one unit may be added up along a row, and averages never. */
function addable({ series }: ChartData): boolean {
  const [first] = series;
  return (
    first?.column?.info.kind !== "percent" &&
    series.every(({ unit, column }) => unit === first?.unit && column === first?.column)
  );
}

function rowView({ data, words }: Sketch, row: number, most: number, totals: boolean): TemplateResult {
  const strength = (one: Series) => {
    const share = most ? Math.max(0, one.values[row] || 0) / most : 0;
    return cssVars({ "--_strength": `${Math.round(share * 34)}%` });
  };
  const total = sum(data.series.map(({ values }) => values[row]!));
  return html`<tr>
    <th scope="row">${words.categoryAt(row)}</th>
    ${data.series.map(
      (
        one,
      ) => html`<td class="quantity tabular shaded" ${strength(one)} title=${words.exact(one.values[row]!, one)}>
        ${one.values[row] ? words.short(one.values[row]!, one) : html`<span class="none">—</span>`}</td>`,
    )}
    ${totals ? html`<td class="quantity tabular total">${words.short(total, data.series[0]!)}</td>` : nothing}
  </tr>`;
}

/** A table of two dimensions with totals of both; the ground tells large from small at a glance. */
function pivotView(sketch: Sketch): TemplateResult {
  const { data, words } = sketch;
  const most = largestCell(data);
  const totals = addable(data) && data.series.length > 1;
  const summed = data.series.every(({ column }) => column?.info.kind !== "percent");
  const grand = sum(data.series.map(({ values }) => sum(values)));
  return html`<div class="pivot" tabindex="0" role="group" aria-label=${words.of(data.x)}><table>
    <thead><tr><th scope="col">${words.of(data.x)}</th>
      ${data.series.map((one) => html`<th scope="col" class="quantity">${words.series(one)}</th>`)}
      ${totals ? html`<th scope="col" class="quantity">${words.fixed.totalColumn}</th>` : nothing}
    </tr></thead>
    <tbody>${data.categories.map((_, row) => rowView(sketch, row, most, totals))}</tbody>
    ${
      summed
        ? html`<tfoot><tr><th scope="row">${words.fixed.totalColumn}</th>
            ${data.series.map(
              (one) => html`<td class="quantity tabular total">${words.short(sum(one.values), one)}</td>`,
            )}
            ${totals ? html`<td class="quantity tabular total">${words.short(grand, data.series[0]!)}</td>` : nothing}
          </tr></tfoot>`
        : nothing
    }
  </table></div>`;
}

export const form: Form = {
  view: pivotView,
  styles: pivotStyles,
  option: () => ({}),
  height: (data) => Math.min(480, (data.categories.length + 2) * 36 + 8),
  read: (data, words, { category, series = 0 }) => readCell(data, words, category, series),
  trigger: "item",
};
