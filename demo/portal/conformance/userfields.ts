import type { Case } from "./case.ts";
import { absent, flag, idText, listOf, listWith, orNull, text } from "./shape.ts";

const topic = "user fields";
const COLOR = {
  USER_TYPE_ID: "enumeration",
  FIELD_NAME: "COLOR",
  LABEL: "Цвет",
  LIST: [{ VALUE: "Красный" }],
};
const add = (fields: object) => ["crm.deal.userfield.add", { fields }] as const;

export const USERFIELD_CASES: readonly Case[] = [
  {
    method: "crm.deal.userfield.list",
    when: "settings of every field, labels only for a named language",
    topic,
    result: listOf({
      ID: idText,
      ENTITY_ID: "CRM_DEAL",
      FIELD_NAME: text,
      USER_TYPE_ID: text,
      SORT: idText,
      MULTIPLE: flag,
      MANDATORY: flag,
      SHOW_IN_LIST: flag,
      EDIT_FORM_LABEL: absent,
    }),
    total: 26,
  },
  {
    method: "crm.deal.userfield.list",
    when: "by name, with labels as texts and choices",
    topic,
    params: { filter: { FIELD_NAME: "UF_CRM_1721244482250", LANG: "ru" } },
    result: [
      {
        EDIT_FORM_LABEL: "Приоритет",
        LIST: listOf({ ID: idText, SORT: idText, VALUE: text, DEF: flag, XML_ID: text }),
      },
    ],
    total: 1,
  },
  {
    method: "crm.deal.userfield.get",
    when: "labels as maps of languages",
    topic,
    params: { id: 101 },
    result: { ID: "101", EDIT_FORM_LABEL: { ru: "Номер договора" }, XML_ID: orNull(text), LIST: absent },
  },
  {
    method: "crm.deal.userfield.get",
    when: "not there",
    topic,
    params: { id: 9999 },
    error: ["ERROR_NOT_FOUND", "The entity with ID '9999' is not found."],
  },
  {
    method: "crm.lead.userfield.get",
    when: "of another kind of record",
    topic,
    params: { id: 101 },
    error: ["", "Access denied."],
  },
  {
    method: "crm.deal.userfield.get",
    when: "without an ID",
    topic,
    error: ["", "ID is not defined or invalid."],
  },
  {
    method: "crm.deal.userfield.add",
    when: "the answer is a number, the field a column of .fields",
    topic,
    params: { fields: COLOR },
    result: 196,
    shows: [
      "crm.deal.fields",
      {},
      {
        UF_CRM_COLOR: {
          type: "enumeration",
          isDynamic: true,
          listLabel: "Цвет",
          items: [{ VALUE: "Красный" }],
        },
      },
    ],
  },
  {
    method: "crm.deal.list",
    when: "a new column is empty in old records",
    topic,
    after: [add(COLOR), add({ USER_TYPE_ID: "string", FIELD_NAME: "MANY", MULTIPLE: "Y" })],
    params: { select: ["UF_*"] },
    result: listOf({ UF_CRM_COLOR: null, UF_CRM_MANY: false }),
  },
  {
    method: "crm.deal.get",
    when: "a new column can be written",
    topic,
    after: [
      add({ USER_TYPE_ID: "double", FIELD_NAME: "UF_CRM_RATE" }),
      ["crm.deal.update", { id: 2, fields: { UF_CRM_RATE: "4.5" } }],
    ],
    params: { id: 2 },
    result: { UF_CRM_RATE: "4.5" },
  },
  {
    method: "crm.item.get",
    when: "the universal methods know it too",
    topic,
    after: [
      add({ USER_TYPE_ID: "boolean", FIELD_NAME: "READY" }),
      ["crm.deal.update", { id: 2, fields: { UF_CRM_READY: "Y" } }],
    ],
    params: { entityTypeId: 2, id: 2 },
    result: { item: { ufCrmReady: "Y" } },
  },
  {
    method: "crm.deal.get",
    when: "deleted and made again, a field has lost its values",
    topic,
    after: [
      ["crm.deal.update", { id: 2, fields: { UF_CRM_RATING: "5" } }],
      ["crm.deal.userfield.delete", { id: 151 }],
      add({ USER_TYPE_ID: "integer", FIELD_NAME: "UF_CRM_RATING" }),
    ],
    params: { id: 2 },
    result: { UF_CRM_RATING: null },
  },
  {
    method: "crm.deal.userfield.delete",
    when: "the column goes",
    topic,
    params: { id: 101 },
    result: true,
    shows: ["crm.deal.get", { id: 1 }, { UF_CRM_CONTRACT_NUMBER: absent }],
  },
  {
    method: "crm.deal.userfield.update",
    when: "labels and choices change",
    topic,
    after: [add(COLOR)],
    params: { id: 196, fields: { EDIT_FORM_LABEL: { ru: "Окраска" }, LIST: [{ VALUE: "Синий" }] } },
    result: true,
    shows: [
      "crm.deal.fields",
      {},
      { UF_CRM_COLOR: { formLabel: "Окраска", items: listWith({ VALUE: "Синий" }) } },
    ],
  },
  {
    method: "crm.deal.userfield.add",
    when: "both names missing",
    topic,
    params: { fields: {} },
    error: ["", /USER_TYPE_ID[\s\S]*FIELD_NAME/],
  },
  {
    method: "crm.deal.userfield.add",
    when: "a name of 51 characters",
    topic: "limits",
    params: { fields: { USER_TYPE_ID: "string", FIELD_NAME: "A".repeat(44) } },
    error: ["ERROR_CORE", /50/],
  },
  {
    method: "crm.deal.userfield.add",
    when: "letters that no column has",
    topic: "limits",
    params: { fields: { USER_TYPE_ID: "string", FIELD_NAME: "ЦВЕТ" } },
    error: ["ERROR_CORE", /A-Z/],
  },
  {
    method: "crm.deal.userfield.add",
    when: "an unknown type",
    topic,
    params: { fields: { USER_TYPE_ID: "colour", FIELD_NAME: "COLOR" } },
    error: ["ERROR_CORE", /./],
  },
  {
    method: "crm.deal.userfield.add",
    when: "by somebody who is no administrator",
    topic,
    userId: 3,
    params: { fields: COLOR },
    error: ["", "Access denied."],
  },
  {
    method: "crm.deal.userfield.add",
    when: "fields that are no map",
    topic: "errors of classic methods",
    params: { fields: "x" },
    error: ["", "Parameter 'fields' must be array."],
  },
  {
    method: "crm.userfield.types",
    when: "the types there are",
    topic: "field types",
    result: listWith({ ID: "enumeration", title: text }),
  },
];
