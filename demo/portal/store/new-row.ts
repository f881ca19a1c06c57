import { blankValue } from "../fields/blank.ts";
import { SMART_COLLECTION } from "../seed/smart-process.ts";
import { type Collection, isEntity, type Row } from "../values.ts";
import { DAY } from "../zone.ts";
import { withoutEmptyPoints } from "./contact-points.ts";
import { derivedFields } from "./derived.ts";
import { linkedFields } from "./links.ts";
import { stampsOf } from "./stamps.ts";
import { readFields, requireNames, type WriteContext } from "./write.ts";

const TITLES: Partial<Record<Collection, string>> = {
  deal: "Сделка",
  lead: "Лид",
  [SMART_COLLECTION]: "Объект обслуживания",
};

/** The row of a new record: the caller's fields over the portal's defaults. */
export function newRow(context: WriteContext, fields: Record<string, unknown>): Row {
  const { entity, nextId } = context;
  const given = linkedFields(readFields(context, fields, {}), context.catalogue);
  requireNames(entity, given);
  const row: Row = { ...blankRow(context), ...stamps(context), ...defaults(context), ...given };
  if (TITLES[entity] && !row.TITLE) row.TITLE = `${TITLES[entity]} #${nextId}`;
  if (stampsOf(entity).stage) placeOnStage(context, row);
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

function stamps({ entity, zone, now, userId }: WriteContext): Row {
  const names = stampsOf(entity);
  const at = zone.datetime(now);
  const row: Row = {
    [names.created]: at,
    [names.updated]: at,
    [names.createdBy]: userId,
    [names.updatedBy]: userId,
    ASSIGNED_BY_ID: userId,
    LAST_ACTIVITY_TIME: at,
    LAST_ACTIVITY_BY: userId,
  };
  return names.stage ? { ...row, [names.movedBy]: userId, MOVED_TIME: at } : row;
}

function defaults({ entity, zone, now, categories }: WriteContext): Row {
  const common: Row = { OPENED: "Y" };
  const today = zone.startOfDay(now) + zone.offset * 60_000;
  const dates = { BEGINDATE: zone.date(today), CLOSEDATE: zone.date(today + 7 * DAY) };
  const funnel = { CATEGORY_ID: categories[0] ?? "0", CURRENCY_ID: "RUB" };
  if (!isEntity(entity)) return { ...common, ...dates, ...funnel, CONTACT_IDS: [], OBSERVERS: [] };
  if (entity === "deal") return { ...common, ...dates, ...funnel, TYPE_ID: "SALE" };
  if (entity === "lead") return { ...common, CURRENCY_ID: "RUB" };
  if (entity === "company") return { ...common, CURRENCY_ID: "RUB", COMPANY_TYPE: "CUSTOMER" };
  return { ...common, EXPORT: "Y", TYPE_ID: "CLIENT" };
}

/** A stage that the funnel does not have becomes its first one. */
function placeOnStage(context: WriteContext, row: Row): void {
  const { stage: name, hasFunnels } = stampsOf(context.entity);
  if (!name) return;
  const stages = context.stages(hasFunnels ? String(row.CATEGORY_ID) : null);
  if (!stages.some((stage) => stage.id === row[name])) row[name] = stages[0]?.id ?? "NEW";
}
