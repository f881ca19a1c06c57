import type { SortKey } from "../data/order.ts";
import { FactEvent, RequestEvent } from "../events.ts";

/** The reader has sorted the table; first key first. */
export class TableSortedEvent extends FactEvent<{ sort: readonly SortKey[] }> {
  constructor(detail: { sort: readonly SortKey[] }) {
    super("b24-table-sorted", detail);
  }
}

/** The reader opens a row's record. `row` is its index in the data; `preventDefault()` keeps the portal's page closed. */
export class TableOpenEvent extends RequestEvent<{ row: number; href: string }> {
  constructor(detail: { row: number; href: string }) {
    super("b24-table-open", detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "b24-table-sorted": TableSortedEvent;
    "b24-table-open": TableOpenEvent;
  }
}
