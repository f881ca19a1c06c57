import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import type { Method } from "../rest/method.ts";
import { classicList } from "./list-answer.ts";

/** `crm.currency.list` */
export const CRM_CURRENCY_METHODS: readonly Method[] = [
  {
    name: "crm.currency.list",
    scopes: ["crm"],
    run: (call) => classicList(call, call.portal.crm.currencies, COLUMNS),
  },
];

const COLUMNS = createCatalogue([
  describeField(["SORT", "integer", "SORT"]),
  ...["CURRENCY", "BASE", "FULL_NAME"].map((name) => describeField([name, "string", name])),
]);
