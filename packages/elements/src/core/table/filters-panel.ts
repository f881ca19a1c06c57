import { html, type TemplateResult } from "lit";
import { cssVars } from "../css-vars.ts";
import type { Column, TableData } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import type { ColumnFilter } from "../data/filter.ts";
import { collationRanks } from "../data/order.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { dayInput, zonedDay } from "../locale/zoned-day.ts";
import { coreTexts } from "../messages.ts";
import { tableTexts } from "./messages.ts";
import type { TableView } from "./table-view.ts";

/** More distinct values than this are searched by text, not ticked one by one. */
const MOST_CHOICES = 24;

type Apply = (filter: ColumnFilter | undefined) => void;

/** Distinct values to tick, in the language's order; undefined where there are too many or each row has its own. */
function choicesOf(column: Column, locale: LocaleController): string[] | undefined {
  if (column.type !== "boolean" && column.type !== "text") return undefined;
  const { values } = column.coded;
  if (values.length > MOST_CHOICES || (values.length > 4 && values.length > column.length / 2))
    return undefined;
  const rank = collationRanks(values, locale.language);
  return values
    .map((value, code) => ({ value, place: rank[code]! }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function choiceField(
  column: Column,
  choices: string[],
  filter: ColumnFilter | undefined,
  locale: LocaleController,
  apply: Apply,
) {
  const words = locale.texts(coreTexts);
  const chosen = filter?.kind === "values" ? filter.values : new Set<string>();
  const toggle = (value: string) => () => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    apply(next.size ? { kind: "values", values: next } : undefined);
  };
  const text = (value: string) =>
    column.type === "boolean" ? (value === "true" ? words.yes : words.no) : value;
  return html`<fieldset class="filter wide">
    <legend>${labelOf(column, locale.language)}</legend>
    <div class="choices">
      ${choices.map(
        (
          value,
        ) => html`<button type="button" class="choice" aria-pressed=${chosen.has(value) ? "true" : "false"}
          @click=${toggle(value)}><span class="chip" ${cssVars({ "--_chip": column.info.colors.get(value) })}
          ><span class="chip-text">${text(value)}</span></span></button>`,
      )}
    </div>
  </fieldset>`;
}

function textField(
  column: Column,
  filter: ColumnFilter | undefined,
  locale: LocaleController,
  apply: Apply,
): TemplateResult {
  const label = labelOf(column, locale.language);
  const onInput = (event: Event) => {
    const text = (event.target as HTMLInputElement).value;
    apply(text.trim() ? { kind: "contains", text } : undefined);
  };
  return html`<label class="filter">
    <span>${label}</span>
    <input class="field" type="search" aria-label=${locale.texts(tableTexts).contains(label)}
      .value=${filter?.kind === "contains" ? filter.text : ""} @input=${onInput} />
  </label>`;
}

function rangeOf(min: number | undefined, max: number | undefined): ColumnFilter | undefined {
  if (min === undefined && max === undefined) return undefined;
  return { kind: "range", ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function rangeField(
  column: Column,
  filter: ColumnFilter | undefined,
  locale: LocaleController,
  apply: Apply,
): TemplateResult {
  const t = locale.texts(tableTexts);
  const label = labelOf(column, locale.language);
  const timeZone = column.isCalendar ? "UTC" : locale.format.timeZone;
  const isTime = column.type === "time";
  const range = filter?.kind === "range" ? filter : { min: undefined, max: undefined };
  const shown = (bound: number | undefined) =>
    bound === undefined ? "" : isTime ? dayInput(bound, timeZone) : String(bound);
  const read = (text: string, end: "start" | "end") => {
    if (text === "") return undefined;
    return isTime ? zonedDay(text, timeZone)?.[end] : Number(text);
  };
  const onMin = (event: Event) =>
    apply(rangeOf(read((event.target as HTMLInputElement).value, "start"), range.max));
  const onMax = (event: Event) =>
    apply(rangeOf(range.min, read((event.target as HTMLInputElement).value, "end")));
  const type = isTime ? "date" : "number";
  return html`<fieldset class="filter">
    <legend>${label}</legend>
    <div class="range">
      <input class="field" type=${type} step="any" placeholder=${t.from} aria-label=${t.fromOf(label)}
        .value=${shown(range.min)} @change=${onMin} />
      <span aria-hidden="true">–</span>
      <input class="field" type=${type} step="any" placeholder=${t.to} aria-label=${t.toOf(label)}
        .value=${shown(range.max)} @change=${onMax} />
    </div>
  </fieldset>`;
}

/** A field for each visible column: values to tick, a range, or a text to contain. */
export function filtersPanel(
  view: TableView,
  data: TableData,
  locale: LocaleController,
  onChange: () => void,
): TemplateResult {
  const t = locale.texts(tableTexts);
  const field = (column: Column) => {
    const { name } = column.info;
    const filter = view.filters.get(name);
    const apply: Apply = (next) => {
      view.setFilter(name, next);
      onChange();
    };
    const choices = choicesOf(column, locale);
    if (choices) return choiceField(column, choices, filter, locale, apply);
    return column.type === "text"
      ? textField(column, filter, locale, apply)
      : rangeField(column, filter, locale, apply);
  };
  const clear = () => {
    view.filters.clear();
    view.setSearch(view.search);
    onChange();
  };
  return html`<div class="filters" id="filters" role="group" aria-label=${t.filters} part="filters">
    ${view.visible(data).map(field)}
    <div class="filter-end">
      <button class="button quiet" type="button" ?disabled=${view.filters.size === 0} @click=${clear}>${t.clearFilters}</button>
    </div>
  </div>`;
}
