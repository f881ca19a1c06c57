import { ENTITIES, type Entity } from "../values.ts";
import type { Case } from "./case.ts";
import {
  absent,
  bool,
  flag,
  id,
  idText,
  listOf,
  moment,
  number,
  orNull,
  type Shape,
  sumText,
  text,
} from "./shape.ts";

const topic = "classic CRM methods";
const errors = "errors of classic methods";
const NAMES = { TITLE: "Имя", NAME: "Имя" };

const OWN: Record<Entity, { [key: string]: Shape }> = {
  lead: { STATUS_ID: text, STATUS_SEMANTIC_ID: text, OPPORTUNITY: sumText, COMPANY_ID: orNull(text) },
  deal: { STAGE_ID: text, CATEGORY_ID: idText, OPPORTUNITY: sumText, CLOSED: flag, CONTACT_IDS: absent },
  contact: { NAME: text, LAST_NAME: text, BIRTHDATE: text, EXPORT: flag, COMPANY_ID: orNull(text) },
  company: { TITLE: text, COMPANY_TYPE: text, REVENUE: sumText, PARENT_ID_156: orNull(idText) },
};

const TOTALS: Record<Entity, number> = { lead: 40, deal: 120, contact: 60, company: 30 };

const missing = (entity: Entity): readonly [string, string] => {
  if (entity === "contact") return ["ERROR_CORE", "Contact is not found"];
  return ["", entity === "company" ? "Company is not found" : "Not found"];
};

function casesOf(entity: Entity): Case[] {
  const row = { ID: idText, DATE_CREATE: moment, DATE_MODIFY: moment, ASSIGNED_BY_ID: idText, OPENED: flag };
  const total = TOTALS[entity];
  return [
    {
      method: `crm.${entity}.fields`,
      when: "types and flags by name",
      topic,
      result: { ID: { type: "integer", isReadOnly: true, isRequired: bool, isMultiple: false, title: text } },
    },
    {
      method: `crm.${entity}.list`,
      when: "scalars are texts, phones come only when named",
      topic,
      result: listOf({ ...row, ...OWN[entity], PHONE: absent }),
      total,
      next: total > 50 ? 50 : absent,
    },
    {
      method: `crm.${entity}.list`,
      when: "a filter that is no map",
      topic: errors,
      params: { filter: "ID" },
      error: ["", "Parameter 'filter' must be array."],
    },
    {
      method: `crm.${entity}.get`,
      when: "one",
      topic,
      params: { id: 2 },
      result: { ...row, ...OWN[entity], ID: "2" },
    },
    {
      method: `crm.${entity}.get`,
      when: "not there",
      topic: errors,
      params: { id: 9999 },
      error: ["", "Not found"],
    },
    {
      method: `crm.${entity}.get`,
      when: "no ID",
      topic: errors,
      error: ["", "ID is not defined or invalid."],
    },
    {
      method: `crm.${entity}.add`,
      when: "a whole number",
      topic,
      params: { fields: NAMES },
      result: total + 1,
    },
    {
      method: `crm.${entity}.add`,
      when: "no fields",
      topic: errors,
      error: ["", "Parameter 'fields' must be array."],
    },
    {
      method: `crm.${entity}.update`,
      when: "true; the moment and the person are noted",
      topic,
      params: { id: 2, fields: { COMMENTS: "Новое", NO_SUCH: 1 } },
      result: true,
      shows: [
        `crm.${entity}.get`,
        { id: 2 },
        { COMMENTS: "Новое", MODIFY_BY_ID: "1", DATE_MODIFY: "2026-05-01T12:00:00+03:00" },
      ],
    },
    { method: `crm.${entity}.delete`, when: "true", topic, params: { id: 2 }, result: true },
    {
      method: `crm.${entity}.delete`,
      when: "not there",
      topic: errors,
      params: { id: 9999 },
      error: missing(entity),
    },
  ];
}

export const CLASSIC_CASES: readonly Case[] = [
  ...ENTITIES.flatMap(casesOf),
  {
    method: "batch",
    when: "answers and errors by key, empty maps as lists",
    topic: "batch",
    params: { cmd: { good: "crm.deal.get?id=2", bad: "crm.deal.get?id=9999" } },
    result: {
      result: { good: { ID: "2" } },
      result_error: { bad: { error: "", error_description: "Not found" } },
      result_total: [],
      result_next: [],
      result_time: { good: { duration: number } },
    },
  },
  {
    method: "batch",
    when: "universal items by reference",
    topic: "batch",
    params: {
      cmd: {
        page: "crm.item.list?entityTypeId=2&order[id]=ASC&start=-1&select[]=id",
        next: "crm.item.list?entityTypeId=2&order[id]=ASC&start=-1&filter[>id]=$result[page][items][49][id]",
      },
    },
    result: {
      result: { next: { items: listOf({ id }) } },
      result_total: { page: 0, next: 0 },
      result_error: [],
    },
  },
];
