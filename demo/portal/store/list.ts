import type { Catalogue } from "../fields/catalogue.ts";
import type { Row } from "../values.ts";
import type { Zone } from "../zone.ts";
import { compileFilter, type Filter } from "./filter.ts";
import { compileOrder, type Order } from "./order.ts";
import type { IndexedRows } from "./sorted-rows.ts";

export const PAGE = 50;

export interface ListRequest {
  filter: Record<string, unknown>;
  order: Record<string, unknown>;
  /** Rows to skip; -1 reads the first page and counts nothing. */
  start: number;
}

export interface Page<T = Row> {
  rows: T[];
  /** All rows that match; null when nothing was counted. */
  total: number | null;
  /** Where the next page starts; null on the last page and when nothing was counted. */
  next: number | null;
  /** Rows that the portal's database had to count, sort or skip: what the request costs beyond its page. */
  scanned: number;
}

/** One page of a classic list: `start` is rounded down to a page, and a negative one means "do not count". */
export function listPage(table: IndexedRows, catalogue: Catalogue, zone: Zone, request: ListRequest): Page {
  const filter = compileFilter(request.filter, catalogue, zone);
  const order = compileOrder(request.order, catalogue, zone);
  return readPage(table, filter, order, Math.floor(request.start / PAGE) * PAGE);
}

/**
 * The rows that a compiled filter lets through, from `skip` on.
 * @param skip any number of rows; negative reads the first page and counts nothing
 */
export function readPage(table: IndexedRows, filter: Filter, order: Order, skip: number): Page {
  const counted = skip >= 0;
  const from = Math.max(0, skip);
  const { byId } = order;
  const found =
    byId === 0 ? sortAll(table, filter, order, from) : walkById(table, filter, byId, from, counted);
  const total = counted ? found.total : null;
  const next = total !== null && from + PAGE < total ? from + PAGE : null;
  // A count walks all rows, an offset those in front of the page, a sort all of them once more.
  const scanned = (counted ? found.total : 0) + Math.min(from, found.total) + (byId === 0 ? found.total : 0);
  return { rows: found.rows, total, next, scanned };
}

interface Found {
  rows: Row[];
  total: number;
}

/** In ID order the index leads; without a count the walk ends with the page. */
function walkById(
  table: IndexedRows,
  filter: Filter,
  direction: 1 | -1,
  skip: number,
  counted: boolean,
): Found {
  const positions = candidates(table, filter);
  const { test } = filter;
  const rows: Row[] = [];
  const indexAt = (n: number) => positions.at(direction > 0 ? n : positions.length - 1 - n);
  if (!test) {
    for (let n = skip; n < Math.min(skip + PAGE, positions.length); n++) rows.push(table.at(indexAt(n)));
    return { rows, total: positions.length };
  }
  let total = 0;
  for (let n = 0; n < positions.length; n++) {
    const row = table.at(indexAt(n));
    if (!test(row)) continue;
    if (total >= skip && rows.length < PAGE) rows.push(row);
    total++;
    if (!counted && rows.length === PAGE) break;
  }
  return { rows, total };
}

function sortAll(table: IndexedRows, filter: Filter, order: Order, skip: number): Found {
  const positions = candidates(table, filter);
  const matching: Row[] = [];
  for (let n = 0; n < positions.length; n++) {
    const row = table.at(positions.at(n));
    if (!filter.test || filter.test(row)) matching.push(row);
  }
  return { rows: order.sort(matching).slice(skip, skip + PAGE), total: matching.length };
}

interface Positions {
  length: number;
  at(n: number): number;
}

/** Positions in the table that the ID index leaves to look at, ascending. */
function candidates(table: IndexedRows, filter: Filter): Positions {
  if (filter.ids) {
    const inRange = filter.ids.filter((id) => id >= filter.from && id <= filter.to && table.has(id));
    return { length: inRange.length, at: (n) => table.lowerBound(inRange[n] as number) };
  }
  const first = table.lowerBound(filter.from);
  const end = table.lowerBound(filter.to + 1);
  return { length: Math.max(0, end - first), at: (n) => first + n };
}
