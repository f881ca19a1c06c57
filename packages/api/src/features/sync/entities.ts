import type { Entity, Label } from "@b24kit/client/contract";
import type { Dictionary } from "./dictionaries.ts";
import {
  CALL_FIELDS,
  DEAL_MOVE_FIELDS,
  type FixedField,
  LEAD_MOVE_FIELDS,
  PRODUCT_ROW_FIELDS,
  TASK_FIELDS,
} from "./fixed-fields.ts";
import type { ListShape } from "./list-command.ts";

/** What every mirrored entity has. */
interface Named {
  readonly entity: Entity;
  /** Table in the portal's mirror schema. */
  readonly table: string;
  readonly label: Label;
  /** Path of a record's card on the portal, with the column to fill in. */
  readonly link?: string;
  /** A scope beside the CRM's: a credential without it lacks this entity, and nothing else. */
  readonly scope?: string;
}

/** Everything that tells one entity whose records are listed from another. A new one is a new row here, not new code. */
export interface EntityDescriptor extends Named {
  readonly list: ListShape;
  /** Where the portal describes its fields; or the fields, where it has no word for them. */
  readonly fields: FieldsMethod | readonly FixedField[];
  readonly userFieldsMethod?: string;
  /** How changes show; null where records are only added: those with an id above the mirror's are all there is. */
  readonly changed: Changed | null;
  /** Fields that are described and not listed: columns for them would always be empty. */
  readonly notListed?: readonly string[];
  /** Asks for one record, and says "not found" of a record that is gone, and only then. */
  readonly get?: { readonly method: string; readonly params?: Readonly<Record<string, unknown>> };
  /**
   * The record of another table without which it is gone, too. With `type`, the portal lists the records of one owner
   * and no others: they are read owner by owner, again where the owner changed.
   */
  readonly owner?: { readonly table: string; readonly column: string; readonly type?: string };
  /** Events of the portal about single records, and about the fields that all have. */
  readonly recordEvents?: readonly string[];
  readonly fieldEvents?: readonly string[];
}

/** An entity that is small enough to be read as a whole, whenever anything is read: see dictionaries.ts. */
export interface DictionaryEntity extends Named {
  readonly dictionary: Dictionary["name"];
}

export type MirroredEntity = EntityDescriptor | DictionaryEntity;

interface FieldsMethod {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Where the fields are when the answer holds more. */
  readonly key?: string;
}

/** The time of a record's last change: what filters call it, and what rows do. */
interface Changed {
  readonly filter: string;
  readonly field: string;
}

const masks = ["*", "UF_*"];
const multiFields = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];

function classic(
  entity: "deal" | "contact" | "lead" | "company",
  table: string,
  label: Label,
  notListed: readonly string[],
): EntityDescriptor {
  const event = `ONCRM${entity.toUpperCase()}`;
  return {
    ...{ entity, table, label, notListed },
    list: {
      ...{ method: `crm.${entity}.list`, idField: "ID", rowId: "ID", among: "@ID" },
      // Masks leave multi-fields out.
      select: entity === "deal" ? masks : [...masks, ...multiFields],
    },
    fields: { method: `crm.${entity}.fields` },
    userFieldsMethod: `crm.${entity}.userfield.list`,
    changed: { filter: "DATE_MODIFY", field: "DATE_MODIFY" },
    get: { method: `crm.${entity}.get` },
    // A move to another funnel is not told as an update.
    recordEvents: ["ADD", "UPDATE", "DELETE", "MOVETOCATEGORY"].map((what) => event + what),
    fieldEvents: ["ADD", "UPDATE", "DELETE", "SETENUMVALUES"].map((what) => `${event}USERFIELD${what}`),
    link: `/crm/${entity}/details/{id}/`,
  };
}

/** Arrivals of records on stages: they are added, and go with their record. */
function moves(
  entity: Entity,
  label: Label,
  owner: { entityTypeId: number; table: string },
  fields: readonly FixedField[],
): EntityDescriptor {
  return {
    ...{ entity, table: entity, label, fields, changed: null },
    list: {
      ...{ method: "crm.stagehistory.list", params: { entityTypeId: owner.entityTypeId }, itemsKey: "items" },
      ...{ idField: "ID", rowId: "ID", among: "@ID", select: ["*"] },
    },
    owner: { table: owner.table, column: "owner_id" },
  };
}

const label = (ru: string, en: string): Label => ({ ru, en });

