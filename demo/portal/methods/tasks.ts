import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger, asList, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { blankTask } from "../seed/tasks.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row } from "../values.ts";
import { announceData } from "./announce.ts";
import { listAnswer, pageOf, readListRequest } from "./list-answer.ts";
import { TASK_DATES, TASK_PEOPLE, writtenTask } from "./task-input.ts";
import { showTask } from "./task-view.ts";

const SCOPES = ["task", "tasks"];

/** `tasks.task.{add,get,list,update,delete}`: names in capitals come in, camelCase texts go out. */
export const TASK_METHODS: readonly Method[] = [
  { name: "tasks.task.list", scopes: SCOPES, run: listTasks },
  { name: "tasks.task.get", scopes: SCOPES, run: getTask },
  { name: "tasks.task.add", scopes: SCOPES, run: addTask },
  { name: "tasks.task.update", scopes: SCOPES, run: updateTask },
  { name: "tasks.task.delete", scopes: SCOPES, run: deleteTask },
];

const COLUMNS = createCatalogue(
  Object.keys(blankTask()).map((name) => {
    if (TASK_DATES.includes(name) || /_DATE$/.test(name)) return describeField([name, "datetime", name]);
    const isNumber = TASK_PEOPLE.includes(name) || /(^|_)ID$|^STATUS$|^PRIORITY$/.test(name);
    const isMany = ["ACCOMPLICES", "AUDITORS", "UF_CRM_TASK"].includes(name);
    return describeField([name, isNumber ? "integer" : "string", name, isMany ? "m" : ""]);
  }),
);

function listTasks(call: Call): Answer {
  const { portal, params } = call;
  const request = readListRequest(call);
  if (Object.keys(request.order).some((name) => !COLUMNS.byName.has(name.toUpperCase()))) {
    throw new RestError("0", "Invalid sorting key");
  }
  const rows = orderedRows(portal.crm.books.tasks.rows, COLUMNS, portal.zone, request);
  const page = pageOf(rows, request.start);
  const select = readSelect(params.get("select"));
  return listAnswer(portal, page, { tasks: page.rows.map((row) => showTask(portal, row, select)) });
}

function getTask(call: Call): Answer {
  const row = requireTask(call);
  return { result: { task: showTask(call.portal, row, readSelect(call.params.get("select"))) } };
}

function addTask(call: Call): Answer {
  const { portal, caller } = call;
  const fields = requireTaskFields(call);
  const at = portal.zone.datetime(portal.clock.now());
  const author = String(caller.userId);
  const id = String(portal.crm.books.tasks.nextId);
  const stamps = { CREATED_DATE: at, CHANGED_DATE: at, ACTIVITY_DATE: at, STATUS_CHANGED_DATE: at };
  const blank: Row = { ...blankTask(), ID: id, CREATED_BY: author, CHANGED_BY: author, ...stamps };
  const row: Row = { ...blank, ...writtenTask(call, fields, blank) };
  if (asText(row.TITLE) === "") throw new RestError("ERROR_CORE", "Не указано название задачи.");
  if (fields.RESPONSIBLE_ID === undefined) throw new RestError("ERROR_CORE", "Не указан исполнитель.");
  portal.writeBook("tasks", id, row);
  tell(call, "ADD", "undefined", { ID: Number(id) });
  return { result: { task: showTask(portal, row, null) } };
}

function updateTask(call: Call): Answer {
  const { portal, caller } = call;
  const before = requireTask(call);
  const fields = requireTaskFields(call);
  const at = portal.zone.datetime(portal.clock.now());
  const stamps = { CHANGED_BY: String(caller.userId), CHANGED_DATE: at, ACTIVITY_DATE: at };
  const row: Row = { ...before, ...stamps, ...writtenTask(call, fields, before) };
  portal.writeBook("tasks", String(row.ID), row);
  tell(call, "UPDATE", { ID: Number(row.ID) }, { ID: Number(row.ID) });
  return { result: { task: showTask(portal, row, null) } };
}

function deleteTask(call: Call): Answer {
  const row = requireTask(call);
  call.portal.writeBook("tasks", String(row.ID), null);
  tell(call, "DELETE", { ID: Number(row.ID) }, "undefined");
  return { result: { task: true } };
}

/** Tasks tell what was there before and after; what is not is called "undefined". */
function tell(call: Call, verb: string, before: Row | string, after: Row | string): void {
  const present = (side: Row | string) => (typeof side === "string" ? "N" : "undefined");
  announceData(call, `ONTASK${verb}`, {
    FIELDS_BEFORE: before,
    FIELDS_AFTER: after,
    IS_ACCESSIBLE_BEFORE: present(before),
    IS_ACCESSIBLE_AFTER: present(after),
  });
}

function requireTask({ portal, params }: Call): Row {
  if (!params.has("taskId")) {
    throw new RestError("100", "CTaskItem All parameters in the constructor must have real class type");
  }
  const given = asText(params.get("taskId"));
  if (!/^\d+$/.test(given)) throw new RestError("0", "wrong task id");
  const row = portal.crm.books.tasks.get(asInteger(given));
  if (!row) throw new RestError("1048582", "Задача не найдена или недоступна");
  return row;
}

function requireTaskFields({ params }: Call): Record<string, unknown> {
  const fields = asMap(params.get("fields"));
  if (!fields || Object.keys(fields).length === 0) {
    throw new RestError("100", "Could not find value for parameter {fields}");
  }
  return fields;
}

/** Columns that a caller wants; null for all. */
function readSelect(value: unknown): string[] | null {
  const names = asList(value).map((name) => asText(name).toUpperCase());
  return names.length === 0 || names.includes("*") ? null : ["ID", ...names];
}
