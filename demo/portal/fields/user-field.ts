import type { Collection, Value } from "../values.ts";
import type { Field } from "./field.ts";

/** One user field as the portal keeps it. */
export interface UserField {
  entity: Collection;
  name: string;
  /** USER_TYPE_ID: string, enumeration, money, rest_4_rating… */
  type: string;
  label: string;
  multiple: boolean;
  mandatory?: boolean;
  settings: Value;
  items?: readonly { ID: string; VALUE: string }[];
}

/** User fields show their code as `title`; their words are the three labels. */
export function describeUserField(field: UserField): Field {
  return {
    name: field.name,
    type: field.type,
    title: field.label,
    isRequired: field.mandatory ?? false,
    isReadOnly: false,
    isImmutable: false,
    isMultiple: field.multiple,
    isDynamic: true,
    isDeprecated: false,
    isHidden: false,
    ...(field.type === "crm_status" ? { statusType: statusTypeOf(field.settings) } : {}),
    ...(field.items ? { items: field.items } : {}),
    settings: field.settings,
  };
}

function statusTypeOf(settings: Value): string {
  const type = (settings as { ENTITY_TYPE?: string }).ENTITY_TYPE;
  return type ?? "SOURCE";
}
