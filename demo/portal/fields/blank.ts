import type { Value } from "../values.ts";
import type { Field } from "./field.ts";
import { describeUserField, type UserField } from "./user-field.ts";

/** What the portal shows for a field that nobody filled; undefined where it shows no key at all. */
export function blankValue(field: Field): Value | undefined {
  if (field.type === "crm_multifield") return undefined;
  if (field.isMultiple) return field.isDynamic && field.type !== "file" ? false : [];
  if (field.type === "char") return "N";
  if (field.type === "date" || field.type === "datetime" || field.type === "url") return "";
  if (field.type === "double" && !field.isDynamic) return "0.00";
  return null;
}

/** What a new user field holds in the records that were there before it. */
export function blankColumn(field: UserField): Value {
  return blankValue(describeUserField(field)) ?? null;
}
