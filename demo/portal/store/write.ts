import type { Catalogue } from "../fields/catalogue.ts";
import type { Field } from "../fields/field.ts";
import { RestError } from "../rest/error.ts";
import { type Collection, isMap, type Row, type Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import { writeContactPoints } from "./contact-points.ts";
import { importable } from "./stamps.ts";
import { storeScalar } from "./store-value.ts";

/** What a write needs to know about the portal and the moment. */
export interface WriteContext {
  entity: Collection;
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
  /** The universal methods move records between funnels, the classic ones do not. */
  mayMoveFunnel: boolean;
  /** Funnels of this kind of record, the default one first. */
  categories: readonly string[];
}

/** The caller's fields in stored shapes. Unknown and read-only names are ignored, as in the portal. */
export function readFields(context: WriteContext, fields: Record<string, unknown>, before: Row): Row {
  const row: Row = {};
  const imported = context.isImport ? importable(context.entity) : [];
  for (const [key, value] of Object.entries(fields)) {
    const field = context.catalogue.byName.get(key.toUpperCase());
    if (!field || field.name === "ID") continue;
    if (field.isReadOnly && !imported.includes(field.name)) continue;
    row[field.name] = storeField(context, field, value, before);
  }
  return row;
}

function storeField(context: WriteContext, field: Field, value: unknown, before: Row): Value {
  if (field.type === "crm_multifield") {
    return writeContactPoints(field.name, before[field.name] ?? [], value, context.nextPointId);
  }
  const kept = field.type === "file" ? before[field.name] : null;
  if (!field.isMultiple) return keptFile(kept, value) ?? storeScalar(field, value, context.zone);
  const members = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.values(value)
      : [value];
  return members
    .filter((member) => member !== "" && member !== null && member !== undefined && member !== false)
    .map((member) => keptFile(kept, member) ?? storeScalar(field, member, context.zone));
}

/** `{id: N}` keeps a file that is there already. */
function keptFile(before: Value | undefined, value: unknown): Value | null {
  if (!before || !isMap(value) || value.id === undefined) return null;
  const files = Array.isArray(before) ? before : [before];
  return files.find((file) => isMap(file) && String(file.id) === String(value.id)) ?? null;
}

/** A person needs a name, a company a title; leads and deals name themselves. */
export function requireNames(entity: Collection, row: Row): void {
  const missing = missingNames(entity, row);
  if (missing) throw new RestError("", missing);
}

/** What a record lacks to be called by, in the portal's words; null where it lacks nothing. */
export function missingNames(entity: Collection, row: Row): string | null {
  if (entity === "contact" && !row.NAME && !row.LAST_NAME) {
    return "Не заполнены обязательные поля: «Имя» или «Фамилия»";
  }
  return entity === "company" && !row.TITLE ? "Не заполнено поле «Название компании»" : null;
}
