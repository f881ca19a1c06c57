import type { Case } from "./case.ts";
import { absent, both, flag, id, keys, listOf, moment, number, orNull, sumText, text } from "./shape.ts";

const topic = "links of records";
const steps = "stage history";
const rows = "product rows";
const link = both(keys("CONTACT_ID", "SORT", "ROLE_ID", "IS_PRIMARY"), {
  CONTACT_ID: id,
  SORT: number,
  ROLE_ID: 0,
  IS_PRIMARY: flag,
});

export const LINK_CASES: readonly Case[] = [
  {
    method: "crm.deal.contact.items.get",
    when: "numbers, sorted, the first one primary",
    topic,
    after: [["crm.deal.contact.items.set", { id: 1, items: [{ CONTACT_ID: 4 }, { CONTACT_ID: 5 }] }]],
    params: { id: 1 },
    result: both(listOf(link), [
      { CONTACT_ID: 4, SORT: 10, IS_PRIMARY: "Y" },
      { CONTACT_ID: 5, SORT: 20, IS_PRIMARY: "N" },
    ]),
  },
  {
    method: "crm.deal.contact.items.set",
    when: "a chosen one is primary and becomes CONTACT_ID",
    topic,
    params: {
      id: 1,
      items: [
        { CONTACT_ID: 4, SORT: 30 },
        { CONTACT_ID: 5, SORT: 5, IS_PRIMARY: "Y" },
      ],
    },
    result: true,
    shows: ["crm.deal.get", { id: 1 }, { CONTACT_ID: "5", MODIFY_BY_ID: "1" }],
  },
  {
    method: "crm.deal.contact.items.set",
    when: "items that are no list",
    topic,
    params: { id: 1, items: "4" },
    error: ["", "The parameter items must be array."],
  },
  {
    method: "crm.deal.contact.items.get",
    when: "without an ID",
    topic,
    error: ["", /ownerEntityID/],
  },
  {
    method: "crm.deal.contact.items.get",
    when: "no such deal",
    topic,
    params: { id: 9999 },
    error: ["", "Not found"],
  },
  {
    method: "crm.deal.contact.items.delete",
    when: "all of them go",
    topic,
    params: { id: 1 },
    result: true,
    shows: ["crm.deal.contact.items.get", { id: 1 }, []],
  },
  {
    method: "crm.lead.contact.add",
    when: "false where they are linked already",
    topic,
    after: [["crm.lead.contact.add", { id: 1, fields: { CONTACT_ID: 7 } }]],
    params: { id: 1, fields: { CONTACT_ID: 7 } },
    result: false,
  },
  {
    method: "crm.lead.contact.add",
    when: "fields without a number",
    topic,
    params: { id: 1, fields: {} },
    error: ["", "The parameter 'fields' is not valid."],
  },
  {
    method: "crm.lead.contact.delete",
    when: "false where there was no link",
    topic,
    params: { id: 1, fields: { CONTACT_ID: 59 } },
    result: false,
  },
  {
    method: "crm.contact.company.items.set",
    when: "the company sees the contact",
    topic,
    after: [["crm.company.contact.items.set", { id: 3, items: [] }]],
    params: { id: 6, items: [{ COMPANY_ID: 2 }, { COMPANY_ID: 3 }] },
    result: true,
    shows: ["crm.company.contact.items.get", { id: 3 }, [{ CONTACT_ID: 6, SORT: 20 }]],
  },
  {
    method: "crm.company.contact.items.set",
    when: "the contact sees the company",
    topic,
    after: [["crm.contact.company.items.delete", { id: 6 }]],
    params: { id: 3, items: [{ CONTACT_ID: 6 }] },
    result: true,
    shows: ["crm.contact.get", { id: 6 }, { COMPANY_ID: "3" }],
  },
  {
    method: "crm.item.get",
    when: "a company's contacts",
    topic,
    after: [["crm.company.contact.items.set", { id: 3, items: [{ CONTACT_ID: 6 }, { CONTACT_ID: 8 }] }]],
    params: { entityTypeId: 4, id: 3 },
    result: { item: { contactIds: [6, 8] } },
  },
  {
    method: "crm.stagehistory.list",
    when: "seeded deals have a past",
    topic: steps,
    params: { entityTypeId: 2 },
    result: {
      items: listOf({
        ID: id,
        TYPE_ID: id,
        OWNER_ID: id,
        CREATED_TIME: moment,
        CATEGORY_ID: number,
        STAGE_SEMANTIC_ID: text,
        STAGE_ID: text,
      }),
    },
    total: number,
    next: 50,
  },
  {
    method: "crm.stagehistory.list",
    when: "leads call their stages statuses",
    topic: steps,
    params: { entityTypeId: 1, order: { ID: "DESC" } },
    result: { items: listOf({ STATUS_ID: text, STATUS_SEMANTIC_ID: text, STAGE_ID: absent }) },
  },
  {
    method: "crm.stagehistory.list",
    when: "a new record and its moves",
    topic: steps,
    after: [
      ["crm.deal.add", { fields: {} }],
      ["crm.deal.update", { id: 121, fields: { STAGE_ID: "EXECUTING" } }],
      ["crm.deal.update", { id: 121, fields: { COMMENTS: "Без перехода" } }],
      ["crm.deal.update", { id: 121, fields: { STAGE_ID: "WON" } }],
    ],
    params: {
      entityTypeId: 2,
      filter: { OWNER_ID: 121 },
      order: { ID: "ASC" },
      select: ["TYPE_ID", "STAGE_ID"],
    },
    result: {
      items: [
        { TYPE_ID: 1, STAGE_ID: "NEW" },
        { TYPE_ID: 2, STAGE_ID: "EXECUTING" },
        { TYPE_ID: 3, STAGE_ID: "WON" },
      ],
    },
    total: 3,
  },
  {
    method: "crm.stagehistory.list",
    when: "contacts stand on no stages",
    topic: steps,
    params: { entityTypeId: 3 },
    error: ["ENTITY_TYPE_NOT_SUPPORTED", /./],
  },
  {
    method: "crm.deal.productrows.get",
    when: "none at first",
    topic: rows,
    params: { id: 1 },
    result: [],
  },
  {
    method: "crm.deal.productrows.set",
    when: "prices are numbers, the sum follows",
    topic: rows,
    after: [["crm.deal.add", { fields: { IS_MANUAL_OPPORTUNITY: "N" } }]],
    params: {
      id: 121,
      rows: [
        { PRODUCT_ID: 450, PRICE: 100, QUANTITY: 3 },
        { PRODUCT_NAME: "Выезд", PRICE: 50 },
      ],
    },
    result: true,
    shows: ["crm.deal.get", { id: 121 }, { OPPORTUNITY: "350.00" }],
  },
  {
    method: "crm.deal.productrows.get",
    when: "what was set",
    topic: rows,
    after: [
      ["crm.deal.productrows.set", { id: 1, rows: [{ PRICE: 90, DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 10 }] }],
    ],
    params: { id: 1 },
    result: [
      {
        ID: "1",
        OWNER_ID: "1",
        OWNER_TYPE: "D",
        PRICE: 90,
        PRICE_NETTO: 100,
        DISCOUNT_SUM: 10,
        QUANTITY: 1,
        TAX_RATE: null,
      },
    ],
  },
  {
    method: "crm.deal.productrows.set",
    when: "a discount without its sum",
    topic: rows,
    params: { id: 1, rows: [{ PRICE: 90, DISCOUNT_TYPE_ID: 1 }] },
    error: ["ERROR_CORE", /DISCOUNT_SUM/],
  },
  {
    method: "crm.product.list",
    when: "texts, as classic lists have them",
    topic: rows,
    result: listOf({ ID: text, NAME: text, PRICE: sumText, CURRENCY_ID: "RUB", DESCRIPTION: orNull(text) }),
  },
  {
    method: "crm.product.get",
    when: "one",
    topic: rows,
    params: { id: 450 },
    result: { ID: "450", PRICE: sumText },
  },
  {
    method: "crm.product.get",
    when: "not there",
    topic: rows,
    params: { id: 1 },
    error: ["", "Product is not found"],
  },
];
