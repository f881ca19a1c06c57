import { isAdmin } from "../people.ts";
import { asFlag, asInteger, asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import type { Row } from "../values.ts";
import { announce } from "./announce.ts";

/** `user.add` and `user.update`: fields are parameters of the call itself. */
export const USER_WRITE_METHODS: readonly Method[] = [
  { name: "user.add", scopes: ["user"], run: addUser },
  { name: "user.update", scopes: ["user"], run: updateUser },
];

const TEXTS = [
  "EMAIL",
  "NAME",
  "LAST_NAME",
  "SECOND_NAME",
  "XML_ID",
  "PERSONAL_GENDER",
  "PERSONAL_WWW",
].concat(["PERSONAL_MOBILE", "PERSONAL_CITY", "WORK_PHONE", "WORK_POSITION"]);
const denied = () => new RestError("ERROR_CORE", "access_denied");

function addUser(call: Call): Answer {
  const { portal, params, caller } = call;
  if (!isAdmin(caller.userId)) throw denied();
  const email = requireEmail(call, null);
  const now = portal.zone.datetime(portal.clock.now());
  const id = String(portal.crm.books.users.nextId);
  const blank: Row = {
    ID: id,
    XML_ID: "",
    ACTIVE: true,
    NAME: "",
    LAST_NAME: "",
    SECOND_NAME: "",
    EMAIL: email,
    LAST_LOGIN: "",
    DATE_REGISTER: now,
    TIME_ZONE: "",
    IS_ONLINE: "N",
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: {},
    PERSONAL_GENDER: "",
    PERSONAL_WWW: "",
    PERSONAL_BIRTHDAY: "",
    PERSONAL_MOBILE: "",
    PERSONAL_CITY: "",
    WORK_PHONE: "",
    WORK_POSITION: "",
    UF_EMPLOYMENT_DATE: "",
    UF_DEPARTMENT: [1],
    USER_TYPE: asFlag(params.get("EXTRANET")) ? "extranet" : "employee",
  };
  portal.writeBook("users", id, { ...blank, ...givenFields(call) });
  announce(call, "ONUSERADD", { ID: id });
  return { result: Number(id) };
}

function updateUser(call: Call): Answer {
  const { portal, params, caller } = call;
  const id = asInteger(params.get("ID"));
  const before = portal.crm.books.users.get(id);
  if (!before || (!isAdmin(caller.userId) && caller.userId !== id)) throw denied();
  if (params.has("EMAIL")) requireEmail(call, id);
  portal.writeBook("users", id, { ...before, ...givenFields(call) });
  return { result: true };
}

function givenFields({ params, portal }: Call): Row {
  const row: Row = {};
  for (const name of TEXTS) if (params.has(name)) row[name] = asText(params.get(name));
  for (const name of ["PERSONAL_BIRTHDAY", "UF_EMPLOYMENT_DATE"]) {
    if (!params.has(name)) continue;
    const day = portal.zone.parseDay(asText(params.get(name)));
    row[name] = day === null ? "" : portal.zone.date(day);
  }
  if (params.has("ACTIVE")) row.ACTIVE = asFlag(params.get("ACTIVE"));
  if (params.has("UF_DEPARTMENT")) row.UF_DEPARTMENT = asList(params.get("UF_DEPARTMENT")).map(asInteger);
  return row;
}

function requireEmail({ portal, params }: Call, ownId: number | null): string {
  const email = asText(params.get("EMAIL")).trim();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new RestError("ERROR_ARGUMENT", "wrong_email");
  const taken = portal.crm.users.some(
    (row) => asText(row.EMAIL).toLowerCase() === email.toLowerCase() && Number(row.ID) !== ownId,
  );
  if (taken) throw new RestError("ERROR_ARGUMENT", "Пользователь с таким e-mail уже существует.");
  return email;
}
