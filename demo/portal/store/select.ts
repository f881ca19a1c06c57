import type { Catalogue } from "../fields/catalogue.ts";
import { asText } from "../php.ts";
import type { Row, Value } from "../values.ts";

/** Field names that a classic `select` stands for: `*` is all but user and multi fields, `UF_*` all user fields. */
export function selectNames(select: readonly unknown[], catalogue: Catalogue): string[] {
  const masks = new Set(select.map((name) => asText(name).toUpperCase()));
  const named = pickNames(masks, catalogue);
  return named.length > 0 ? named : pickNames(new Set(["*", "UF_*"]), catalogue);
}

function pickNames(masks: ReadonlySet<string>, catalogue: Catalogue): string[] {
  const all = masks.has("*");
  const dynamic = masks.has("UF_*");
  return catalogue.fields
    .filter((field) => {
      if (field.isHidden) return false;
      if (masks.has(field.name)) return true;
      if (field.type === "crm_multifield") return false;
      return field.isDynamic ? dynamic : all;
    })
    .map((field) => field.name);
}

/** The named fields of a row; a multi-field without values is absent, as in the portal. */
export function projectRow(row: Row, names: readonly string[]): Row {
  const projected: Row = {};
  for (const name of names) {
    const value = row[name];
    if (value !== undefined) projected[name] = value;
  }
  return projected;
}

/** All that `crm.*.get` shows of a record. */
export function wholeRow(row: Row, catalogue: Catalogue): Row {
  const whole: Record<string, Value> = {};
  for (const field of catalogue.fields) {
    const value = row[field.name];
    if (value !== undefined && !field.isHidden) whole[field.name] = value;
  }
  return whole;
}
