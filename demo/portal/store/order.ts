import type { Catalogue } from "../fields/catalogue.ts";
import { asText } from "../php.ts";
import type { Row, Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import { comparisonOf, type Key } from "./comparison.ts";

export interface Order {
  /** 1 or -1 when the order is that of the ID index, else 0. */
  byId: 1 | -1 | 0;
  sort(rows: readonly Row[]): Row[];
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
      direction: asText(direction).toUpperCase().startsWith("DESC") ? -1 : 1,
      key: comparison.stored,
    });
  }
  const first = steps[0];
  const byId = !first ? 1 : first.name === "ID" ? first.direction : 0;
  return { byId, sort: (rows) => (steps.length > 0 ? sortRows(rows, steps) : [...rows]) };
}

/** Each key is read once; rows that tie keep the order they came in. */
function sortRows(rows: readonly Row[], steps: readonly Step[]): Row[] {
  const keyed = rows.map((row) => ({ row, keys: steps.map(({ name, key }) => key(row[name] ?? null)) }));
  keyed.sort((a, b) => {
    for (let i = 0; i < steps.length; i++) {
      const difference = compareKeys(a.keys[i] as Key, b.keys[i] as Key);
      if (difference !== 0) return difference * (steps[i] as Step).direction;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Nothing comes before everything, as NULL does in MySQL. */
function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
