import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { listAnswer, pageOf, readListRequest } from "./list-answer.ts";

/** `crm.currency.list` */
export const CRM_CURRENCY_METHODS: readonly Method[] = [
  { name: "crm.currency.list", scopes: ["crm"], run: listCurrencies },
];

const COLUMNS = createCatalogue([
  describeField(["SORT", "integer", "SORT"]),
  ...["CURRENCY", "BASE", "FULL_NAME"].map((name) => describeField([name, "string", name])),
]);

function listCurrencies(call: Call): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const rows = orderedRows(portal.crm.currencies, COLUMNS, portal.zone, request);
  const page = pageOf(rows, request.start);
  return listAnswer(portal, page, page.rows);
}
