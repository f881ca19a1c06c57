import type { Catalogue } from "../fields/catalogue.ts";
import { asMap } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call } from "../rest/method.ts";
import { type ListRequest, PAGE, type Page } from "../store/list.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row } from "../values.ts";

/** `filter`, `order` and `start` of a classic list; the first two must be maps where they are given. */
export function readListRequest({ params, start }: Call): ListRequest {
  return {
    filter: requireMap(params.get("filter"), "filter"),
    order: requireMap(params.get("order"), "order"),
    start,
  };
}

function requireMap(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null || value === "") return {};
  const map = asMap(value);
  if (!map) throw new RestError("", `Parameter '${name}' must be array.`);
  return map;
}

/** The answer of a list: the page's cost, and `total` and `next` as the portal gives them. */
export function listAnswer(portal: Portal, page: Page<unknown>, result: unknown): Answer {
  const { pageSeconds, rowSeconds } = portal.limits.cost;
  const uncounted = portal.limits.uncountedTotal === "zero" ? 0 : undefined;
  return {
    result,
    total: page.total ?? uncounted,
    next: page.next ?? undefined,
    seconds: pageSeconds + rowSeconds * page.scanned,
    rows: page.rows.length,
  };
}

/** A page of rows that are already chosen and ordered (reference books, people). */
export function pageOf<T = Row>(rows: readonly T[], start: number): Page<T> {
  return offsetPage(rows, Math.floor(start / PAGE) * PAGE);
}

/** As pageOf, where `start` is a true offset. */
export function offsetPage<T = Row>(rows: readonly T[], start: number): Page<T> {
  const skip = Math.max(0, start);
  const counted = start >= 0;
  return {
    rows: rows.slice(skip, skip + PAGE),
    total: counted ? rows.length : null,
    next: counted && skip + PAGE < rows.length ? skip + PAGE : null,
    scanned: 0,
  };
}

/** The whole of a classic list over a small book: filter, order, pages of fifty. */
export function classicList(call: Call, all: readonly Row[], columns: Catalogue): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const page = pageOf(orderedRows(all, columns, portal.zone, request), request.start);
  return listAnswer(portal, page, page.rows);
}
