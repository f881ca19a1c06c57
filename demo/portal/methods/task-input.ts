import { asInteger, asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Call } from "../rest/method.ts";
import type { Row } from "../values.ts";

export const TASK_DATES = ["DEADLINE", "START_DATE_PLAN", "END_DATE_PLAN", "DATE_START"];
export const TASK_PEOPLE = ["RESPONSIBLE_ID", "CREATED_BY", "CHANGED_BY", "STATUS_CHANGED_BY", "CLOSED_BY"];

const TEXTS = ["TITLE", "DESCRIPTION", "XML_ID", "MARK", "PRIORITY", "STAGE_ID", "TIME_ESTIMATE"];
const NUMBERS = ["RESPONSIBLE_ID", "CREATED_BY", "GROUP_ID", "PARENT_ID"];
const FLAGS = [
  "ALLOW_CHANGE_DEADLINE",
  "ALLOW_TIME_TRACKING",
  "TASK_CONTROL",
  "MATCH_WORK_TIME",
  "ADD_IN_REPORT",
];
const LISTS = ["ACCOMPLICES", "AUDITORS", "UF_CRM_TASK"];
/** 1 and 2 wait, 3 goes on, 4 wants a look, 5 is done, 6 is put off. */
const STATUSES = ["1", "2", "3", "4", "5", "6"];
const DONE = "5";

const refused = (text: string) => new RestError("ERROR_CORE", text);

/** The columns that these fields write; unknown ones are ignored. */
export function writtenTask(call: Call, fields: Record<string, unknown>, before: Row): Row {
  const { portal } = call;
  const row: Row = {};
  for (const [key, value] of Object.entries(fields)) {
    const name = key.toUpperCase();
    if (TEXTS.includes(name) || FLAGS.includes(name)) row[name] = asText(value);
    else if (NUMBERS.includes(name)) row[name] = String(asInteger(value));
    else if (LISTS.includes(name)) row[name] = asList(value).map(asText);
    else if (TASK_DATES.includes(name)) {
      const at = portal.zone.parse(asText(value));
      row[name] = at === null ? null : portal.zone.datetime(at);
    } else if (name === "STATUS") Object.assign(row, statusColumns(call, asText(value), before));
  }
  check(call, row, before);
  return row;
}

function statusColumns({ portal, caller }: Call, status: string, before: Row): Row {
  if (!STATUSES.includes(status)) throw refused("Неверный статус");
  if (status === before.STATUS) return {};
  const at = portal.zone.datetime(portal.clock.now());
  const done = status === DONE;
  return {
    STATUS: status,
    STATUS_CHANGED_BY: String(caller.userId),
    STATUS_CHANGED_DATE: at,
    CLOSED_BY: done ? String(caller.userId) : "0",
    CLOSED_DATE: done ? at : null,
  };
}

function check({ portal }: Call, row: Row, before: Row): void {
  const { users, tasks } = portal.crm.books;
  if (row.RESPONSIBLE_ID !== undefined && !users.get(row.RESPONSIBLE_ID)) {
    throw refused("Пользователь, указанный в поле «Исполнитель», не найден.");
  }
  if (row.PARENT_ID !== undefined && row.PARENT_ID !== "0") {
    if (row.PARENT_ID === before.ID) throw refused("Нельзя привязать узел к самому себе");
    if (!tasks.get(row.PARENT_ID)) throw refused("Задача, указанная в поле «Базовая задача», не найдена.");
  }
  const [from, to] = [
    row.START_DATE_PLAN ?? before.START_DATE_PLAN,
    row.END_DATE_PLAN ?? before.END_DATE_PLAN,
  ];
  if (from && to && String(to) < String(from)) {
    throw refused("Дата окончания в планировании раньше даты начала");
  }
}
