import { asMap } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { changedRow } from "../store/changed-row.ts";
import { classicFields } from "../store/item-input.ts";
import { newRow } from "../store/new-row.ts";
import type { Row } from "../values.ts";
import { announceRecord } from "./announce.ts";
import { checkItem } from "./item-checks.ts";
import { type ItemTarget, requireItem, requireTarget } from "./item-target.ts";
import { viewItem } from "./item-view.ts";
import { writeContext } from "./write-context.ts";

/** `crm.item.{add,update}` */
export const CRM_ITEM_WRITE_METHODS: readonly Method[] = [
  { name: "crm.item.add", scopes: ["crm"], run: addItem },
  { name: "crm.item.update", scopes: ["crm"], run: updateItem },
];

function addItem(call: Call): Answer {
  const target = requireTarget(call);
  return answer(call, target, insertItem(call, target, requireItemFields(call.params.get("fields")), false));
}

/** Adds one record and tells of it. Imported ones may bring their own dates and authors, and start no robots. */
export function insertItem(
  call: Call,
  target: ItemTarget,
  given: Record<string, unknown>,
  imported: boolean,
): Row {
  const { collection, items } = target;
  const fields = classicFields(given, items);
  const context = { ...writeContext(call, collection), isImport: imported, mayMoveFunnel: true };
  checkItem(context, target, fields, null);
  const row = newRow(context, fields);
  call.portal.addRow(collection, row);
  announceRecord(call, { entity: collection, id: Number(row.ID), before: null, after: row, imported });
  return row;
}

function updateItem(call: Call): Answer {
  const target = requireTarget(call);
  const before = requireItem(call, target);
  const { collection, items, table } = target;
  const fields = classicFields(requireItemFields(call.params.get("fields")), items);
  const context = { ...writeContext(call, collection), isImport: false, mayMoveFunnel: true };
  checkItem(context, target, fields, before);
  const id = Number(before.ID);
  call.portal.updateRow(collection, id, changedRow(context, before, withoutPhoto(fields)));
  const after = table.get(id) ?? before;
  announceRecord(call, { entity: collection, id, before, after });
  return answer(call, target, after);
}

/** A contact's photo cannot be changed this way. */
function withoutPhoto({ PHOTO, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields;
}

export function requireItemFields(value: unknown): Record<string, unknown> {
  const fields = asMap(value);
  if (!fields) throw new RestError("100", "Could not find value for parameter {fields}");
  return fields;
}

function answer({ portal }: Call, target: ItemTarget, row: Row): Answer {
  return { result: { item: viewItem(row, target, null, portal) } };
}
