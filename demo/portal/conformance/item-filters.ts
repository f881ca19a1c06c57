import type { Case } from "./case.ts";
import { listOf, text } from "./shape.ts";

const filters = "list filters";

export const ITEM_FILTER_CASES: readonly Case[] = [
  {
    method: "crm.item.list",
    when: "groups joined by OR",
    topic: filters,
    params: {
      entityTypeId: 2,
      select: ["id"],
      order: { id: "ASC" },
      filter: { "0": { logic: "OR", "0": { id: 3 }, "1": { "@id": [5, 7] } }, "<id": 7 },
    },
    result: { items: [{ id: 3 }, { id: 5 }] },
    total: 2,
  },
  {
    method: "crm.item.list",
    when: "logic at the top, groups in a list",
    topic: filters,
    params: { entityTypeId: 2, select: ["id"], filter: { logic: "OR", "0": { id: 3 }, "1": { id: 4 } } },
    total: 2,
  },
  {
    method: "crm.item.list",
    when: "not containing",
    topic: filters,
    params: { entityTypeId: 2, select: ["stageId"], filter: { "!%stageId": "C2:", categoryId: 0 } },
    result: { items: listOf({ stageId: text }) },
  },
  {
    method: "crm.item.list",
    when: "not like, both spellings",
    topic: filters,
    params: { entityTypeId: 2, filter: { "!=%title": "%", "!%=title": "%" } },
    total: 0,
  },
  {
    method: "crm.item.list",
    when: "yes-and-no user fields are filtered by 1 and 0",
    topic: filters,
    params: { entityTypeId: 2, filter: { ufCrmVip: 1 }, select: ["ufCrmVip"] },
    result: { items: listOf({ ufCrmVip: "Y" }) },
  },
  {
    method: "crm.item.list",
    when: "a wrong filter field is refused",
    topic: filters,
    params: { entityTypeId: 2, filter: { ">=DATE_MODIFY": "2026-01-01" } },
    error: ["INVALID_ARG_VALUE", "Invalid filter: field 'DATE_MODIFY' is not allowed in filter"],
  },
  {
    method: "crm.item.list",
    when: "also inside a group",
    topic: filters,
    params: { entityTypeId: 2, filter: { "0": { logic: "OR", "0": { nope: 1 } } } },
    error: ["INVALID_ARG_VALUE", "Invalid filter: field 'nope' is not allowed in filter"],
  },
  {
    method: "crm.item.list",
    when: "a wrong order is refused",
    topic: filters,
    params: { entityTypeId: 2, order: { id: "UP" } },
    error: ["INVALID_ARG_VALUE", /allowed sort directions/],
  },
];
