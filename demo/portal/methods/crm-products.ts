import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { asInteger, asMap } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { orderedRows } from "../store/small-list.ts";
import { stampsOf } from "../store/stamps.ts";
import type { Row, Value } from "../values.ts";
import { announceRecord } from "./announce.ts";
import { listAnswer, pageOf, readListRequest } from "./list-answer.ts";
import { productRow } from "./product-row.ts";

const OWNERS = ["deal", "lead"] as const;
type Owner = (typeof OWNERS)[number];

/** `crm.product.{list,get}` and `crm.{deal,lead}.productrows.{get,set}` */
export const CRM_PRODUCT_METHODS: readonly Method[] = [
  { name: "crm.product.list", scopes: ["crm"], run: listProducts },
  { name: "crm.product.get", scopes: ["crm"], run: getProduct },
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

function listProducts(call: Call): Answer {
  const { portal } = call;
  const request = readListRequest(call);
  const rows = orderedRows(portal.crm.products, COLUMNS, portal.zone, request);
  const page = pageOf(rows, request.start);
  return listAnswer(portal, page, page.rows);
}

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

function getRows(call: Call, owner: Owner): Answer {
  const kept = call.portal.crm.books.productRows.get(bookId(owner, requireOwner(call, owner)));
  return { result: kept?.ROWS ?? [] };
}

/** Takes the place of all rows; the record's sum follows them unless a person keeps it by hand. */
function setRows(call: Call, owner: Owner): Answer {
  const { portal, params, caller } = call;
  const before = requireOwner(call, owner);
  const given = asMap(params.get("rows"));
  if (!given) throw new RestError("", "The parameter rows must be array.");
  const id = bookId(owner, before);
  let last = highestId(portal.crm.books.productRows.rows);
  const rows = Object.values(given).map((item, i) =>
    productRow(asMap(item) ?? {}, {
      id: ++last,
      owner: id,
      sort: (i + 1) * 10,
      products: portal.crm.products,
    }),
  );
  portal.writeBook("productRows", id, { ID: id, ROWS: rows as unknown as Value });
  const { updated, updatedBy } = stampsOf(owner);
  const sum = rows.reduce((total, row) => total + Number(row.PRICE) * Number(row.QUANTITY), 0);
  const follows = before.IS_MANUAL_OPPORTUNITY !== "Y" ? { OPPORTUNITY: sum.toFixed(2) } : {};
  const stamped = { [updated]: portal.zone.datetime(portal.clock.now()), [updatedBy]: String(caller.userId) };
  portal.updateRow(owner, Number(before.ID), { ...stamped, ...follows });
  const after = portal.crm.tables[owner].get(Number(before.ID)) ?? null;
  announceRecord(call, { entity: owner, id: Number(before.ID), before, after });
  return { result: true };
}

function highestId(books: readonly Row[]): number {
  const rows = books.flatMap((book) => (book.ROWS ?? []) as unknown as Row[]);
  return rows.reduce((last, row) => Math.max(last, Number(row.ID)), 0);
}
