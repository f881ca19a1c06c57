import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { cssVars } from "../css-vars.ts";
import { cellText } from "../data/cell-text.ts";
import type { Column, TableData } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";
import { cellView, exactText, isQuantity } from "./cell.ts";
import { gridTemplate, leastWidth } from "./column-width.ts";
import type { GridController } from "./grid-controller.ts";
import { tableTexts } from "./messages.ts";
import type { VirtualRow } from "./rows-controller.ts";
import type { TableView } from "./table-view.ts";

interface Drawing {
  grid: GridController;
  data: TableData;
  view: TableView;
  locale: LocaleController;
  columns: readonly Column[];
}

function tabIndex({ grid }: Drawing, row: number, column: number): 0 | -1 {
  return grid.active.row === row && grid.active.column === column ? 0 : -1;
}

function sortMark(drawing: Drawing, column: Column): TemplateResult {
  const { sort } = drawing.view;
  const at = sort.findIndex((key) => key.column === column.info.name);
  if (at < 0) return html`<span class="sort-mark idle">${icons.sortable}</span>`;
  const place = sort.length > 1 ? html`<span class="sort-place">${at + 1}</span>` : nothing;
  return html`<span class="sort-mark">${sort[at]!.descending ? icons.down : icons.up}${place}</span>`;
}

function headerCell(drawing: Drawing, column: Column, index: number): TemplateResult {
  const { grid, view, locale } = drawing;
  const { name } = column.info;
  const label = labelOf(column, locale.language);
  // ARIA allows one sorted header at a time: the first key.
  const primary = view.sort[0]?.column === name ? view.sort[0] : undefined;
  return html`<div role="columnheader" class=${classMap({ cell: true, quantity: isQuantity(column) })} data-row="-1"
    data-index=${index} data-column=${name} tabindex=${tabIndex(drawing, -1, index)} aria-colindex=${index + 1}
    aria-sort=${primary ? (primary.descending ? "descending" : "ascending") : "none"}
    title=${label}>
    <span class="header-text">${label}</span>${sortMark(drawing, column)}
    <span class="grip" @pointerdown=${(event: PointerEvent) => grid.onResizeStart(event, name)}></span>
  </div>`;
}

function bodyCell(drawing: Drawing, column: Column, item: VirtualRow, index: number): TemplateResult {
  const { grid, data, locale } = drawing;
  const row = grid.rows[item.index]!;
  const text = cellText(column, row, data, locale.format, locale.texts(coreTexts)) ?? "";
  return html`<div role="gridcell" class=${classMap({ cell: true, quantity: isQuantity(column), tabular: column.type !== "text" })}
    data-row=${item.index} data-index=${index} data-text=${text} tabindex=${tabIndex(drawing, item.index, index)}
    aria-colindex=${index + 1} title=${text ? exactText(column, row, text, locale) : nothing}
    >${cellView(column, row, data, locale)}</div>`;
}

function rowView(drawing: Drawing, item: VirtualRow): TemplateResult {
  return html`<div role="row" class="row" aria-rowindex=${item.index + 2} ${cssVars({ "--_y": `${item.start}px` })}
    >${repeat(
      drawing.columns,
      ({ info }) => info.name,
      (column, i) => bodyCell(drawing, column, item, i),
    )}</div>`;
}

/** The scrolling grid: sticky header, and the rows in view. */
export function gridView(
  grid: GridController,
  data: TableData,
  view: TableView,
  locale: LocaleController,
  heading: string,
): TemplateResult {
  const columns = view.visible(data);
  const drawing: Drawing = { grid, data, view, locale, columns };
  const { language } = locale;
  const widths = columns.map((column) => ({
    kind: column.info.kind,
    heading: labelOf(column, language),
    chosen: view.widths.get(column.info.name),
  }));
  const vars = {
    "--_columns": gridTemplate(widths),
    "--_width": `${leastWidth(widths)}px`,
    "--_row": `${grid.virtual.rowHeight}px`,
    "--_body": `${grid.virtual.totalHeight}px`,
  } as const;
  return html`<div class="grid" part="grid" role="grid" aria-label=${heading} aria-describedby="sort-hint" aria-rowcount=${grid.rows.length + 1}
      aria-colcount=${columns.length} ${cssVars(vars)} @focusin=${grid.onFocusIn} @click=${(event: MouseEvent) => grid.onClick(event, language)}
      @keydown=${(event: KeyboardEvent) => grid.onKey(event, language)}
      @copy=${(event: ClipboardEvent) => grid.onCopy(event, language)}>
      <div class="sheet"><div role="rowgroup" class="head">
        <div role="row" class="row header" aria-rowindex="1">
          ${repeat(
            columns,
            ({ info }) => info.name,
            (column, i) => headerCell(drawing, column, i),
          )}
        </div>
      </div>
      <div role="rowgroup" class="body">
        ${repeat(
          grid.virtual.items(),
          (item) => grid.rows[item.index],
          (item) => rowView(drawing, item),
        )}
      </div></div>
    </div>
    <span id="sort-hint" hidden>${locale.texts(tableTexts).sortHint}</span>`;
}
