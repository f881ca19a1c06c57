import type { Catalogue } from "../fields/catalogue.ts";
import type { Field } from "../fields/field.ts";
import { RestError } from "../rest/error.ts";
import type { Entity, Row, Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import { writeContactPoints } from "./contact-points.ts";
import { storeScalar } from "./store-value.ts";

/** What a write needs to know about the portal and the moment. */
export interface WriteContext {
  entity: Entity;
  catalogue: Catalogue;
  zone: Zone;
  /** Milliseconds. */
  now: number;
  /** Who writes. */
  userId: string;
  nextId: number;
  nextPointId(): number;
  /** Stages of a deal funnel, or of leads for null. */
  stages(category: string | null): { id: string; semantics: string }[];
  /** The caller imports: it may set dates and authors. */
  isImport: boolean;
}

const IMPORTABLE = new Set(["DATE_CREATE", "DATE_MODIFY", "CREATED_BY_ID", "MODIFY_BY_ID"]);

/** The caller's fields in stored shapes. Unknown and read-only names are ignored, as in the portal. */
export function readFields(context: WriteContext, fields: Record<string, unknown>, before: Row): Row {
  const row: Row = {};
  for (const [key, value] of Object.entries(fields)) {
    const field = context.catalogue.byName.get(key.toUpperCase());
    if (!field || field.name === "ID") continue;
    if (field.isReadOnly && !(context.isImport && IMPORTABLE.has(field.name))) continue;
    row[field.name] = storeField(context, field, value, before);
  }
  return row;
}

function storeField(context: WriteContext, field: Field, value: unknown, before: Row): Value {
  if (field.type === "crm_multifield") {
    return writeContactPoints(field.name, before[field.name] ?? [], value, context.nextPointId);
  }
  if (!field.isMultiple) return storeScalar(field, value, context.zone);
  const members = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.values(value)
      : [value];
  return members
    .filter((member) => member !== "" && member !== null && member !== undefined && member !== false)
    .map((member) => storeScalar(field, member, context.zone));
}

/** A person needs a name, a company a title; leads and deals name themselves. */
export function requireNames(entity: Entity, row: Row): void {
  if (entity === "contact" && !row.NAME && !row.LAST_NAME) {
    throw new RestError("", "Не заполнены обязательные поля: «Имя» или «Фамилия»");
  }
  if (entity === "company" && !row.TITLE) throw new RestError("", "Не заполнено поле «Название компании»");
}
