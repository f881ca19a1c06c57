import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asList, asMap, asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Caller, Method } from "../rest/method.ts";
import { projectRow } from "../store/select.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row } from "../values.ts";
import { listAnswer, pageOf } from "./list-answer.ts";

const SCOPES = ["user", "user_basic", "user_brief"];

/** `user.get`, `user.search`, `user.current`, `user.fields` */
export const USER_METHODS: readonly Method[] = [
  { name: "user.get", scopes: SCOPES, run: listUsers },
  { name: "user.search", scopes: SCOPES, run: searchUsers },
  { name: "user.fields", scopes: SCOPES, run: () => ({ result: USER_FIELD_NAMES }) },
  { name: "user.current", scopes: SCOPES, run: currentUser },
];

const BRIEF = [
  "ID",
  "XML_ID",
  "ACTIVE",
  "NAME",
  "LAST_NAME",
  "SECOND_NAME",
  "TITLE",
  "IS_ONLINE",
  "TIME_ZONE",
];
const BRIEF_MORE = ["TIMESTAMP_X", "LAST_ACTIVITY_DATE", "DATE_REGISTER", "PERSONAL_GENDER", "WORK_POSITION"];
const BRIEF_LAST = ["UF_EMPLOYMENT_DATE", "UF_DEPARTMENT", "USER_TYPE"];
const BRIEF_NAMES = [...BRIEF, ...BRIEF_MORE, ...BRIEF_LAST];
const CONTACTS = [
  "EMAIL",
  "PERSONAL_WWW",
  "PERSONAL_BIRTHDAY",
  "PERSONAL_MOBILE",
  "PERSONAL_CITY",
  "WORK_PHONE",
];

const COLUMNS = createCatalogue([
  describeField(["ID", "integer", "ID"]),
  describeField(["ACTIVE", "boolean", "ACTIVE"]),
  describeField(["UF_DEPARTMENT", "integer", "UF_DEPARTMENT", "m"]),
  ...["DATE_REGISTER", "LAST_LOGIN"].map((name) => describeField([name, "datetime", name])),
  ...["XML_ID", "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL", "PERSONAL_MOBILE", "PERSONAL_CITY"]
    .concat(["PERSONAL_GENDER", "WORK_PHONE", "WORK_POSITION", "USER_TYPE", "IS_ONLINE"])
    .map((name) => describeField([name, "string", name])),
]);

const USER_FIELD_NAMES = {
  ID: "ID",
  XML_ID: "Внешний код",
  ACTIVE: "Активность",
  NAME: "Имя",
  LAST_NAME: "Фамилия",
  SECOND_NAME: "Отчество",
  EMAIL: "E-Mail",
  LAST_LOGIN: "Последняя авторизация",
  DATE_REGISTER: "Дата регистрации",
  TIME_ZONE: "TIME_ZONE",
  IS_ONLINE: "IS_ONLINE",
  TIMESTAMP_X: "TIMESTAMP_X",
  LAST_ACTIVITY_DATE: "LAST_ACTIVITY_DATE",
  PERSONAL_GENDER: "Пол",
  PERSONAL_WWW: "Домашняя страница",
  PERSONAL_BIRTHDAY: "Дата рождения",
  PERSONAL_MOBILE: "Личный мобильный",
  PERSONAL_CITY: "Город проживания",
  WORK_PHONE: "Телефон компании",
  WORK_POSITION: "Должность",
  UF_EMPLOYMENT_DATE: "Дата принятия на работу",
  UF_DEPARTMENT: "Подразделения",
  USER_TYPE: "USER_TYPE",
};

/** Filters come as `FILTER` or, the older way, as parameters of their own; the order is flat. */
function listUsers({ portal, caller, params, start }: Call): Answer {
  const given = params.get("filter");
  const filter = given === undefined ? {} : asMap(given);
  if (!filter) throw new RestError("", "Parameter 'filter' must be array.");
  const flat = Object.fromEntries(params.names().map((name) => [name.toUpperCase(), params.get(name)]));
  const sort = typeof params.get("sort") === "string" ? asText(params.get("sort")) : "ID";
  const order = { [sort]: asText(params.get("order")) };
  const rows = orderedRows(portal.crm.users, COLUMNS, portal.zone, { filter: { ...flat, ...filter }, order });
  const page = pageOf(rows, start);
  const select = asList(params.get("select")).map((name) => asText(name).toUpperCase());
  const shown = page.rows.map((row) => visibleUser(row, caller));
  return listAnswer(portal, page, select.length > 0 ? shown.map((row) => projectRow(row, select)) : shown);
}

/** Finds people by the beginning of their names, their post or department; `FIND` looks through all of them. */
function searchUsers(call: Call): Answer {
  const { portal, params, caller, start } = call;
  const filter = asMap(params.get("filter")) ?? {};
  const wanted = Object.entries(filter).map(([name, value]) => [
    name.toUpperCase(),
    asText(value).toLowerCase(),
  ]);
  const starts = (row: Row, name: string, text: string) =>
    asText(row[name]).toLowerCase().startsWith(text) || departmentStarts(portal, row, name, text);
  const found = portal.crm.users.filter((row) =>
    wanted.every(([name = "", text = ""]) =>
      name === "FIND"
        ? text.split(/\s+/).every((word) => SEARCHED.some((column) => starts(row, column, word)))
        : !SEARCHED.includes(name) || starts(row, name, text),
    ),
  );
  const page = pageOf(found, start);
  return listAnswer(
    portal,
    page,
    page.rows.map((row) => visibleUser(row, caller)),
  );
}

const SEARCHED = ["NAME", "LAST_NAME", "WORK_POSITION", "UF_DEPARTMENT_NAME"];

function departmentStarts({ crm }: Portal, row: Row, name: string, text: string): boolean {
  if (name !== "UF_DEPARTMENT_NAME") return false;
  const ids = asList(row.UF_DEPARTMENT).map(asText);
  return crm.departments.some(
    ({ ID, NAME }) => ids.includes(asText(ID)) && asText(NAME).toLowerCase().startsWith(text),
  );
}

function currentUser({ portal, caller }: Call): Answer {
  const row = portal.crm.users.find((user) => Number(user.ID) === caller.userId);
  if (!row) throw new RestError("authorization_error", "Unable to authorize user", 401);
  return { result: visibleUser(row, caller) };
}

/** Fields outside the credential's scope are simply missing. */
function visibleUser(row: Row, { scopes }: Caller): Row {
  if (scopes.has("user")) return row;
  return projectRow(row, scopes.has("user_basic") ? [...BRIEF_NAMES, ...CONTACTS] : BRIEF_NAMES);
}
