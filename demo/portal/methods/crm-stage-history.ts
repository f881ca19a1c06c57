import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger, asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { tableOf } from "../store/crm.ts";
import { compileFilter } from "../store/filter.ts";
import { readPage } from "../store/list.ts";
import { compileOrder } from "../store/order.ts";
import { type IndexedRows, SortedRows } from "../store/sorted-rows.ts";
import { isStaged, type Staged, type StageStep } from "../store/stage-history.ts";
import { collectionOfType, type Row } from "../values.ts";
import { listAnswer, readListRequest } from "./list-answer.ts";

/** `crm.stagehistory.list` */
export const CRM_STAGE_HISTORY_METHODS: readonly Method[] = [
  { name: "crm.stagehistory.list", scopes: ["crm"], run: listSteps },
];

const NUMBERS = ["ID", "TYPE_ID", "OWNER_ID", "CATEGORY_ID"].map((name) =>
  describeField([name, "integer", name]),
);
const TEXTS = ["STAGE_ID", "STAGE_SEMANTIC_ID", "STATUS_ID", "STATUS_SEMANTIC_ID"];
const COLUMNS = createCatalogue([
  ...NUMBERS,
  describeField(["CREATED_TIME", "datetime", "CREATED_TIME"]),
  ...TEXTS.map((name) => describeField([name, "string", name])),
]);

function listSteps(call: Call): Answer {
  const { portal, params, start } = call;
  const collection = collectionOfType(asInteger(params.get("entityTypeId")));
  if (!collection || !isStaged(collection) || !portal.crm.tables[collection]) {
    throw new RestError("ENTITY_TYPE_NOT_SUPPORTED", "Entity type is not supported");
  }
  const request = readListRequest(call);
  const filter = compileFilter(request.filter, COLUMNS, portal.zone);
  const order = compileOrder(request.order, COLUMNS, portal.zone);
  // These lists page by a true offset.
  const page = readPage(stepsOf(call, collection, request.filter), filter, order, start);
  const select = asList(params.get("select")).map((name) => asText(name).toUpperCase());
  const items = page.rows.map((row) =>
    select.length === 0 || select.includes("*") ? row : pick(row, select),
  );
  return listAnswer(portal, page, { items });
}

/** The steps of the records that the filter names, else of all. */
function stepsOf(
  { portal: { crm } }: Call,
  collection: Staged,
  filter: Record<string, unknown>,
): IndexedRows {
  const table = tableOf(crm, collection);
  const named = filter.OWNER_ID ?? filter["=OWNER_ID"] ?? filter["@OWNER_ID"];
  if (named === undefined) {
    const all = crm.history.all(collection, table);
    return {
      at: (index) => showStep(collection, all.at(index) as StageStep),
      has: (id) => all.has(id),
      lowerBound: (id) => all.lowerBound(id),
    };
  }
  const ids = asList(named)
    .map(asInteger)
    .filter((id) => table.has(id));
  const steps = ids.flatMap((id) => crm.history.of(collection, id));
  return new SortedRows(steps.map((step) => showStep(collection, step)));
}

/** Leads have names of their own for a stage, and no funnel. */
function showStep(collection: Staged, step: StageStep): Row {
  if (collection !== "lead") return step;
  const { CATEGORY_ID, STAGE_ID, STAGE_SEMANTIC_ID, ...common } = step;
  return { ...common, STATUS_SEMANTIC_ID: STAGE_SEMANTIC_ID, STATUS_ID: STAGE_ID };
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}
