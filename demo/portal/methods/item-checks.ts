import type { ItemField } from "../fields/item-catalogue.ts";
import { asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import { stampsOf } from "../store/stamps.ts";
import { missingNames, type WriteContext } from "../store/write.ts";
import type { Row } from "../values.ts";
import type { ItemTarget } from "./item-target.ts";

/** What the universal methods refuse, where the classic ones would quietly make the best of it. */
export function checkItem(
  context: WriteContext,
  target: ItemTarget,
  fields: Record<string, unknown>,
  before: Row | null,
): void {
  const missing = missingNames(target.collection, { ...before, ...shallow(fields) });
  if (missing) throw new RestError("CRM_FIELD_ERROR_REQUIRED", missing);
  for (const item of target.items.fields) {
    const value = fields[item.field.name];
    if (value !== undefined && !isValid(context, item, value, { ...before, ...shallow(fields) })) {
      throw invalidField(item);
    }
  }
}

function invalidField({ name }: ItemField): RestError {
  return new RestError("CRM_FIELD_ERROR_VALUE_NOT_VALID", `Неверное значение поля «${name}»`);
}

function isValid(context: WriteContext, { field }: ItemField, value: unknown, after: Row): boolean {
  const { stage, hasFunnels } = stampsOf(context.entity);
  if (field.name === "CATEGORY_ID") return context.categories.includes(asText(value));
  if (field.name === stage) {
    const category = hasFunnels ? asText(after.CATEGORY_ID ?? context.categories[0] ?? "0") : null;
    return asText(value) === "" || context.stages(category).some(({ id }) => id === value);
  }
  const isDate = field.type === "date" || field.type === "datetime";
  if (!isDate || field.isReadOnly || field.isMultiple) return true;
  return asText(value) === "" || context.zone.parse(asText(value)) !== null;
}

/** Scalars of a request as a row would hold them; what is no scalar does not matter here. */
function shallow(fields: Record<string, unknown>): Row {
  const scalars = Object.entries(fields).filter(([, value]) => typeof value !== "object" || value === null);
  return Object.fromEntries(scalars.map(([name, value]) => [name, asText(value)]));
}
