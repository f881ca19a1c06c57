import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asFlag, asInteger, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Row } from "../values.ts";
import { requireCrmAdmin } from "./admin.ts";
import { classicList } from "./list-answer.ts";
import { statusTypes } from "./status-types.ts";
import { requireFields } from "./write-context.ts";

/** `crm.status.*`: reference books and stages. */
export const CRM_STATUS_METHODS: readonly Method[] = [
  {
    name: "crm.status.list",
    scopes: ["crm"],
    run: (call) => classicList(call, call.portal.crm.statuses, COLUMNS),
  },
  { name: "crm.status.get", scopes: ["crm"], run: (call) => ({ result: withoutExtra(requireStatus(call)) }) },
  { name: "crm.status.add", scopes: ["crm"], run: addStatus },
  { name: "crm.status.update", scopes: ["crm"], run: updateStatus },
  { name: "crm.status.delete", scopes: ["crm"], run: deleteStatus },
  { name: "crm.status.entity.items", scopes: ["crm"], run: listItems },
  {
    name: "crm.status.entity.types",
    scopes: ["crm"],
    run: ({ portal }) => ({ result: statusTypes(portal) }),
  },
];

const COLUMNS = createCatalogue([
  ...["ID", "SORT", "CATEGORY_ID"].map((name) => describeField([name, "integer", name])),
  ...["ENTITY_ID", "STATUS_ID", "NAME", "SYSTEM", "SEMANTICS"].map((name) =>
    describeField([name, "string", name]),
  ),
]);

/** Only lists show EXTRA. */
function withoutExtra({ EXTRA, ...row }: Row): Row {
  return row;
}

function requireStatus({ portal, params }: Call): Row {
  const id = asInteger(params.get("id"));
  if (id <= 0) throw new RestError("", "Invalid identifier.");
  const row = portal.crm.books.statuses.get(id);
  if (!row) throw new RestError("", "Status is not found.");
  return row;
}

function addStatus(call: Call): Answer {
  const { portal } = call;
  const fields = requireFields(call);
  requireCrmAdmin(call);
  const missing = ["ENTITY_ID", "STATUS_ID"].filter((name) => asText(fields[name]) === "");
  if (missing.length > 0) {
    throw new RestError("", missing.map((name) => `The field ${name} is required.`).join("\n"));
  }
  const entityId = asText(fields.ENTITY_ID);
  const type = statusTypes(portal).find(({ ID }) => ID === entityId);
  if (!type) throw new RestError("", "Specified entity type is not supported.");
  if (asText(fields.NAME) === "") throw new RestError("", "The field Title is required.");
  const statusId = prefixed(asText(fields.STATUS_ID), type.PREFIX);
  if (portal.crm.statuses.some((row) => row.ENTITY_ID === entityId && row.STATUS_ID === statusId)) {
    throw new RestError("ERROR_CORE", "The specified status ID already exists.");
  }
  const staged = type.SEMANTIC_INFO !== undefined;
  const semantics = staged && asText(fields.SEMANTICS) === "F" ? "F" : null;
  const color = asText(fields.COLOR) || (staged ? "#ACE9FB" : null);
  const id = String(portal.crm.books.statuses.nextId);
  portal.writeBook("statuses", id, {
    ID: id,
    ENTITY_ID: entityId,
    STATUS_ID: statusId,
    NAME: asText(fields.NAME),
    NAME_INIT: "",
    SORT: String(asInteger(fields.SORT) || 10),
    SYSTEM: "N",
    CATEGORY_ID: type.CATEGORY_ID === undefined ? null : String(type.CATEGORY_ID),
    COLOR: color,
    SEMANTICS: semantics,
    ...(staged ? { EXTRA: { SEMANTICS: semantics ? "apology" : "process", COLOR: color } } : {}),
  });
  return { result: Number(id) };
}

/** Stages of other funnels carry the funnel in their code. */
function prefixed(statusId: string, prefix: unknown): string {
  if (prefix === undefined || statusId.startsWith(`${String(prefix)}:`)) return statusId;
  return `${String(prefix)}:${statusId}`;
}

function updateStatus(call: Call): Answer {
  requireCrmAdmin(call);
  const row = requireStatus(call);
  const fields = requireFields(call);
  const changed: Row = { ...row };
  if (asText(fields.NAME) !== "") changed.NAME = asText(fields.NAME);
  if (fields.SORT !== undefined) changed.SORT = String(asInteger(fields.SORT));
  if (fields.COLOR !== undefined) {
    changed.COLOR = asText(fields.COLOR);
    if (row.EXTRA) changed.EXTRA = { ...(row.EXTRA as Row), COLOR: changed.COLOR };
  }
  call.portal.writeBook("statuses", String(row.ID), changed);
  return { result: true };
}

function deleteStatus(call: Call): Answer {
  requireCrmAdmin(call);
  const row = requireStatus(call);
  if (row.SYSTEM === "Y" && !asFlag(asMap(call.params.get("params"))?.FORCED)) {
    const words = 'CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".';
    throw new RestError("", words);
  }
  if (isUsed(call, row)) throw new RestError("", "There are active items in this status.");
  call.portal.writeBook("statuses", String(row.ID), null);
  return { result: true };
}

/** Records stand on the stage. Other reference books let their values go. */
function isUsed({ portal }: Call, { ENTITY_ID, STATUS_ID }: Row): boolean {
  const entity = ENTITY_ID === "STATUS" ? "lead" : "deal";
  if (entity === "deal" && !String(ENTITY_ID).startsWith("DEAL_STAGE")) return false;
  const column = entity === "lead" ? "STATUS_ID" : "STAGE_ID";
  const table = portal.crm.tables[entity];
  return table.ids.some((_, index) => table.at(index)[column] === STATUS_ID);
}

function listItems({ portal, params }: Call): Answer {
  const entityId = asText(params.get("entityId"));
  if (entityId === "") throw new RestError("", "The parameter entityId is not defined or invalid.");
  const rows = portal.crm.statuses.filter((row) => row.ENTITY_ID === entityId);
  const result = rows
    .sort((a, b) => Number(a.SORT) - Number(b.SORT))
    .map(({ NAME, SORT, STATUS_ID }) => ({ NAME, SORT: Number(SORT), STATUS_ID }));
  return { result };
}
