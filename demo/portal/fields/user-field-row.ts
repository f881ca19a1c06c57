import { SMART_COLLECTION, SMART_TYPE_ID } from "../seed/smart-process.ts";
import { type Collection, ENTITIES, type Row, type Value } from "../values.ts";
import type { UserField } from "./user-field.ts";

/** `CRM_DEAL`; a smart process is called by the number of its type: `CRM_5`. */
export function entityIdOf(collection: Collection): string {
  return collection === SMART_COLLECTION ? `CRM_${SMART_TYPE_ID}` : `CRM_${collection.toUpperCase()}`;
}

export function collectionOf(entityId: string): Collection | null {
  const name = entityId.replace(/^CRM_/, "").toLowerCase();
  if (name === String(SMART_TYPE_ID)) return SMART_COLLECTION;
  return ENTITIES.find((entity) => entity === name) ?? null;
}

/** One choice of a list field. */
export interface Choice {
  ID: string;
  SORT: string;
  VALUE: string;
  DEF: string;
  XML_ID: string;
}

/** A user field as the portal's own table keeps it: labels are plain texts in the portal's language. */
export function userFieldRow(field: UserField, entityId: string, id: number): Row {
  const list = field.items?.map(
    ({ ID, VALUE }, i): Choice => ({
      ID,
      SORT: String((i + 1) * 10),
      VALUE,
      DEF: "N",
      XML_ID: `choice_${ID}`,
    }),
  );
  return {
    ID: String(id),
    ENTITY_ID: entityId,
    FIELD_NAME: field.name,
    USER_TYPE_ID: field.type,
    XML_ID: null,
    SORT: "100",
    MULTIPLE: field.multiple ? "Y" : "N",
    MANDATORY: "N",
    SHOW_FILTER: "N",
    SHOW_IN_LIST: "Y",
    EDIT_IN_LIST: "Y",
    IS_SEARCHABLE: "N",
    SETTINGS: field.settings,
    EDIT_FORM_LABEL: field.label,
    LIST_COLUMN_LABEL: field.label,
    LIST_FILTER_LABEL: field.label,
    ERROR_MESSAGE: null,
    HELP_MESSAGE: null,
    ...(list ? { LIST: list as unknown as Value } : {}),
  };
}

/** The field that a kept row describes. */
export function userFieldOf(row: Row, entity: Collection): UserField {
  const choices = row.LIST as unknown as Choice[] | undefined;
  return {
    entity,
    name: String(row.FIELD_NAME),
    type: String(row.USER_TYPE_ID),
    label: String(row.EDIT_FORM_LABEL || row.FIELD_NAME),
    multiple: row.MULTIPLE === "Y",
    mandatory: row.MANDATORY === "Y",
    settings: row.SETTINGS ?? [],
    ...(choices ? { items: choices.map(({ ID, VALUE }) => ({ ID, VALUE })) } : {}),
  };
}
