import type { Field } from "../fields/field.ts";
import { asInteger, asList } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { listPage } from "../store/list.ts";
import { projectRow, selectNames, wholeRow } from "../store/select.ts";
import { ENTITIES, type Entity, type Row } from "../values.ts";
import { listAnswer, readListRequest } from "./list-answer.ts";

/** `crm.{lead,deal,contact,company}.{fields,list,get}` */
export const CRM_RECORD_METHODS: readonly Method[] = ENTITIES.flatMap((entity) => [
  { name: `crm.${entity}.fields`, scopes: ["crm"], run: (call: Call) => describeEntity(call, entity) },
  { name: `crm.${entity}.list`, scopes: ["crm"], run: (call: Call) => listRecords(call, entity) },
  { name: `crm.${entity}.get`, scopes: ["crm"], run: (call: Call) => getRecord(call, entity) },
]);

function describeEntity({ portal }: Call, entity: Entity): Answer {
  const { fields } = portal.crm.catalogues[entity];
  return { result: Object.fromEntries(fields.map((field) => [field.name, describe(field)])) };
}

/** A field as the classic `.fields` describe it. */
export function describe(field: Field): Record<string, unknown> {
  const { type, isRequired, isReadOnly, isImmutable, isMultiple, isDynamic, title } = field;
  const known = { type, isRequired, isReadOnly, isImmutable, isMultiple, isDynamic };
  const extra = {
    ...(field.isDeprecated ? { isDeprecated: true } : {}),
    ...(field.statusType ? { statusType: field.statusType } : {}),
    ...(field.items ? { items: field.items } : {}),
  };
  if (!isDynamic) return { ...known, ...extra, title };
  // A user field shows its code as the title and its words as labels.
  const labels = { title: field.name, listLabel: title, formLabel: title, filterLabel: title };
  return { ...known, ...extra, ...labels, settings: field.settings ?? [] };
}

function listRecords(call: Call, entity: Entity): Answer {
  const { portal, params } = call;
  const catalogue = portal.crm.catalogues[entity];
  const page = listPage(portal.crm.tables[entity], catalogue, portal.zone, readListRequest(call));
  const names = selectNames(asList(params.get("select")), catalogue);
  return listAnswer(
    portal,
    page,
    page.rows.map((row) => projectRow(row, names)),
  );
}

function getRecord(call: Call, entity: Entity): Answer {
  return { result: wholeRow(requireRow(call, entity), call.portal.crm.catalogues[entity]), rows: 1 };
}

/** The ID that a call names; it must be a positive number. */
export function requireId({ params }: Call): number {
  const id = asInteger(params.get("id"));
  if (id <= 0) throw new RestError("", "ID is not defined or invalid.");
  return id;
}

export function requireRow(call: Call, entity: Entity): Row {
  const row = call.portal.crm.tables[entity].get(requireId(call));
  if (!row) throw new RestError("", "Not found");
  return row;
}
