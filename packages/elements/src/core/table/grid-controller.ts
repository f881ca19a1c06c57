import type { LitElement, ReactiveController } from "lit";
import type { Column, TableData } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import type { Language } from "../locale/locale.ts";
import { clampWidth } from "./column-width.ts";
import { TableOpenEvent, TableSortedEvent } from "./events.ts";
import { type CellPlace, moveCell } from "./grid-keys.ts";
import { tableTexts } from "./messages.ts";
import { RowsController } from "./rows-controller.ts";
import type { TableView } from "./table-view.ts";

const WIDTH_STEP = 16;

interface Host extends LitElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** The grid's behaviour: one cell holds the tab stop and keys move it; keys sort, resize, reorder, open and copy. */
export class GridController implements ReactiveController {
  rows: Uint32Array = new Uint32Array();
  active: CellPlace = { row: -1, column: 0 };
  readonly virtual: RowsController;
  readonly #host: Host;
  readonly #view: TableView;
  readonly #announce: (text: string) => void;
  #data: TableData | undefined;
  #focusActive = false;

  constructor(host: Host, view: TableView, announce: (text: string) => void) {
    this.#host = host;
    this.#view = view;
    this.#announce = announce;
    this.virtual = new RowsController(
      host,
      () => host.renderRoot.querySelector?.<HTMLElement>(".grid") ?? null,
    );
    host.addController(this);
  }

  /** Takes the rows to draw before each update. */
  prepare(data: TableData | undefined, rows: Uint32Array): void {
    if (this.rows !== rows && this.rows.length > rows.length) this.virtual.toTop();
    this.#data = data;
    this.rows = rows;
    const columns = this.columns.length;
    this.active = {
      row: Math.min(this.active.row, rows.length - 1),
      column: Math.max(0, Math.min(this.active.column, columns - 1)),
    };
    this.virtual.count = rows.length;
    this.virtual.pinned = this.active.row;
  }

  /** Back to the beginning, for rows that have nothing to do with those before. */
  restart(): void {
    this.active = { row: -1, column: 0 };
    this.virtual.toTop();
  }

  get columns(): Column[] {
    return this.#data ? this.#view.visible(this.#data) : [];
  }

  hostUpdated(): void {
    const cell = this.#focusActive ? this.#cell(this.active) : null;
    if (!cell) return;
    this.#focusActive = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  sort(column: Column, add: boolean, language: Language): void {
    const key = this.#view.toggleSort(column.info.name, add);
    const t = tableTexts[language];
    this.#announce(key ? t.sorted(labelOf(column, language), key.descending) : t.unsorted);
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new TableSortedEvent({ sort: this.#view.sort }));
  }

  /** Changes a column's width; the others keep theirs, so that the grid does not jump. */
  resize(name: string, width: number): void {
    for (const header of this.#host.renderRoot.querySelectorAll<HTMLElement>("[role=columnheader]")) {
      const column = header.dataset.column ?? "";
      if (!this.#view.widths.has(column)) this.#view.widths.set(column, header.offsetWidth);
    }
    this.#view.widths.set(name, clampWidth(width));
    this.#host.requestUpdate();
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (!cell) return;
    const place = { row: Number(cell.dataset.row), column: Number(cell.dataset.index) };
    if (place.row === this.active.row && place.column === this.active.column) return;
    this.active = place;
    this.#host.requestUpdate();
  };

  readonly onKey = (event: KeyboardEvent, language: Language): void => {
    const done = this.#headerKey(event, language) || this.#openKey(event) || this.#moveKey(event);
    if (done) event.preventDefault();
  };

  /** Copies the cell's text where no text is selected; works on plain http too, unlike the clipboard API. */
  readonly onCopy = (event: ClipboardEvent, language: Language): void => {
    if (!document.getSelection()?.isCollapsed || this.active.row < 0) return;
    const text = this.#cell(this.active)?.dataset.text;
    if (text === undefined) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    this.#announce(tableTexts[language].copied);
  };

  readonly onClick = (event: MouseEvent, language: Language): void => {
    const target = event.target as Element;
    const header = target.closest<HTMLElement>("[role=columnheader]");
    const column = header && this.columns[Number(header.dataset.index)];
    if (column && !target.closest(".grip")) this.sort(column, event.shiftKey, language);
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (link) this.#askToOpen(link, event);
  };

  /** Asks the page before a record's link is followed. */
  #askToOpen(link: HTMLAnchorElement, event: MouseEvent): void {
    const place = link.closest<HTMLElement>("[data-row]");
    const row = this.rows[Number(place?.dataset.row)] ?? -1;
    const request = new TableOpenEvent({ row, href: link.href });
    if (!this.#host.dispatchEvent(request)) event.preventDefault();
  }

  readonly onResizeStart = (event: PointerEvent, name: string): void => {
    const grip = event.target as HTMLElement;
    const from = event.clientX;
    const width = grip.closest<HTMLElement>("[role=columnheader]")!.offsetWidth;
    const onMove = (move: PointerEvent) => this.resize(name, width + move.clientX - from);
    const onEnd = () => grip.removeEventListener("pointermove", onMove);
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", onMove);
    grip.addEventListener("lostpointercapture", onEnd, { once: true });
    event.preventDefault();
  };

  #cell(place: CellPlace): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(
      `[data-row="${place.row}"][data-index="${place.column}"]`,
    );
  }

  #headerKey(event: KeyboardEvent, language: Language): boolean {
    const column = this.columns[this.active.column];
    if (this.active.row !== -1 || !column) return false;
    const { name } = column.info;
    if (event.key === "Enter" || event.key === " ") {
      this.sort(column, event.shiftKey, language);
      return true;
    }
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step || !event.shiftKey) return false;
    if (event.ctrlKey || event.metaKey) this.#reorder(name, step);
    else this.resize(name, (this.#cell(this.active)?.offsetWidth ?? 0) + step * WIDTH_STEP);
    return true;
  }

  /** Moves past hidden columns too: to where the visible neighbour stands. */
  #reorder(name: string, step: 1 | -1): void {
    const neighbour = this.columns[this.active.column + step];
    if (!this.#data || !neighbour) return;
    const names = this.#view.arranged(this.#data).map(({ info }) => info.name);
    this.#view.move(this.#data, name, names.indexOf(neighbour.info.name) - names.indexOf(name));
    this.#go({ row: -1, column: this.active.column + step });
  }

  /** Enter follows the cell's link, else the row's first. */
  #openKey(event: KeyboardEvent): boolean {
    if (event.key !== "Enter" || this.active.row < 0) return false;
    const cell = this.#cell(this.active);
    const link =
      cell?.querySelector<HTMLElement>("a[href]") ??
      cell?.closest("[role=row]")?.querySelector<HTMLElement>("a[href]");
    link?.click();
    return link != null;
  }

  #moveKey(event: KeyboardEvent): boolean {
    if (event.shiftKey || event.altKey) return false;
    const size = { rows: this.rows.length, columns: this.columns.length, page: this.virtual.page };
    const place = moveCell(this.active, event.key, event.ctrlKey || event.metaKey, size);
    if (place) this.#go(place);
    return place !== undefined;
  }

  #go(place: CellPlace): void {
    this.active = place;
    if (place.row >= 0) this.virtual.show(place.row);
    this.#focusActive = true;
    this.#host.requestUpdate();
  }
}
