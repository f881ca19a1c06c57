import { reference } from "./batch.ts";
import { PAGE_ROWS } from "./list-width.ts";
import type { Command, ListOptions } from "./types.ts";

export const TOP = "top";
export const pageName = (index: number) => `p${index}`;

export interface ListQuestion {
  /** Pages to chain. */
  pages: number;
  /** Rows above this id. */
  after: number;
  /** Rows up to and with this id. */
  upTo: number | undefined;
  /** Whether to ask for the highest id of all, too. */
  probing: boolean;
}

/**
 * One request of a list: pages `p0`, `p1`… each of which starts after the last id of the one before, and `top`, whose
 * first row has the highest id. `start: -1` keeps the portal from counting.
 */
export function composeRequest(
  method: string,
  options: ListOptions,
  { pages, after, upTo, probing }: ListQuestion,
): Record<string, Command> {
  const { idKey = "ID", rowIdKey = idKey, itemsKey, filter = {} } = options;
  const select = options.select && [...new Set([idKey, ...options.select])];
  const pathToLast = [...(itemsKey === undefined ? [] : [itemsKey]), PAGE_ROWS - 1, rowIdKey];
  const bound = upTo === undefined ? {} : { [`<=${idKey}`]: upTo };
  const command = (above: unknown, direction: "ASC" | "DESC", columns = select): Command => {
    const conditions = { ...filter, [`>${idKey}`]: above, ...bound };
    const params = options.flat
      ? { FILTER: conditions, SORT: idKey, ORDER: direction }
      : { ...(columns ? { select: columns } : {}), filter: conditions, order: { [idKey]: direction } };
    return { method, params: { ...options.params, ...params, start: -1 } };
  };
  const commands: Record<string, Command> = {};
  for (let index = 0; index < pages; index += 1) {
    const above = index === 0 ? after : reference(pageName(index - 1), ...pathToLast);
    commands[pageName(index)] = command(above, "ASC");
  }
  if (probing) commands[TOP] = command(after, "DESC", [idKey]);
  return commands;
}

/** The bounds are the list's own business. */
export function requireFreeId({ filter = {}, idKey = "ID" }: ListOptions): void {
  const bound = /^[<>]=?/;
  const taken = Object.keys(filter).find(
    (name) => bound.test(name) && name.replace(bound, "").toUpperCase() === idKey.toUpperCase(),
  );
  if (taken) throw new RangeError(`The list sets "${taken}" itself: use idFrom and idTo`);
}
