import { type Collection, isEntity } from "../values.ts";
import { COMPANY_FIELDS } from "./company.ts";
import { CONTACT_FIELDS } from "./contact.ts";
import { DEAL_FIELDS } from "./deal.ts";
import { describeField, type Field } from "./field.ts";
import { LEAD_FIELDS } from "./lead.ts";
import { SMART_FIELDS } from "./smart-process.ts";
import { describeUserField, type UserField } from "./user-field.ts";

/** The fields of one kind of record, in the order in which rows show them. */
export interface Catalogue {
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
}

const SYSTEM_FIELDS = {
  lead: LEAD_FIELDS,
  deal: DEAL_FIELDS,
  contact: CONTACT_FIELDS,
  company: COMPANY_FIELDS,
};

/** System fields, then the user fields, then the multi-fields: the order of a row's keys. */
export function recordCatalogue(collection: Collection, userFields: readonly UserField[]): Catalogue {
  const specs = isEntity(collection) ? SYSTEM_FIELDS[collection] : SMART_FIELDS;
  const system = specs.map(describeField);
  const dynamic = userFields.map(describeUserField);
  return createCatalogue([
    ...system.filter((field) => field.type !== "crm_multifield"),
    ...dynamic,
    ...system.filter((field) => field.type === "crm_multifield"),
  ]);
}

export function createCatalogue(fields: readonly Field[]): Catalogue {
  return { fields, byName: new Map(fields.map((field) => [field.name, field])) };
}
