import type { Catalogue } from "../fields/catalogue.ts";
import type { ItemCatalogue, ItemField } from "../fields/item-catalogue.ts";
import { asInteger, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import { isMap, type Row } from "../values.ts";
import type { Zone } from "../zone.ts";
import { compileCondition } from "./condition.ts";
import { compileFilter, type Filter } from "./filter.ts";
import { readOperator } from "./operator.ts";
import { compileOrder, type Order } from "./order.ts";

interface Names {
  items: ItemCatalogue;
  catalogue: Catalogue;
  zone: Zone;
}

type Test = (row: Row) => boolean;

const invalid = (text: string) => new RestError("INVALID_ARG_VALUE", text);

/**
 * Compiles the filter of `crm.item.list`: conditions, and under numbered keys groups of conditions to any depth, joined
 * by `logic` (AND where it is not named). Unlike the classic lists it refuses fields that it does not know.
 */
export function compileItemFilter(given: Record<string, unknown>, names: Names): Filter {
  if (logicOf(given) === "OR")
    return { ...compileFilter({}, names.catalogue, names.zone), test: compileGroup(given, names) };
  const lines: Record<string, unknown> = {};
  const groups: Test[] = [];
  for (const [key, value] of Object.entries(given)) {
    if (key.toLowerCase() === "logic") continue;
    if (isGroup(key)) {
      groups.push(compileGroup(asGroup(key, value), names));
      continue;
    }
    const { field, prefix } = filterField(key, names.items);
    lines[prefix + field.name] = operandOf(field.type, value);
  }
  const filter = compileFilter(lines, names.catalogue, names.zone);
  const tests = filter.test ? [filter.test, ...groups] : groups;
  return tests.length === 0 ? filter : { ...filter, test: (row) => tests.every((test) => test(row)) };
}

function compileGroup(group: Record<string, unknown>, names: Names): Test {
  const tests = Object.entries(group)
    .filter(([key]) => key.toLowerCase() !== "logic")
    .map(([key, value]): Test => {
      if (isGroup(key)) return compileGroup(asGroup(key, value), names);
      const { field } = filterField(key, names.items);
      return compileCondition(field, readOperator(key).operator, operandOf(field.type, value), names.zone);
    });
  if (logicOf(group) === "OR") return (row) => tests.length === 0 || tests.some((test) => test(row));
  return (row) => tests.every((test) => test(row));
}

const isGroup = (key: string) => /^\d+$/.test(key);
const logicOf = (group: Record<string, unknown>) => asText(group.logic ?? group.LOGIC).toUpperCase();

function asGroup(key: string, value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return { ...value };
  if (!isMap(value)) throw invalid(`Invalid filter: field '${key}' is not allowed in filter`);
  return value;
}

function filterField(key: string, items: ItemCatalogue) {
  const { name } = readOperator(key);
  const item = items.byName.get(name);
  if (!item || item.field.isHidden) throw invalid(`Invalid filter: field '${name}' is not allowed in filter`);
  return { field: item.field, prefix: key.slice(0, key.length - name.length) };
}

/** User fields of type boolean know 1 and 0 here, although they are shown as Y and N. */
function operandOf(type: string, value: unknown): unknown {
  if (type !== "boolean" || typeof value === "object") return value;
  return asInteger(value) === 1 ? "1" : "0";
}

/** Compiles the order of `crm.item.list`; fields and directions that it does not know are refused. */
export function compileItemOrder(given: Record<string, unknown>, names: Names): Order {
  const lines: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const item: ItemField | undefined = names.items.byName.get(name);
    if (!item || item.field.isHidden || item.field.isMultiple) {
      throw invalid(`Invalid order: field '${name}' is not allowed in order`);
    }
    const direction = asText(value).toUpperCase();
    if (direction !== "ASC" && direction !== "DESC") {
      const words = "allowed sort directions are `ASC, DESC`. But got";
      throw invalid(`Invalid order: ${words} '${asText(value)}' for field '${name}'`);
    }
    lines[item.field.name] = direction;
  }
  return compileOrder(lines, names.catalogue, names.zone);
}
