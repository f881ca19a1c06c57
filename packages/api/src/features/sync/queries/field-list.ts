import type { Entity, Label } from "@b24kit/client/contract";
import { z } from "zod";
import { AppError } from "../../../platform/http/app-error.ts";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { planColumns } from "../columns.ts";
import { type EntityDescriptor, isFixed, recordsOf, smartProcess } from "../entities.ts";
import { itemsOf } from "../fixed-fields.ts";
import type { Queryable } from "../store/queryable.ts";
import { selectSmartProcesses } from "../store/smart-processes.ts";
import { dayStart, readPortalOffset } from "./portal-time.ts";
import { readSources, type Sources } from "./source.ts";
import { readStageColors } from "./stage-colors.ts";
import { type Output, output, selectFrom, toPattern, Values } from "./statement.ts";
import { anyFunnel, type ListedField, listedOutputs, listedShape, readListedFields } from "./user-fields.ts";

const day = z.iso.date();

const parameters = z.object({
  id: z.coerce.number().int().optional().describe("The one record with this id"),
  search: z.string().max(200).optional().describe("Text in the record's name"),
  responsible: z.coerce.number().int().optional().describe("Id of the responsible user"),
  deal: z.coerce.number().int().optional().describe("Id of the deal that they belong to"),
  from: day.optional().describe("Created on this day or later"),
  to: day.optional().describe("Created on this day or earlier"),
});

/** What tells the list of one entity's records from another's: all columns come from the fields. In all SQL `d` is the record. */
interface FieldList {
  readonly entity: Entity;
  readonly name: string;
  readonly title: Label;
  readonly description: Label;
  /** Columns that the parameters compare with; a parameter without a column finds nothing amiss. */
  readonly search?: string;
  readonly responsible?: string;
  readonly created?: string;
  /** SQL that holds for the records of a deal, whose id is `value`. */
  readonly ofDeal?: (value: string) => string;
  /** What the fields do not say in so many words. */
  readonly more?: (sources: Sources) => readonly Output[];
}

export const TASKS: FieldList = {
  entity: "task",
  name: "tasks",
  title: { ru: "Задачи", en: "Tasks" },
  description: {
    ru: "Задачи портала: ответственный, сроки, записи CRM; новые сверху",
    en: "The portal's tasks: responsible, dates, CRM records; newest first",
  },
  ...{ search: "title", responsible: "responsible_id", created: "created_date" },
  ofDeal: (value) => `'D_' || ${value}::text = ANY(d.uf_crm_task)`,
  more: () => [
    output("closed", "Завершена", "Closed", "boolean", "d.status = 5"),
    output("overdue", "Просрочена", "Overdue", "boolean", "coalesce(d.closed_date, now()) > d.deadline"),
  ],
};

export const CALLS: FieldList = {
  entity: "call",
  name: "calls",
  title: { ru: "Звонки", en: "Calls" },
  description: {
    ru: "Журнал звонков: кто, с кем, когда, сколько, чем кончилось; новые сверху",
    en: "The log of calls: who, whom with, when, how long, what came of it; newest first",
  },
  ...{ search: "phone_number", responsible: "portal_user_id", created: "call_start_date" },
  more: () => [
    output("incoming", "Входящий", "Incoming", "boolean", "d.call_type IN (2, 3)"),
    output("answered", "Состоялся", "Answered", "boolean", "d.call_failed_code = '200'"),
  ],
};

const dealOf = (sources: Sources, column: string, type: string) =>
  `(SELECT deal.${column} FROM ${sources.from("deals", { id: "bigint", [column]: type }, "deal")} WHERE deal.id = d.owner_id)`;

export const PRODUCT_ROWS: FieldList = {
  entity: "product_row",
  name: "product-rows",
  title: { ru: "Товары в сделках", en: "Products of deals" },
  description: {
    ru: "Товарные позиции сделок: что, сколько, по какой цене; новые сверху",
    en: "Rows of products in deals: what, how many, at which price; newest first",
  },
  search: "product_name",
  ofDeal: (value) => `d.owner_id = ${value}`,
  more: (sources) => [
    output("sum", "Сумма", "Sum", "money", "round(d.price * d.quantity, 2)", { unit: "{currency}" }),
    output("currency", "Валюта", "Currency", "status", dealOf(sources, "currency_id", "text")),
    output("deal", "Сделка", "Deal", "text", dealOf(sources, "title", "text"), {
      link: "/crm/deal/details/{owner_id}/",
    }),
  ],
};

/** Items of a smart process of the portal; `items-156` by its entityTypeId. Null where the name is another's. */
export function smartItems(db: Queryable, name: string): QueryDefinition | null {
  const entityTypeId = /^items-(\d{1,9})$/.exec(name)?.[1];
  if (entityTypeId === undefined) return null;
  const { entity, label } = smartProcess(Number(entityTypeId));
  return defineFieldList(db, {
    ...{
      entity,
      name,
      title: label,
      search: "title",
      responsible: "assigned_by_id",
      created: "created_time",
    },
    description: {
      ru: `Элементы смарт-процесса ${entityTypeId} со всеми его полями; новые сверху`,
      en: `Items of smart process ${entityTypeId} with all of its fields; newest first`,
    },
  });
}

