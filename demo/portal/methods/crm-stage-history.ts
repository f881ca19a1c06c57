import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger, asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { tableOf } from "../store/crm.ts";
import { orderedRows } from "../store/small-list.ts";
import { isStaged, type Staged, type StageStep } from "../store/stage-history.ts";
import { collectionOfType, type Row } from "../values.ts";
import { listAnswer, offsetPage, readListRequest } from "./list-answer.ts";

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
  const owners = ownersOf(call, collection, request.filter.OWNER_ID ?? request.filter["=OWNER_ID"]);
  const rows = owners.flatMap((id) =>
    portal.crm.history.of(collection, id).map((step) => showStep(collection, step)),
  );
  const page = offsetPage(orderedRows(rows, COLUMNS, portal.zone, request), start);
  const select = asList(params.get("select")).map((name) => asText(name).toUpperCase());
  const items = page.rows.map((row) =>
    select.length === 0 || select.includes("*") ? row : pick(row, select),
  );
  return listAnswer(portal, { ...page, scanned: rows.length }, { items });
}

/** Records that a filter leaves to look at: the named ones, else all that are there. */
function ownersOf({ portal }: Call, collection: Staged, named: unknown): number[] {
  const table = tableOf(portal.crm, collection);
  if (named === undefined) return table.ids;
  return asList(named)
    .map(asInteger)
    .filter((id) => table.has(id));
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
