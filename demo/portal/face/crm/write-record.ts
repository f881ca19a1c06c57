import { RestError } from "../../rest/error.ts";
import type { Row } from "../../values.ts";
import { ownCall } from "../own-call.ts";
import type { View } from "../page.ts";
import { changedTexts } from "./form-text.ts";
import type { Section } from "./sections.ts";

/** Saves what a person changed, and nothing else. Answers the record's number, or the portal's words on why not. */
export function writeRecord(
  view: View,
  section: Section,
  row: Row | null,
  given: Record<string, string>,
): { id: number } | { fault: string } {
  const { portal, user } = view;
  const { entity } = section;
  const changed = row ? changedTexts(row, given) : given;
  if (row && Object.keys(changed).length === 0) return { id: Number(row.ID) };
  const fields = fieldsOf(row, changed);
  try {
    const method = row ? `crm.${entity}.update` : `crm.${entity}.add`;
    const answer = ownCall(portal, Number(user.ID), method, { fields, ...(row ? { id: row.ID } : {}) });
    return { id: row ? Number(row.ID) : Number(answer?.result) };
  } catch (error) {
    if (error instanceof RestError) return { fault: error.message };
    throw error;
  }
}

/** Deletes a record; the portal's words where it does not. */
export function deleteRecord({ portal, user }: View, { entity }: Section, row: Row): string | null {
  try {
    ownCall(portal, Number(user.ID), `crm.${entity}.delete`, { id: row.ID });
    return null;
  } catch (error) {
    if (error instanceof RestError) return error.message;
    throw error;
  }
}

/** A phone or an address of e-mail replaces the first one that the record has. */
function fieldsOf(row: Row | null, given: Record<string, string>): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...given };
  for (const name of ["PHONE", "EMAIL"]) {
    const text = given[name];
    if (text === undefined) continue;
    const [first] = Array.isArray(row?.[name]) ? (row[name] as Row[]) : [];
    if (first) fields[name] = [{ ID: first.ID, VALUE: text }];
    else if (text) fields[name] = [{ VALUE: text, VALUE_TYPE: "WORK" }];
    else delete fields[name];
  }
  if (typeof fields.OPPORTUNITY === "string")
    fields.OPPORTUNITY = fields.OPPORTUNITY.replace(/[\s\u00a0]/g, "").replace(",", ".");
  return fields;
}
