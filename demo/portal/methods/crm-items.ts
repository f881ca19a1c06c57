import type { ItemField } from "../fields/item-catalogue.ts";
import { asList, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { compileItemFilter, compileItemOrder } from "../store/item-filter.ts";
import { readPage } from "../store/list.ts";
import { announceRecord } from "./announce.ts";
import { describeItemField } from "./item-description.ts";
import { type ItemTarget, requireItem, requireTarget } from "./item-target.ts";
import { shownName, viewItem } from "./item-view.ts";
import { listAnswer } from "./list-answer.ts";

/** `crm.item.{fields,list,get,delete}`: the universal methods that read, and the one that removes. */
export const CRM_ITEM_METHODS: readonly Method[] = [
  { name: "crm.item.fields", scopes: ["crm"], run: describeItems },
  { name: "crm.item.list", scopes: ["crm"], run: listItems },
  { name: "crm.item.get", scopes: ["crm"], run: getItem },
  { name: "crm.item.delete", scopes: ["crm"], run: deleteItem },
];

function describeItems(call: Call): Answer {
  const target = requireTarget(call);
  const describe = (item: ItemField) => [shownName(item, target), describeItemField(item)];
  return { result: { fields: Object.fromEntries(target.items.fields.map(describe)) } };
}

function listItems(call: Call): Answer {
  const { portal, params, start } = call;
  const target = requireTarget(call);
  const names = { items: target.items, catalogue: target.catalogue, zone: portal.zone };
  const filter = compileItemFilter(requireArray(params.get("filter"), "filter"), names);
  const order = compileItemOrder(requireArray(params.get("order"), "order"), names);
  // These lists page by a true offset: 30 skips thirty rows.
  const page = readPage(target.table, filter, order, start);
  const wanted = selected(call, target);
  const items = page.rows.map((row) => viewItem(row, target, wanted, portal));
  return listAnswer(portal, page, { items });
}

function getItem(call: Call): Answer {
  const target = requireTarget(call);
  const item = viewItem(requireItem(call, target), target, null, call.portal);
  return { result: { item }, rows: 1 };
}

function deleteItem(call: Call): Answer {
  const target = requireTarget(call);
  const before = requireItem(call, target);
  call.portal.deleteRow(target.collection, Number(before.ID));
  announceRecord(call, { entity: target.collection, id: Number(before.ID), before, after: null });
  return { result: [] };
}

function requireArray(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null || value === "") return {};
  const map = asMap(value);
  if (map) return map;
  const words = `Invalid value {${asText(value)}} to match with parameter {${name}}. Should be value of type array.`;
  throw new RestError("100", words);
}

/** Names that `select` asks for; null for all. Unknown names are left out. */
function selected({ params }: Call, { items }: ItemTarget): ReadonlySet<string> | null {
  const given = asList(params.get("select")).map(asText);
  if (given.length === 0 || given.includes("*")) return null;
  return new Set(given.flatMap((name) => items.byName.get(name)?.name ?? []));
}
