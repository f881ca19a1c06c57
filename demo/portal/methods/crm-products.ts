import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { camelName } from "../fields/item-names.ts";
import { asInteger, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { lastSeededRow, seedProductRows } from "../seed/product-rows.ts";
import type { Crm } from "../store/crm.ts";
import { orderedRows } from "../store/small-list.ts";
import type { Row, Value } from "../values.ts";
import { classicList, listAnswer, offsetPage } from "./list-answer.ts";
import { productRow } from "./product-row.ts";
import { touchRecord } from "./touch.ts";

const OWNERS = ["deal", "lead"] as const;
type Owner = (typeof OWNERS)[number];

/** `crm.product.{list,get}`, `crm.{deal,lead}.productrows.{get,set}` and `crm.item.productrow.list` */
export const CRM_PRODUCT_METHODS: readonly Method[] = [
  {
    name: "crm.product.list",
    scopes: ["crm"],
    run: (call) => classicList(call, call.portal.crm.products, COLUMNS),
  },
  { name: "crm.product.get", scopes: ["crm"], run: getProduct },
  { name: "crm.item.productrow.list", scopes: ["crm"], run: listRows },
  ...OWNERS.flatMap((owner) => [
    { name: `crm.${owner}.productrows.get`, scopes: ["crm"], run: (call: Call) => getRows(call, owner) },
    { name: `crm.${owner}.productrows.set`, scopes: ["crm"], run: (call: Call) => setRows(call, owner) },
  ]),
];

const COLUMNS = createCatalogue([
  ...["ID", "SORT", "SECTION_ID", "CATALOG_ID"].map((name) => describeField([name, "integer", name])),
  describeField(["PRICE", "double", "PRICE"]),
  ...["NAME", "CODE", "ACTIVE", "XML_ID", "CURRENCY_ID"].map((name) => describeField([name, "string", name])),
]);

function getProduct({ portal, params }: Call): Answer {
  const id = asInteger(params.get("id"));
  if (id <= 0) throw new RestError("", "ID is not defined or invalid.");
  const product = portal.crm.products.find((row) => row.ID === String(id));
  if (!product) throw new RestError("", "Product is not found");
  return { result: product };
}

function requireOwner({ portal, params }: Call, owner: Owner): Row {
  const id = asInteger(params.get("id"));
  if (id <= 0) throw new RestError("", "The parameter id is invalid or not defined.");
  const row = portal.crm.tables[owner].get(id);
  if (!row) throw new RestError("", "Not found");
  return row;
}

const bookId = (owner: Owner, row: Row) => `${owner === "deal" ? "D" : "L"}_${String(row.ID)}`;

/** The rows that were set last, else those that the record was seeded with. */
function rowsOf(crm: Crm, owner: Owner, record: Row): readonly Row[] {
  const kept = crm.books.productRows.get(bookId(owner, record));
  if (kept) return kept.ROWS as unknown as Row[];
  return owner === "deal" ? seedProductRows(crm.plan, crm.products, Number(record.ID)) : [];
}

function getRows(call: Call, owner: Owner): Answer {
  return { result: rowsOf(call.portal.crm, owner, requireOwner(call, owner)) };
}

/** Takes the place of all rows; the record's sum follows them unless a person keeps it by hand. */
function setRows(call: Call, owner: Owner): Answer {
  const { portal, params } = call;
  const before = requireOwner(call, owner);
  const given = asMap(params.get("rows"));
  if (!given) throw new RestError("", "The parameter rows must be array.");
  const id = bookId(owner, before);
  let last = highestId(portal.crm);
  const rows = Object.values(given).map((item, i) =>
    productRow(asMap(item) ?? {}, {
      id: ++last,
      owner: id,
      sort: (i + 1) * 10,
      products: portal.crm.products,
    }),
  );
  portal.writeBook("productRows", id, { ID: id, ROWS: rows as unknown as Value });
  const sum = rows.reduce((total, row) => total + Number(row.PRICE) * Number(row.QUANTITY), 0);
  const follows = before.IS_MANUAL_OPPORTUNITY !== "Y" ? { OPPORTUNITY: sum.toFixed(2) } : {};
  touchRecord(call, owner, Number(before.ID), follows);
  return { result: true };
}

const ROW_COLUMNS = createCatalogue([
  ...["ID", "PRODUCTID", "SORT"].map((name) => describeField([name, "integer", name])),
]);

/** Rows of one record, typed and in camelCase; nothing can be selected, and two conditions are required. */
function listRows(call: Call): Answer {
  const { portal, params, start } = call;
  const filter = asMap(params.get("filter")) ?? {};
  const { "=ownerType": type, "=ownerId": ownerId } = filter;
  if (type === undefined || ownerId === undefined)
    throw new RestError("REQUIRED_ARG_MISSING", "Required fields: =ownerType, =ownerId");
  const owner = OWNERS.find((one) => bookId(one, { ID: "" }) === `${asText(type)}_`);
  const record = owner && portal.crm.tables[owner].get(asInteger(ownerId));
  if (!owner || !record) throw new RestError("OWNER_NOT_FOUND", "Owner was not found");
  const order = asMap(params.get("order")) ?? { sort: "asc" };
  const found = orderedRows(rowsOf(portal.crm, owner, record), ROW_COLUMNS, portal.zone, { filter, order });
  const page = offsetPage(found, start);
  return listAnswer(portal, page, { productRows: page.rows.map(shownRow) });
}

const TYPED = ["ID", "OWNER_ID", "PRICE_ACCOUNT"];

function shownRow(row: Row): Row {
  const typed = Object.entries(row).map(([name, value]) => [
    camelName(name),
    TYPED.includes(name) ? Number(value) : value,
  ]);
  return { ...Object.fromEntries(typed), taxName: "", xmlId: "" };
}

function highestId({ books, plan }: Crm): number {
  const rows = books.productRows.rows.flatMap((book) => (book.ROWS ?? []) as unknown as Row[]);
  return rows.reduce((last, row) => Math.max(last, Number(row.ID)), lastSeededRow(plan));
}
