import { PortalError } from "./errors.ts";
import { PAGE_ROWS } from "./list-width.ts";
import { phpList, phpMap } from "./php.ts";

export type Row = Record<string, unknown>;

export interface PageShape {
  method: string;
  idKey: string;
  rowIdKey: string;
  itemsKey: string | undefined;
  idTo: number | undefined;
}

const invalid = (method: string, detail: string) =>
  new PortalError({ code: "portal_answer_invalid", method, detail: `${method}: ${detail}` });

/** The rows of one command's result, wherever this kind of list keeps them. */
export function toRows(result: unknown, { method, itemsKey }: PageShape): Row[] {
  const holder = itemsKey === undefined ? result : phpMap(result)?.[itemsKey];
  const rows = phpList<Row>(holder);
  if (!rows)
    throw invalid(
      method,
      itemsKey === undefined ? "the result is no list" : `the result has no list "${itemsKey}"`,
    );
  if (rows.length > PAGE_ROWS) throw invalid(method, `a page of ${rows.length} rows, more than ${PAGE_ROWS}`);
  return rows;
}

export function toId(row: Row, { method, rowIdKey }: PageShape): number {
  const raw = row?.[rowIdKey];
  const id = typeof raw === "string" && /^\d+$/.test(raw) ? Number(raw) : raw;
  if (typeof id !== "number" || !Number.isSafeInteger(id))
    throw invalid(method, `a row without the field ${rowIdKey}`);
  return id;
}

/**
 * Checks that the page continues after `lastId` in strictly rising order, and gives its last id. Portals ignore
 * what they do not understand in a filter: without this a list would be read over and over.
 */
export function requireRising(rows: readonly Row[], lastId: number, shape: PageShape): number {
  let last = lastId;
  for (const row of rows) {
    const id = toId(row, shape);
    if (id <= last)
      throw invalid(
        shape.method,
        `the portal ignored the filter ">${shape.idKey}": id ${id} came after ${last}`,
      );
    if (shape.idTo !== undefined && id > shape.idTo) {
      throw invalid(
        shape.method,
        `the portal ignored the filter "<=${shape.idKey}": id ${id} is above ${shape.idTo}`,
      );
    }
    last = id;
  }
  return last;
}
