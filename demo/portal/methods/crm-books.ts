import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { ENTITY_TYPE_ID } from "../values.ts";
import { listAnswer, pageOf, readListRequest } from "./list-answer.ts";

/** Reference books: `crm.status.list`, `crm.category.list`, `crm.currency.list`. */
export const CRM_BOOK_METHODS: readonly Method[] = [
  { name: "crm.status.list", scopes: ["crm"], run: listStatuses },
  { name: "crm.category.list", scopes: ["crm"], run: listCategories },
  { name: "crm.currency.list", scopes: ["crm"], run: listCurrencies },
];

const STATUS_COLUMNS = createCatalogue(
  [
    "ID:integer",
    "ENTITY_ID",
    "STATUS_ID",
    "NAME",
    "SORT:integer",
    "SYSTEM",
    "CATEGORY_ID:integer",
    "SEMANTICS",
  ].map(column),
);
const CURRENCY_COLUMNS = createCatalogue(["CURRENCY", "SORT:integer", "BASE", "FULL_NAME"].map(column));

function column(text: string) {
  const [name = "", type = "string"] = text.split(":");
  return describeField([name, type, name]);
}

function listStatuses(call: Call): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const rows = orderedRows(portal.crm.statuses, STATUS_COLUMNS, portal.zone, request);
  const page = pageOf(rows, request.start);
  return listAnswer(portal, page, page.rows);
}

function listCurrencies(call: Call): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const rows = orderedRows(portal.crm.currencies, CURRENCY_COLUMNS, portal.zone, request);
  const page = pageOf(rows, request.start);
  return listAnswer(portal, page, page.rows);
}

function listCategories({ portal, params, start }: Call): Answer {
  if (!params.has("entityTypeId")) {
    throw new RestError("100", "Could not find value for parameter {entityTypeId}");
  }
  const entityTypeId = asInteger(params.get("entityTypeId"));
  if (entityTypeId !== ENTITY_TYPE_ID.deal) {
    throw new RestError("ENTITY_TYPE_NOT_SUPPORTED", `Entity type '${entityTypeId}' is not supported`);
  }
  const rows = portal.crm.categories.map((category) => ({
    ...category,
    entityTypeId,
    originId: "",
    originatorId: "",
  }));
  const page = pageOf(rows, start);
  return listAnswer(portal, page, { categories: page.rows });
}