/** A named query over the records of an entity: every field a column, names instead of codes, newest first. */
export function defineFieldList(db: Queryable, list: FieldList): QueryDefinition {
  const { entity, name, title, description } = list;
  const { link, table } = recordsOf(entity);
  return defineQuery({
    ...{ name, title, description },
    parameters,
    defaultLimit: 1_000,
    maxLimit: 1_000_000,
    async build({ portal, params, limit, language }) {
      const [sources, offset] = await Promise.all([
        readSources(db, portal.schema),
        readPortalOffset(db, portal.id),
      ]);
      const fields = await fieldsOf(db, portal, entity, language);
      const values = new Values();
      const known = new Set(fields.map(({ column }) => column));
      const [id, ...rest] = await listedColumns(db, sources, fields, values);
      const more = list.more?.(sources) ?? [];
      const outputs = [
        { ...id!, info: { ...id!.info, kind: "id" as const, ...(link ? { link } : {}) } },
        ...rest,
        ...more,
      ];
      const conditions = filters(list, params, known, values, offset);
      const where = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
      return {
        ...selectFrom(
          outputs,
          values,
          `FROM ${sources.from(table, listedShape(fields), "d")}${where}\nORDER BY d.id DESC LIMIT ${values.add(limit)}`,
        ),
        ...(hasOwnWords(entity) && { language }),
      };
    },
  });
}

/** The entity's fields; of a smart process as the portal described them. @throws AppError unknown_query */
async function fieldsOf(
  db: Queryable,
  portal: { readonly id: number; readonly schema: string },
  entity: Entity,
  language: keyof Label,
): Promise<ListedField[]> {
  const descriptor = recordsOf(entity);
  const idOnly = {
    name: "id",
    type: "integer",
    label: { ru: "ID", en: "ID" },
    column: "id",
    sqlType: "bigint",
  };
  if (isFixed(descriptor.fields)) return fixedFields(descriptor, language);
  const fields = await readListedFields(db, portal.id, entity, { customOnly: false });
  if (fields.length > 0) return fields;
  const known = await selectSmartProcesses(db, portal.schema);
  if (known.some(({ entityTypeId }) => smartProcess(entityTypeId).entity === entity))
    return [{ ...idOnly, multiple: false, items: [], statusType: null }];
  throw new AppError("unknown_query", `The portal has no smart process of this number.`);
}

/** Whether values are said in words of ours. */
function hasOwnWords(entity: Entity): boolean {
  const { fields } = recordsOf(entity);
  return isFixed(fields) && fields.some(({ meanings }) => meanings.length > 0);
}

function fixedFields({ fields, list }: EntityDescriptor, language: keyof Label): ListedField[] {
  if (!isFixed(fields)) return [];
  return planColumns(fields, list.rowId).map(({ field, columns: [column] }) => {
    const { words, meanings } = fields.find(({ name }) => name === field.name)!;
    return {
      ...{ type: field.type, multiple: field.multiple, statusType: field.statusType, label: words },
      ...{ items: itemsOf(meanings, language), column: column.name, sqlType: column.type },
    };
  });
}

/** Columns of the fields, stages with the portal's colours. */
async function listedColumns(
  db: Queryable,
  sources: Sources,
  fields: readonly ListedField[],
  values: Values,
): Promise<Output[]> {
  const outputs = listedOutputs(fields, "d", sources, values);
  const stage = fields.findIndex(({ column, statusType }) => column === "stage_id" && statusType !== null);
  if (stage < 0) return outputs;
  const colors = await readStageColors(db, sources, anyFunnel(fields[stage]!.statusType!));
  const { sql, info } = outputs[stage]!;
  return outputs.with(stage, { sql, info: { ...info, kind: "stage", colors } });
}

function filters(
  { search, responsible, created, ofDeal }: FieldList,
  params: z.output<typeof parameters>,
  known: ReadonlySet<string>,
  values: Values,
  offset: number,
): string[] {
  const conditions: string[] = [];
  const has = (column: string | undefined): column is string => column !== undefined && known.has(column);
  if (params.id !== undefined) conditions.push(`d.id = ${values.add(params.id)}::bigint`);
  if (params.search && has(search))
    conditions.push(`d.${search} ILIKE ${values.add(toPattern(params.search))}`);
  if (params.responsible !== undefined && has(responsible))
    conditions.push(`d.${responsible} = ${values.add(params.responsible)}::bigint`);
  if (params.deal !== undefined)
    conditions.push(ofDeal ? ofDeal(`${values.add(params.deal)}::bigint`) : "false");
  if (params.from !== undefined && has(created))
    conditions.push(`d.${created} >= ${dayStart(`${values.add(params.from)}::date`, offset)}`);
  if (params.to !== undefined && has(created))
    conditions.push(`d.${created} < ${dayStart(`${values.add(params.to)}::date + 1`, offset)}`);
  return conditions;
}
