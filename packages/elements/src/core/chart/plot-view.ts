import type { Table } from "@uwdata/flechette";
import { html, nothing, type TemplateResult } from "lit";
import { cssVars } from "../css-vars.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import type { ChartWords } from "./chart-words.ts";
import type { CursorController } from "./cursor-controller.ts";
import { dataTable } from "./data-table.ts";
import type { Form } from "./forms/form.ts";
import { chartTexts } from "./messages.ts";
import type { Picture } from "./picture.ts";
import { hasRows } from "./selection.ts";

export interface PlotView {
  picture: Picture;
  form: Form;
  words: ChartWords;
  locale: LocaleController;
  table: Table;
  heading: string;
  asTable: boolean;
  narrow: boolean;
  cursor: CursorController;
}

/** What the reader has to know about the picture: places left out, another form than asked. */
function notesView({ picture, locale }: PlotView): TemplateResult {
  const { data, all, asked } = picture;
  const t = locale.texts(chartTexts);
  const gathered = data.categories.at(-1)?.isOther;
  const cut = !data.points && !gathered && data.categories.length < all.categories.length;
  return html`${cut ? html`<p class="note">${t.cut(data.categories.length, all.categories.length)}</p>` : nothing}
    ${asked ? html`<p class="note">${t.instead(t.forms[asked], t.forms[data.type])}</p>` : nothing}`;
}

/** A box for ECharts that keys can read. */
function frameView(view: PlotView): TemplateResult {
  const { picture, form, locale, heading, cursor } = view;
  const { data } = picture;
  const t = locale.texts(chartTexts);
  const marks = data.points?.rows.length ?? data.categories.length;
  const summary = t.summary(heading, t.forms[data.type], data.series.length, marks);
  const opens = hasRows(picture);
  return html`<div class="frame ${data.type}" ${cssVars({ "--_plot": `${form.height(data, view.narrow)}px` })}>
      <div class="reader" tabindex="0" role="application" aria-label=${summary} aria-describedby="hint"
        @keydown=${cursor.onKey} @blur=${cursor.onBlur}>
        <div class="plot" part="plot" aria-hidden="true"></div>
      </div>
    </div>
    <span id="hint" hidden>${opens ? t.keyboardHintRows : t.keyboardHint}</span>
    <div class="visually-hidden" role="status">${cursor.reading}</div>`;
}

/** The drawing with its notes and, unseen or in its place, the same figures as a table. */
export function plotView(view: PlotView): TemplateResult {
  const { picture, form, words, locale, heading, asTable, table } = view;
  const { data, all } = picture;
  if (data.type === "table")
    return html`<div class="own table" part="plot">${form.view?.({ data, all, words, locale, table, title: heading })}</div>`;
  const figures = dataTable(data, words, locale, heading, asTable);
  if (asTable) {
    const height = cssVars({ "--_plot": `${Math.max(240, form.height(data, view.narrow))}px` });
    return html`<div class="frame" ${height}>${figures}</div>`;
  }
  const drawn = form.view
    ? html`<div class="own ${data.type}" part="plot">${form.view({ data, all, words, locale, table, title: heading })}</div>`
    : frameView(view);
  // A pivot is a table already.
  return html`${drawn}${notesView(view)}${data.type === "pivot" ? nothing : figures}`;
}
