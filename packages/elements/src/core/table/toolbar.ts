import { html, nothing, type TemplateResult } from "lit";
import type { TableData } from "../data/column.ts";
import type { QueryState } from "../data/query-state.ts";
import { headingView } from "../heading-view.ts";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";
import type { PopupController } from "../popup.ts";
import { columnsPanel } from "./columns-panel.ts";
import { tableTexts } from "./messages.ts";
import type { TableView } from "./table-view.ts";

export interface Toolbar {
  /** Undefined until it is known. */
  heading: string | undefined;
  state: QueryState;
  data: TableData | undefined;
  /** Rows that there are to look at. */
  all: number;
  /** Rows that pass search and filters. */
  shown: number;
  view: TableView;
  locale: LocaleController;
  popup: PopupController;
  filtersOpen: boolean;
  exporting: boolean;
  onChange: () => void;
  onFilters: () => void;
  onSave: (type: "csv" | "xlsx") => void;
}

function countText({ state, data, all, shown, view, locale }: Toolbar): string {
  const t = locale.texts(tableTexts);
  if (!data) return "";
  if (state.kind === "partial") return t.loadingMore(data.rows);
  const rows = data.cut ? t.firstRows(data.rows) : t.rows(all);
  return view.isFiltered ? t.shown(rows, shown) : rows;
}

function asOfText({ state, locale }: Toolbar): string {
  if (state.kind !== "ready") return "";
  return locale.texts(coreTexts).asOf(locale.format.dateTime(state.asOf));
}

function searchView({ view, locale, onChange }: Toolbar): TemplateResult {
  const t = locale.texts(tableTexts);
  const onInput = (event: Event) => {
    view.setSearch((event.target as HTMLInputElement).value);
    onChange();
  };
  return html`<label class="search">
    ${icons.search}
    <span class="visually-hidden">${t.search}</span>
    <input class="field" type="search" placeholder=${t.searchShort} .value=${view.search} @input=${onInput} />
  </label>`;
}

function filtersButton({ view, locale, filtersOpen, onFilters }: Toolbar): TemplateResult {
  const t = locale.texts(tableTexts);
  const label = view.filters.size ? t.filtersOn(view.filters.size) : t.filters;
  return html`<button class="button quiet" type="button" aria-expanded=${filtersOpen ? "true" : "false"}
    aria-controls=${filtersOpen ? "filters" : nothing} aria-label=${label} @click=${onFilters}>
    ${icons.filter}<span class="button-text">${label}</span>
  </button>`;
}

function columnsButton({ view, locale, popup, data, onChange }: Toolbar): TemplateResult {
  const t = locale.texts(tableTexts);
  const button = html`<button class="button quiet" type="button" data-popup-button="columns" aria-label=${t.columns}
    aria-expanded=${popup.open === "columns" ? "true" : "false"} @click=${() => popup.toggle("columns")}>
    ${icons.columns}<span class="button-text">${t.columns}</span>
  </button>`;
  return popup.anchor("columns", button, () => (data ? columnsPanel(view, data, locale, onChange) : html``));
}

function exportButton({ locale, popup, exporting, onSave }: Toolbar): TemplateResult {
  const t = locale.texts(tableTexts);
  const label = exporting ? t.exporting : t.export;
  const button = html`<button class="button quiet" type="button" data-popup-button="export" aria-haspopup="menu"
    aria-label=${label} aria-expanded=${popup.open === "export" ? "true" : "false"} ?disabled=${exporting}
    @click=${() => popup.toggle("export")}>${icons.download}<span class="button-text">${label}</span></button>`;
  return popup.anchor(
    "export",
    button,
    () => html`<div class="popup" data-popup="export" role="menu" aria-label=${t.export}>
      <button class="menu-item" type="button" role="menuitem" @click=${() => onSave("xlsx")}>${icons.table}${t.exportXlsx}</button>
      <button class="menu-item" type="button" role="menuitem" @click=${() => onSave("csv")}>${icons.download}${t.exportCsv}</button>
    </div>`,
  );
}

/** Heading and counts, search, and the buttons for filters, columns and download. */
export function toolbarView(bar: Toolbar): TemplateResult {
  const hasRows = bar.data !== undefined && bar.data.rows > 0;
  return html`<header class="toolbar" part="toolbar">
    <div class="titles">
      ${headingView(bar.heading, bar.state.kind === "loading")}
      <p class="counts tabular"><span role="status">${countText(bar)}</span>${
        asOfText(bar) && hasRows ? html`<span class="as-of">${asOfText(bar)}</span>` : nothing
      }</p>
    </div>
    ${
      hasRows
        ? html`<div class="tools">${searchView(bar)}${filtersButton(bar)}${columnsButton(bar)}${exportButton(bar)}<slot
            name="actions"></slot></div>`
        : html`<slot name="actions"></slot>`
    }
  </header>`;
}