export const ENTITIES: readonly MirroredEntity[] = [
  classic("deal", "deals", label("Сделки", "Deals"), ["CONTACT_IDS"]),
  classic("contact", "contacts", label("Контакты", "Contacts"), ["COMPANY_IDS"]),
  classic("lead", "leads", label("Лиды", "Leads"), ["CONTACT_IDS"]),
  classic("company", "companies", label("Компании", "Companies"), ["CONTACT_ID"]),
  moves(
    "stage_history",
    label("История стадий сделок", "Deal stage history"),
    { entityTypeId: 2, table: "deals" },
    DEAL_MOVE_FIELDS,
  ),
  moves(
    "lead_stage_history",
    label("История стадий лидов", "Lead stage history"),
    { entityTypeId: 1, table: "leads" },
    LEAD_MOVE_FIELDS,
  ),
  {
    ...{
      entity: "product_row",
      table: "product_rows",
      label: label("Товары в сделках", "Products of deals"),
    },
    list: {
      ...{ method: "crm.item.productrow.list", idField: "id", rowId: "id", itemsKey: "productRows" },
      ...{ among: "@id", select: [] },
    },
    ...{ fields: PRODUCT_ROW_FIELDS, changed: null },
    owner: { table: "deals", column: "owner_id", type: "D" },
  },
  {
    ...{
      entity: "task",
      table: "tasks",
      label: label("Задачи", "Tasks"),
      scope: "task",
      fields: TASK_FIELDS,
    },
    list: {
      ...{ method: "tasks.task.list", idField: "ID", rowId: "id", itemsKey: "tasks", among: "ID" },
      select: TASK_FIELDS.map(({ asked }) => asked),
    },
    changed: { filter: "CHANGED_DATE", field: "changedDate" },
    recordEvents: ["ONTASKADD", "ONTASKUPDATE", "ONTASKDELETE"],
    link: "/company/personal/user/0/tasks/task/view/{id}/",
  },
  {
    ...{
      entity: "call",
      table: "calls",
      label: label("Звонки", "Calls"),
      scope: "telephony",
      fields: CALL_FIELDS,
    },
    list: {
      method: "voximplant.statistic.get",
      idField: "ID",
      rowId: "ID",
      among: "ID",
      flat: true,
      select: [],
    },
    changed: { filter: "CALL_START_DATE", field: "CALL_START_DATE" },
  },
  {
    entity: "user",
    table: "users",
    label: label("Сотрудники", "Employees"),
    dictionary: "users",
    scope: "user",
    link: "/company/personal/user/{id}/",
  },
  {
    entity: "department",
    table: "departments",
    label: label("Отделы", "Departments"),
    dictionary: "departments",
    scope: "department",
  },
  {
    entity: "status",
    table: "statuses",
    label: label("Справочники и стадии", "Dictionaries and stages"),
    dictionary: "statuses",
  },
];

/** A smart process, which portals make as they like and number by themselves. */
export function smartProcess(entityTypeId: number, title?: string): EntityDescriptor {
  const params = { entityTypeId, useOriginalUfNames: "Y" };
  const event = (what: string) => [`ONCRMDYNAMICITEM${what}`, `ONCRMDYNAMICITEM${what}_${entityTypeId}`];
  const named = `Смарт-процесс ${entityTypeId}`;
  return {
    ...{ entity: `dynamic_${entityTypeId}`, table: `items_${entityTypeId}` },
    label: label(title ?? named, title ?? `Smart process ${entityTypeId}`),
    list: {
      ...{ method: "crm.item.list", params, itemsKey: "items" },
      ...{ idField: "id", rowId: "id", among: "@id", select: ["*"] },
    },
    fields: { method: "crm.item.fields", params, key: "fields" },
    changed: { filter: "updatedTime", field: "updatedTime" },
    get: { method: "crm.item.get", params: { entityTypeId } },
    recordEvents: ["ADD", "UPDATE", "DELETE"].flatMap(event),
    link: `/crm/type/${entityTypeId}/details/{id}/`,
  };
}

const byName = new Map(ENTITIES.map((one) => [one.entity, one]));

/** An entity by its name; null where there can be none of that name. */
export function findEntity(entity: Entity): MirroredEntity | null {
  const smart = /^dynamic_(\d{1,9})$/.exec(entity)?.[1];
  return smart === undefined ? (byName.get(entity) ?? null) : smartProcess(Number(smart));
}

/** An entity whose records are listed. @throws Error where the name is another's */
export function recordsOf(entity: Entity): EntityDescriptor {
  const found = findEntity(entity);
  if (found === null || "dictionary" in found) throw new Error(`"${entity}" has no records of its own`);
  return found;
}

/** @throws Error where there is no such entity */
export function tableOf(entity: Entity): string {
  const found = findEntity(entity);
  if (found === null) throw new Error(`there is no entity "${entity}"`);
  return found.table;
}

/** Whether the portal lists the records of one owner at a time. */
export const readsByOwner = ({ owner }: Pick<EntityDescriptor, "owner">): boolean =>
  owner?.type !== undefined;

/** The entity whose records own these, where they are read owner by owner; null where they are not. */
export function ownerEntity(entity: Entity): Entity | null {
  const found = findEntity(entity);
  if (found === null || "dictionary" in found || !readsByOwner(found)) return null;
  const table = found.owner?.table;
  return ENTITIES.find((one) => one.table === table)!.entity;
}

export const isFixed = (fields: EntityDescriptor["fields"]): fields is readonly FixedField[] =>
  Array.isArray(fields);
