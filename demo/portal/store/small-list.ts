import type { Catalogue } from "../fields/catalogue.ts";
import type { Row } from "../values.ts";
import type { Zone } from "../zone.ts";
import { compileFilter } from "./filter.ts";
import type { ListRequest } from "./list.ts";
import { compileOrder } from "./order.ts";

/** Rows of a small table that pass a filter, in the order asked for (else in their own). */
export function orderedRows(
  rows: readonly Row[],
  catalogue: Catalogue,
  zone: Zone,
  request: Pick<ListRequest, "filter" | "order">,
): Row[] {
  const { from, to, ids, test } = compileFilter(request.filter, catalogue, zone);
  const known = ids ? new Set(ids) : null;
  const matching = rows.filter((row) => {
    const id = Number(row.ID ?? from);
    return id >= from && id <= to && (!known || known.has(id)) && (!test || test(row));
  });
  return compileOrder(request.order, catalogue, zone).sort(matching);
}
