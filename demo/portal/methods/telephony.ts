import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asMap, asText } from "../php.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { listAnswer, pageOf } from "./list-answer.ts";

/** `voximplant.statistic.get`: the log of calls. */
export const TELEPHONY_METHODS: readonly Method[] = [
  { name: "voximplant.statistic.get", scopes: ["telephony"], run: listCalls },
];

const NUMBERS = ["ID", "PORTAL_USER_ID", "CALL_DURATION", "CALL_TYPE", "CRM_ENTITY_ID"];
const TEXTS = [
  "CALL_ID",
  "PHONE_NUMBER",
  "PORTAL_NUMBER",
  "CALL_CATEGORY",
  "CALL_FAILED_CODE",
  "CRM_ENTITY_TYPE",
];
const COLUMNS = createCatalogue([
  ...NUMBERS.map((name) => describeField([name, "integer", name])),
  ...TEXTS.map((name) => describeField([name, "string", name])),
  describeField(["CALL_START_DATE", "datetime", "CALL_START_DATE"]),
]);

/** SORT and ORDER are flat. */
function listCalls({ portal, params, start }: Call): Answer {
  const sort = asText(params.get("SORT")) || "ID";
  const request = {
    filter: asMap(params.get("FILTER")) ?? {},
    order: { [sort]: asText(params.get("ORDER")) },
  };
  const page = pageOf(orderedRows(portal.crm.calls, COLUMNS, portal.zone, request), start);
  return listAnswer(portal, page, page.rows);
}
