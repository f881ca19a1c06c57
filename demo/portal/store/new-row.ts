import type { Field } from "../fields/field.ts";
import type { Entity, Row, Value } from "../values.ts";
import { DAY } from "../zone.ts";
import { withoutEmptyPoints } from "./contact-points.ts";
import { derivedFields } from "./derived.ts";
import { linkedFields } from "./links.ts";
import { readFields, requireNames, type WriteContext } from "./write.ts";

const TITLES: Partial<Record<Entity, string>> = { deal: "Сделка", lead: "Лид" };

/** The row of a new record: the caller's fields over the portal's defaults. */
export function newRow(context: WriteContext, fields: Record<string, unknown>): Row {
  const { entity, nextId } = context;
  const given = linkedFields(readFields(context, fields, {}), context.catalogue);
  requireNames(entity, given);
  const row: Row = { ...blankRow(context), ...stamps(context), ...defaults(context), ...given };
  if (TITLES[entity] && !row.TITLE) row.TITLE = `${TITLES[entity]} #${nextId}`;
  if (entity === "deal" || entity === "lead") placeOnStage(context, row);
  return withoutEmptyPoints({ ...row, ...derivedFields(context, row), ID: String(nextId) });
}

function blankRow({ catalogue }: WriteContext): Row {
  const row: Row = {};
  for (const field of catalogue.fields) {
    const blank = blankValue(field);
    if (blank !== undefined) row[field.name] = blank;
  }
  return row;
}

/** What the portal shows for a field that nobody filled. */
function blankValue(field: Field): Value | undefined {
  if (field.type === "crm_multifield") return undefined;
  if (field.isMultiple) return field.isDynamic && field.type !== "file" ? false : [];
  if (field.type === "char") return "N";
  if (field.type === "date" || field.type === "datetime" || field.type === "url") return "";
  if (field.type === "double" && !field.isDynamic) return "0.00";
  return null;
}

function stamps({ entity, zone, now, userId }: WriteContext): Row {
  const at = zone.datetime(now);
  const row: Row = {
    DATE_CREATE: at,
    DATE_MODIFY: at,
    CREATED_BY_ID: userId,
    MODIFY_BY_ID: userId,
    ASSIGNED_BY_ID: userId,
    LAST_ACTIVITY_TIME: at,
    LAST_ACTIVITY_BY: userId,
  };
  return entity === "deal" || entity === "lead" ? { ...row, MOVED_BY_ID: userId, MOVED_TIME: at } : row;
}

function defaults({ entity, zone, now }: WriteContext): Row {
  const common: Row = { OPENED: "Y" };
  if (entity === "deal") {
    const today = zone.startOfDay(now) + zone.offset * 60_000;
    const dates = { BEGINDATE: zone.date(today), CLOSEDATE: zone.date(today + 7 * DAY) };
    return { ...common, ...dates, CATEGORY_ID: "0", TYPE_ID: "SALE", CURRENCY_ID: "RUB" };
  }
  if (entity === "lead") return { ...common, CURRENCY_ID: "RUB" };
  if (entity === "company") return { ...common, CURRENCY_ID: "RUB", COMPANY_TYPE: "CUSTOMER" };
  return { ...common, EXPORT: "Y", TYPE_ID: "CLIENT" };
}

/** A stage that the funnel does not have becomes its first one. */
function placeOnStage(context: WriteContext, row: Row): void {
  const isDeal = context.entity === "deal";
  const name = isDeal ? "STAGE_ID" : "STATUS_ID";
  const stages = context.stages(isDeal ? String(row.CATEGORY_ID) : null);
  if (!stages.some((stage) => stage.id === row[name])) row[name] = stages[0]?.id ?? "NEW";
}
