import type { ItemField } from "../fields/item-catalogue.ts";

/** A field as `crm.item.fields` describes it. */
export function describeItemField({ field, upperName }: ItemField): Record<string, unknown> {
  const { isRequired, isReadOnly, isMultiple, isDynamic, title } = field;
  return {
    type: field.type === "char" ? "boolean" : field.type,
    isRequired,
    isReadOnly,
    // The universal methods move records between funnels.
    isImmutable: upperName === "CATEGORY_ID" ? false : field.isImmutable,
    isMultiple,
    isDynamic,
    ...(field.isDeprecated ? { isDeprecated: true } : {}),
    ...(field.statusType ? { statusType: field.statusType } : {}),
    ...(field.items ? { items: field.items } : {}),
    title,
    ...(isDynamic ? { settings: field.settings ?? [] } : {}),
    upperName,
  };
}
