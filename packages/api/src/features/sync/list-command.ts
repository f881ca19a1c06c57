import { z } from "zod";
import type { Command, ListOptions } from "../../platform/bitrix/types.ts";
import type { PortalRow } from "./rows.ts";

/** How the portal lists records of one kind: its methods differ in the names and places of the same things. */
export interface ListShape {
  readonly method: string;
  /** Sent with every question: `entityTypeId` and the like. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What filters and orders call the id, and what the rows do. */
  readonly idField: string;
  readonly rowId: string;
  /** Where the rows are when the answer is a map. */
  readonly itemsKey?: string;
  /** `FILTER`, `SORT` and `ORDER` side by side, in capitals, and nothing to select. */
  readonly flat?: boolean;
  /** Key of a filter that takes a list of ids. */
  readonly among: string;
  /** What is asked for where whole records are wanted. */
  readonly select: readonly string[];
}

interface Question {
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly order?: "ASC" | "DESC";
  /** 0 counts, -1 does not. */
  readonly start: 0 | -1;
  /** Nothing but ids. */
  readonly idsOnly?: boolean;
}

/** A question for a page of a list in the order of ids. */
export function listCommand(shape: ListShape, question: Question): Command {
  const { method, params = {}, idField, flat, select } = shape;
  const { filter = {}, order = "ASC", start, idsOnly = false } = question;
  if (flat) return { method, params: { ...params, FILTER: filter, SORT: idField, ORDER: order, start } };
  const columns = idsOnly ? [idField] : select;
  return { method, params: { ...params, select: columns, filter, order: { [idField]: order }, start } };
}

/** What `PortalClient.list` has to know of a list. */
export const listOptions = (shape: ListShape): ListOptions => ({
  idKey: shape.idField,
  rowIdKey: shape.rowId,
  select: shape.select,
  ...(shape.params ? { params: shape.params } : {}),
  ...(shape.itemsKey === undefined ? {} : { itemsKey: shape.itemsKey }),
  ...(shape.flat ? { flat: true } : {}),
});

// Records are many and have a hundred fields: a schema that looks at each field copies them all.
const Rows = z.array(z.custom<PortalRow>(isRecord, "a record was expected"));

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rows of an answer. @throws ZodError */
export function listedRows({ itemsKey }: ListShape, result: unknown): PortalRow[] {
  return Rows.parse(
    itemsKey === undefined ? result : z.record(z.string(), z.unknown()).parse(result)[itemsKey],
  );
}

const Id = z.coerce.number().int().positive();

/** The ids of an answer. @throws ZodError */
export function listedIds(shape: ListShape, result: unknown): number[] {
  return listedRows(shape, result).map((row) => Id.parse(row[shape.rowId]));
}
