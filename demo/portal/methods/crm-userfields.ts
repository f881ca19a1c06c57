import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { entityIdOf } from "../fields/user-field-row.ts";
import { asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { ENTITIES, type Entity, type Row } from "../values.ts";
import { requireCrmAdmin } from "./admin.ts";
import { announce } from "./announce.ts";
import { requireId } from "./crm-records.ts";
import { readListRequest } from "./list-answer.ts";
import { LABELS, newUserField, USER_FIELD_TYPES, updatedUserField } from "./user-field-input.ts";
import { requireFields } from "./write-context.ts";

/** `crm.<entity>.userfield.{list,get,add,update,delete}` and `crm.userfield.types` */
export const CRM_USERFIELD_METHODS: readonly Method[] = [
  { name: "crm.userfield.types", scopes: ["crm"], run: () => ({ result: USER_FIELD_TYPES }) },
  ...ENTITIES.flatMap((entity) => {
    const method = (name: string, run: (call: Call, entity: Entity) => Answer): Method => ({
      name: `crm.${entity}.userfield.${name}`,
      scopes: ["crm"],
      run: (call) => run(call, entity),
    });
    return [
      method("list", listFields),
      method("get", getField),
      method("add", addField),
      method("update", updateField),
      method("delete", deleteField),
    ];
  }),
];

const COLUMNS = createCatalogue([
  ...["ID", "SORT"].map((name) => describeField([name, "integer", name])),
  ...["FIELD_NAME", "USER_TYPE_ID", "XML_ID", "MULTIPLE", "MANDATORY", "SHOW_FILTER", "SHOW_IN_LIST"]
    .concat(["EDIT_IN_LIST", "IS_SEARCHABLE"])
    .map((name) => describeField([name, "string", name])),
]);

/** All fields at once, without pages. Labels come only to those who name a language. */
function listFields(call: Call, entity: Entity): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const { LANG, ...filter } = request.filter;
  const own = portal.crm.books.userFields.rows.filter((row) => row.ENTITY_ID === entityIdOf(entity));
  const rows = orderedRows(own, COLUMNS, portal.zone, { ...request, filter });
  const result = rows.map((row) => (asText(LANG) ? row : withoutLabels(row)));
  return { result, total: rows.length, rows: rows.length };
}

function withoutLabels(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !LABELS.includes(name)));
}

/** Labels are maps of languages here; this portal speaks two. */
function getField(call: Call, entity: Entity): Answer {
  const row = requireField(call, entity);
  const labels = LABELS.map((name) => [name, { en: "", ru: row[name] ?? "" }]);
  return { result: { ...row, ...Object.fromEntries(labels) } };
}

function addField(call: Call, entity: Entity): Answer {
  requireCrmAdmin(call);
  const { userFields } = call.portal.crm.books;
  const row = newUserField(requireFields(call), entityIdOf(entity), userFields);
  call.portal.writeBook("userFields", String(row.ID), row);
  tell(call, entity, "ADD", row);
  if (row.LIST) tell(call, entity, "SETENUMVALUES", row);
  return { result: Number(row.ID) };
}

function updateField(call: Call, entity: Entity): Answer {
  requireCrmAdmin(call);
  const fields = requireFields(call);
  const before = requireField(call, entity);
  const row = updatedUserField(before, fields, call.portal.crm.books.userFields);
  call.portal.writeBook("userFields", String(row.ID), row);
  tell(call, entity, "UPDATE", row);
  if (fields.LIST !== undefined && row.LIST) tell(call, entity, "SETENUMVALUES", row);
  return { result: true };
}

function deleteField(call: Call, entity: Entity): Answer {
  requireCrmAdmin(call);
  const row = requireField(call, entity);
  call.portal.writeBook("userFields", String(row.ID), null);
  tell(call, entity, "DELETE", row);
  return { result: true };
}

/** A field of another kind of record is as good as forbidden. */
function requireField(call: Call, entity: Entity): Row {
  const id = requireId(call);
  const row = call.portal.crm.books.userFields.get(id);
  if (!row) throw new RestError("ERROR_NOT_FOUND", `The entity with ID '${asInteger(id)}' is not found.`);
  if (row.ENTITY_ID !== entityIdOf(entity)) throw new RestError("", "Access denied.");
  return row;
}

function tell(call: Call, entity: Entity, verb: string, row: Row): void {
  const { ID = "", ENTITY_ID = "", FIELD_NAME = "" } = row;
  announce(call, `ONCRM${entity.toUpperCase()}USERFIELD${verb}`, { ID, ENTITY_ID, FIELD_NAME });
}
