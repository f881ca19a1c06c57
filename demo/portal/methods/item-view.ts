import { disabledFields, type ItemField } from "../fields/item-catalogue.ts";
import type { Portal } from "../portal.ts";
import { itemValue } from "../store/item-value.ts";
import { linkIds } from "../store/link-rows.ts";
import { isMap, type Row, type Value } from "../values.ts";
import type { ItemTarget } from "./item-target.ts";

const POINT_TYPES = ["PHONE", "EMAIL", "WEB", "IM", "LINK"] as const;

/** A field's name in answers: user fields keep their own where the caller asks so. */
export function shownName({ name, field }: ItemField, { originalNames }: Pick<ItemTarget, "originalNames">) {
  return originalNames && field.isDynamic ? field.name : name;
}

/** Fields of a record that were asked for, typed; `null` asks for all of them, phones and e-mails included. */
export function viewItem(
  row: Row,
  target: ItemTarget,
  names: ReadonlySet<string> | null,
  portal: Portal,
): Record<string, Value> {
  const { collection, entityTypeId, items } = target;
  const shown: Record<string, Value> = {};
  for (const item of items.fields) {
    const name = shownName(item, target);
    if (names && !names.has(item.name) && !names.has(item.field.name)) continue;
    const stored = item.field.isHidden ? hiddenValue(row, item, target, portal) : row[item.field.name];
    shown[name] = itemValue(item.field, stored, portal.address.url);
  }
  if (names) return shown;
  for (const name of disabledFields(collection)) shown[name] = null;
  if (isCommunicative(target)) Object.assign(shown, pointAliases(row), { fm: pointList(row) });
  return { ...shown, entityTypeId };
}

/** Lists of links, kept apart from what the classic methods show. */
function hiddenValue(row: Row, { field, upperName }: ItemField, target: ItemTarget, { crm }: Portal): Value {
  if (target.collection === "company") return crm.companyContacts.of(Number(row.ID));
  if (upperName === "CONTACT_IDS" || upperName === "COMPANY_IDS") return linkIds(row, upperName);
  return row[field.name] ?? [];
}

function isCommunicative({ collection }: ItemTarget): boolean {
  return collection === "lead" || collection === "contact" || collection === "company";
}

interface Point {
  ID: string;
  TYPE_ID: string;
  VALUE_TYPE: string;
  VALUE: string;
}

function pointsOf(row: Row, type: string): Point[] {
  const points = row[type];
  return Array.isArray(points) ? (points.filter((point) => isMap(point)) as unknown as Point[]) : [];
}

function pointList(row: Row): Value[] {
  return POINT_TYPES.flatMap((type) =>
    pointsOf(row, type).map(({ ID, TYPE_ID, VALUE_TYPE, VALUE }) => ({
      id: Number(ID),
      valueType: VALUE_TYPE,
      value: VALUE,
      typeId: TYPE_ID,
    })),
  );
}

/** The first value of each kind, flat, beside the list. */
function pointAliases(row: Row): Record<string, Value> {
  const first = (type: string, kind?: string) =>
    pointsOf(row, type).find((point) => !kind || point.VALUE_TYPE === kind)?.VALUE ?? "";
  return {
    phoneMobile: first("PHONE", "MOBILE"),
    phoneWork: first("PHONE", "WORK"),
    phoneMailing: first("PHONE", "MAILING"),
    emailHome: first("EMAIL", "HOME"),
    emailWork: first("EMAIL", "WORK"),
    emailMailing: first("EMAIL", "MAILING"),
    imol: first("IM", "IMOL"),
    email: first("EMAIL"),
    phone: first("PHONE"),
  };
}
