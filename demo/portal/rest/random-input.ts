import fc from "fast-check";

/** Input that is nearly right: words of the protocol in places where they may or may not belong. */

const keys = [
  "id",
  "fields",
  "filter",
  "select",
  "order",
  "start",
  "cmd",
  "halt",
  "params",
  "entityTypeId",
  "data",
  "items",
  "rows",
  "taskId",
  "USER_ID",
  "EMAIL",
  "__proto__",
];
const words = [
  "ID",
  ">ID",
  "@ID",
  "!=%TITLE",
  "PHONE",
  "EMAIL",
  "UF_CRM_TAGS",
  "DATE_MODIFY",
  ">=DATE_MODIFY",
  "stageId",
  "!%title",
  "contactIds",
  "fm",
  "typeId",
  "logic",
  "0",
  "CONTACT_ID",
  "FIELD_NAME",
  "USER_TYPE_ID",
  "LIST",
  "constructor",
];
const values = [
  "$result[a][0][ID]",
  "crm.deal.list?filter[>ID]=$result[a]",
  "profile",
  "2026-01-01",
  "DESC",
  "*",
  "-1",
  "%%",
  "a@b",
  "OR",
  "enumeration",
  "2",
  "156",
];
const word = fc.oneof(fc.constantFrom(...words, ...values), fc.string({ maxLength: 12 }));
const anything = fc.oneof(
  { weight: 3, arbitrary: word },
  fc.jsonValue(),
  fc.integer(),
  fc.dictionary(word, fc.jsonValue()),
);
export const randomParams = fc.dictionary(
  fc.oneof(fc.constantFrom(...keys), word),
  fc.oneof(anything, fc.array(anything), fc.dictionary(word, anything)),
);
