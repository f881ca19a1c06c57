import type { Catalogue } from "../fields/catalogue.ts";
import type { Row } from "../values.ts";

const PAIRS = [
  ["CONTACT_ID", "CONTACT_IDS"],
  ["COMPANY_ID", "COMPANY_IDS"],
] as const;

/** A main link and its list of links are two views of one thing: writing one of them writes the other. */
export function linkedFields(given: Row, catalogue: Catalogue): Row {
  const linked = { ...given };
  for (const [main, list] of PAIRS) {
    if (!catalogue.byName.has(main) || !catalogue.byName.has(list)) continue;
    const ids = given[list];
    const id = given[main];
    if (Array.isArray(ids) && id === undefined) linked[main] = ids[0] ?? "0";
    else if (id !== undefined && ids === undefined) linked[list] = Number(id) > 0 ? [id] : [];
  }
  return linked;
}
