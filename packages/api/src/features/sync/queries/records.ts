import type { Entity, Label } from "@b24kit/client/contract";
import { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { tableOf } from "../entities.ts";
import type { Queryable } from "../store/queryable.ts";
import { recordParameters } from "./parameters.ts";
import { dayStart, readPortalOffset } from "./portal-time.ts";
import { readSources, type Shape, type Sources } from "./source.ts";
import { readStageColors } from "./stage-colors.ts";
import { type Output, selectFrom, toPattern, Values } from "./statement.ts";
import { listedOutputs, listedShape, readListedFields } from "./user-fields.ts";

export type RecordParameters = z.output<typeof recordParameters> & {
  readonly stage?: string | undefined;
  readonly funnel?: number | undefined;
} & { readonly [K in Relative]?: number | undefined };

/** Records that others hang on: `?company=7` asks for those of one company. */
const relatives = ["deal", "company", "contact"] as const;
type Relative = (typeof relatives)[number];

/** What tells the list of one entity's records from another's. In all SQL `d` is the record. */
export interface RecordList {
  readonly entity: Entity;
  readonly title: Label;
  readonly description: Label;
  /** Columns of the record that the SQL below speaks of. */
  readonly shape: Shape;
  /** Columns before and after those of the portal's own fields. */
  readonly outputs: readonly Output[];
  readonly last?: readonly Output[];
  readonly joins: (sources: Sources) => readonly string[];
  /** SQL of the text that `search` looks into. */
  readonly name: string;
  /**
   * Column that the parameter `stage` compares with (without it there is none), and the LIKE pattern of the ENTITY_IDs
   * that hold the colours of the output `stage`.
   */
  readonly stage?: { readonly column: string; readonly dictionaries: string };
  /** Column that `funnel` compares with. */
  readonly funnel?: string;
  /** SQL that holds for the records of another one, whose id is `value`. */
  readonly belongsTo?: { readonly [K in Relative]?: (value: string, sources: Sources) => string };
}

const relativeParameters = {
  deal: z.coerce.number().int().optional().describe("Id of the deal that they belong to"),
  company: z.coerce.number().int().optional().describe("Id of the company that they belong to"),
  contact: z.coerce.number().int().optional().describe("Id of the contact that they belong to"),
};

const stageParameters = {
  stage: z.string().max(50).optional().describe("Code of the stage, e.g. NEW or C1:WON"),
  funnel: z.coerce.number().int().optional().describe("Id of the funnel"),
};

/** A named query over the records of an entity: readable columns, names instead of codes, newest first. */
export function defineRecordList(db: Queryable, list: RecordList): QueryDefinition {
  const { entity, title, description } = list;
  const parameters = recordParameters.extend({
    ...(list.stage ? { stage: stageParameters.stage } : {}),
    ...(list.funnel ? { funnel: stageParameters.funnel } : {}),
    ...Object.fromEntries(
      relatives.filter((name) => list.belongsTo?.[name]).map((name) => [name, relativeParameters[name]]),
    ),
  });
  return defineQuery({
    name: tableOf(entity),
    title,
    description,
    parameters: parameters as typeof recordParameters,
    defaultLimit: 1_000,
    maxLimit: 1_000_000,
    async build({ portal, params, limit }) {
      const [sources, own, offset] = await Promise.all([
        readSources(db, portal.schema),
        readListedFields(db, portal.id, entity, { customOnly: true }),
        readPortalOffset(db, portal.id),
      ]);
      const values = new Values();
      const asked = params as RecordParameters;
      const conditions = [
        ...filters(list, asked, values, offset),
        ...relations(list, asked, values, sources),
      ];
      const first = await colorStages(db, sources, list);
      const outputs = [...first, ...listedOutputs(own, "d", sources, values), ...(list.last ?? [])];
      const source = sources.from(tableOf(entity), { ...list.shape, ...listedShape(own) }, "d");
      const where = conditions.length > 0 ? `\nWHERE ${conditions.join(" AND ")}` : "";
      return selectFrom(
        outputs,
        values,
        `FROM ${[source, ...list.joins(sources)].join("\n  ")}${where}\nORDER BY d.id DESC LIMIT ${values.add(limit)}`,
      );
    },
  });
}

/** The list's own outputs, `stage` with the portal's colours. */
async function colorStages(db: Queryable, sources: Sources, list: RecordList): Promise<readonly Output[]> {
  if (!list.stage) return list.outputs;
  const colors = await readStageColors(db, sources, list.stage.dictionaries);
  return list.outputs.map((output) =>
    output.info.name === "stage" ? { ...output, info: { ...output.info, colors } } : output,
  );
}

export const userShape: Shape = { id: "bigint", full_name: "text" };
export const statusShape: Shape = { entity_id: "text", status_id: "text", name: "text" };

/** `LEFT JOIN … u ON u.id = d.assigned_by_id`. */
export function joinUser(sources: Sources, alias = "u", column = "assigned_by_id"): string {
  return `LEFT JOIN ${sources.from("users", userShape, alias)} ON ${alias}.id = d.${column}`;
}

/** Joins the words of a code. `dictionary` is SQL: a quoted ENTITY_ID, or an expression that makes one. */
export function joinStatus(sources: Sources, alias: string, column: string, dictionary: string): string {
  return `LEFT JOIN ${sources.from("statuses", statusShape, alias)} ON ${alias}.entity_id = ${dictionary} AND ${alias}.status_id = d.${column}`;
}

export function joinCompany(sources: Sources): string {
  return `LEFT JOIN ${sources.from("companies", { id: "bigint", title: "text" }, "company")} ON company.id = d.company_id`;
}

function filters(
  { name, stage, funnel }: RecordList,
  params: RecordParameters,
  values: Values,
  offset: number,
): string[] {
  const conditions: string[] = [];
  if (params.id !== undefined) conditions.push(`d.id = ${values.add(params.id)}::bigint`);
  if (params.search) conditions.push(`${name} ILIKE ${values.add(toPattern(params.search))}`);
  if (params.responsible !== undefined)
    conditions.push(`d.assigned_by_id = ${values.add(params.responsible)}::bigint`);
  if (params.source !== undefined) conditions.push(`d.source_id = ${values.add(params.source)}`);
  if (params.from !== undefined)
    conditions.push(`d.date_create >= ${dayStart(`${values.add(params.from)}::date`, offset)}`);
  if (params.to !== undefined)
    conditions.push(`d.date_create < ${dayStart(`${values.add(params.to)}::date + 1`, offset)}`);
  if (stage && params.stage !== undefined) conditions.push(`d.${stage.column} = ${values.add(params.stage)}`);
  if (funnel && params.funnel !== undefined)
    conditions.push(`d.${funnel} = ${values.add(params.funnel)}::integer`);
  return conditions;
}

function relations(
  { belongsTo = {} }: RecordList,
  params: RecordParameters,
  values: Values,
  sources: Sources,
): string[] {
  return relatives.flatMap((name) => {
    const id = params[name];
    const condition = belongsTo[name];
    return condition && id !== undefined ? [condition(`${values.add(id)}::bigint`, sources)] : [];
  });
}

/** The record that a deal names in one of its columns. */
export function ofDeal(column: "contact_id" | "company_id") {
  return (value: string, sources: Sources) =>
    `d.id IN (SELECT deal.${column} FROM ${sources.from("deals", { id: "bigint", [column]: "bigint" }, "deal")} WHERE deal.id = ${value})`;
}
