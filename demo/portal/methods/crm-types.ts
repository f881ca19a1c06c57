import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger, asMap } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row } from "../values.ts";
import { listAnswer, offsetPage } from "./list-answer.ts";

/** Smart processes: `crm.type.{list,get,getByEntityTypeId}`. This portal has those that it was seeded with. */
export const CRM_TYPE_METHODS: readonly Method[] = [
  { name: "crm.type.list", scopes: ["crm"], run: listTypes },
  { name: "crm.type.get", scopes: ["crm"], run: (call) => getType(call, "id") },
  { name: "crm.type.getByEntityTypeId", scopes: ["crm"], run: (call) => getType(call, "entityTypeId") },
];

const NUMBERS = ["id", "entityTypeId", "createdBy", "updatedBy"];
/** Conditions are named as in answers; the store looks names up in capitals. */
const COLUMNS = createCatalogue([
  ...NUMBERS.map((name) => describeField([name.toUpperCase(), "integer", name])),
  ...["title", "code"].map((name) => describeField([name.toUpperCase(), "string", name])),
]);

function listTypes({ portal, params, start }: Call): Answer {
  const rows = new Map(portal.crm.types.map((row) => [capitalKeys(row), row]));
  const request = { filter: asMap(params.get("filter")) ?? {}, order: asMap(params.get("order")) ?? {} };
  const found = orderedRows([...rows.keys()], COLUMNS, portal.zone, request);
  const page = offsetPage(
    found.map((key) => rows.get(key) as Row),
    start,
  );
  return listAnswer(portal, page, { types: page.rows });
}

function capitalKeys(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toUpperCase(), value]));
}

function getType({ portal, params }: Call, name: "id" | "entityTypeId"): Answer {
  const type = portal.crm.types.find((row) => row[name] === asInteger(params.get(name)));
  if (!type) throw new RestError("0", "Смарт-процесс не найден");
  return { result: { type: { ...type, relations: { parent: [], child: [] }, linkedUserFields: [] } } };
}
