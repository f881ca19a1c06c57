import type { Catalogue } from "../fields/catalogue.ts";
import type { Row, Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import { comparisonOf, type Key } from "./comparison.ts";

export interface Order {
  /** 1 or -1 when the order is that of the ID index, else 0. */
  byId: 1 | -1 | 0;
  compare(a: Row, b: Row): number;
}

interface Step {
  name: string;
  direction: 1 | -1;
  key(value: Value): Key;
}

/** Reads `{FIELD: "ASC"|"DESC"}`. Unknown fields are ignored; rows that tie keep the order of their IDs. */
export function compileOrder(lines: Record<string, unknown>, catalogue: Catalogue, zone: Zone): Order {
  const steps: Step[] = [];
  for (const [name, direction] of Object.entries(lines)) {
    const field = catalogue.byName.get(name.toUpperCase());
    if (!field || field.isHidden || field.isMultiple) continue;
    const comparison = comparisonOf(field, zone);
    steps.push({
      name: field.name,
      direction: String(direction).toUpperCase().startsWith("DESC") ? -1 : 1,
      key: comparison.stored,
    });
  }
  const first = steps[0];
  const byId = !first ? 1 : first.name === "ID" ? first.direction : 0;
  return { byId, compare: (a, b) => compareRows(steps, a, b) };
}

function compareRows(steps: readonly Step[], a: Row, b: Row): number {
  for (const { name, direction, key } of steps) {
    const difference = compareKeys(key(a[name] ?? null), key(b[name] ?? null));
    if (difference !== 0) return difference * direction;
  }
  return 0;
}

/** Nothing comes before everything, as NULL does in MySQL. */
function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
