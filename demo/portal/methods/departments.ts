import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asText } from "../php.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { listAnswer, pageOf } from "./list-answer.ts";

/** `department.get` */
export const DEPARTMENT_METHODS: readonly Method[] = [
  { name: "department.get", scopes: ["department"], run: listDepartments },
];

const COLUMNS = createCatalogue([
  ...["ID", "SORT", "PARENT", "UF_HEAD"].map((name) => describeField([name, "integer", name])),
  describeField(["NAME", "string", "NAME"]),
]);

/** Its filters are parameters of their own (`ID`, `NAME`, `PARENT`, `UF_HEAD`), `sort` and `order` are flat. */
function listDepartments({ portal, params, start }: Call): Answer {
  const filter: Record<string, unknown> = {};
  for (const name of ["ID", "NAME", "PARENT", "UF_HEAD"])
    if (params.has(name)) filter[name] = params.get(name);
  const sort = params.get("sort");
  const isField = typeof sort === "string" && COLUMNS.byName.has(sort.toUpperCase());
  const order = { [isField ? sort : "SORT"]: asText(params.get("order")) };
  const rows = orderedRows(portal.crm.departments, COLUMNS, portal.zone, {
    filter,
    order: isField ? order : {},
  });
  const page = pageOf(rows, start);
  return listAnswer(portal, page, page.rows);
}
