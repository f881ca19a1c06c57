import { entityIdOf, userFieldRow } from "../fields/user-field-row.ts";
import type { Row } from "../values.ts";
import { SMART_USER_FIELDS } from "./smart-process.ts";
import { USER_FIELDS } from "./words/user-fields.ts";

const FIRST_ID = 101;

/** The user fields as `crm.*.userfield.get` knows them, numbered in the order of the word list. */
export function seedUserFields(): Row[] {
  return [...USER_FIELDS, ...SMART_USER_FIELDS].map((field, i) =>
    userFieldRow(field, entityIdOf(field.entity), FIRST_ID + i * 2),
  );
}
