import { isAdmin } from "../people.ts";
import { asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Answer, Call, Method } from "../rest/method.ts";
import { toRestError } from "../rest/run-method.ts";
import { classicFields } from "../store/item-input.ts";
import { importable, stampsOf } from "../store/stamps.ts";
import { insertItem, requireItemFields } from "./crm-item-writes.ts";
import { type ItemTarget, requireTarget } from "./item-target.ts";

/** `crm.item.import` and `crm.item.batchImport`: records with their own dates and authors, without robots. */
export const CRM_ITEM_IMPORT_METHODS: readonly Method[] = [
  { name: "crm.item.import", scopes: ["crm"], run: importItem },
  { name: "crm.item.batchImport", scopes: ["crm"], run: importItems },
];

const MOST_ITEMS = 20;

function importItem(call: Call): Answer {
  const target = requireTarget(call);
  return { result: importOne(call, target, requireItemFields(call.params.get("fields"))) };
}

/** Each item succeeds or fails for itself; the answers are in the order of the items. */
function importItems(call: Call): Answer {
  const target = requireTarget(call);
  const data = asMap(call.params.get("data"));
  if (!data) throw new RestError("100", "Could not find value for parameter {data}");
  const given = Object.values(data);
  if (given.length > MOST_ITEMS) {
    throw new RestError("MAX_IMPORT_BATCH_SIZE_EXCEEDED", `You cannot import more than ${MOST_ITEMS} items`);
  }
  const items = given.map((fields) => {
    try {
      return importOne(call, target, requireItemFields(fields));
    } catch (error) {
      if (!(error instanceof RestError)) call.portal.stats.crashed++;
      return toRestError(error).toJSON();
    }
  });
  return { result: { items } };
}

function importOne(call: Call, target: ItemTarget, given: Record<string, unknown>) {
  checkStamps(call, target, classicFields(given, target.items));
  return { item: { id: Number(insertItem(call, target, given, true).ID) } };
}

/** Only an administrator sets dates: in ascending order, not in the future, and changed after created. */
function checkStamps(
  { portal, caller }: Call,
  { collection, items, table }: ItemTarget,
  fields: Record<string, unknown>,
) {
  const { created, updated } = stampsOf(collection);
  const refuse = (column: string) => {
    const name = items.fields.find(({ field }) => field.name === column)?.name ?? column;
    return new RestError("CRM_FIELD_ERROR_VALUE_NOT_VALID", `Неверное значение поля «${name}»`);
  };
  const given = importable(collection).filter((column) => fields[column] !== undefined);
  if (given[0] && !isAdmin(caller.userId)) throw refuse(given[0]);
  const moment = (column: string) => {
    const at = fields[column] === undefined ? undefined : portal.zone.parse(asText(fields[column]));
    if (at === null || (at !== undefined && at > portal.clock.now())) throw refuse(column);
    return at;
  };
  const [createdAt, updatedAt] = [moment(created), moment(updated)];
  const last = table.size > 0 ? portal.zone.parse(asText(table.at(table.size - 1)[created])) : null;
  if (createdAt !== undefined && last !== null && createdAt < last) throw refuse(created);
  if (updatedAt !== undefined && updatedAt < (createdAt ?? portal.clock.now())) throw refuse(updated);
}
