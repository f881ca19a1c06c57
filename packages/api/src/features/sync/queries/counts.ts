import type { Label } from "@b24kit/client/contract";
import type { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import { tableOf } from "../entities.ts";
import type { Queryable } from "../store/queryable.ts";
import { peopleParameters } from "./parameters.ts";
import { dayStart, portalClock, readPortalOffset } from "./portal-time.ts";
import { statusShape } from "./records.ts";
import { readSources, type Sources } from "./source.ts";
import { readStageColors } from "./stage-colors.ts";
import { type Output, output, selectFrom, Values } from "./statement.ts";

/** How many records of an entity there are, by what a dictionary of the portal calls a column of theirs, or by month. */
interface Count {
  readonly entity: "lead" | "contact" | "company";
  readonly by: "month" | "stage" | "source" | "industry";
  readonly of: Label;
  readonly title: Label;
}

/** The column of a property, the dictionary that has its words, and what it is called. */
const PROPERTIES = {
  stage: { column: "status_id", dictionary: "STATUS", label: { ru: "Стадия", en: "Stage" }, kind: "stage" },
  source: {
    column: "source_id",
    dictionary: "SOURCE",
    label: { ru: "Источник", en: "Source" },
    kind: "status",
  },
  industry: {
    column: "industry",
    dictionary: "INDUSTRY",
    label: { ru: "Отрасль", en: "Industry" },
    kind: "status",
  },
} as const;

const LEADS = { ru: "Лидов", en: "Leads" };
const CONTACTS = { ru: "Контактов", en: "Contacts" };
const COMPANIES = { ru: "Компаний", en: "Companies" };

const COUNTS: readonly Count[] = [
  { entity: "lead", by: "stage", of: LEADS, title: { ru: "Лиды по стадиям", en: "Leads by stage" } },
  { entity: "lead", by: "source", of: LEADS, title: { ru: "Лиды по источникам", en: "Leads by source" } },
  { entity: "lead", by: "month", of: LEADS, title: { ru: "Лиды по месяцам", en: "Leads by month" } },
  {
    entity: "contact",
    by: "source",
    of: CONTACTS,
    title: { ru: "Контакты по источникам", en: "Contacts by source" },
  },
  {
    entity: "contact",
    by: "month",
    of: CONTACTS,
    title: { ru: "Контакты по месяцам", en: "Contacts by month" },
  },
  {
    entity: "company",
    by: "industry",
    of: COMPANIES,
    title: { ru: "Компании по отраслям", en: "Companies by industry" },
  },
  {
    entity: "company",
    by: "month",
    of: COMPANIES,
    title: { ru: "Компании по месяцам", en: "Companies by month" },
  },
];

/** Counts of leads, contacts and companies; deals, which have sums, are summed up elsewhere. */
export function counts(db: Queryable): QueryDefinition[] {
  return COUNTS.map((count) => defineCount(db, count));
}

function defineCount(db: Queryable, { entity, by, of, title }: Count): QueryDefinition {
  const number = output("count", of.ru, of.en, "count", "g.count");
  return defineQuery({
    name: `${tableOf(entity)}-by-${by}`,
    title,
    description: {
      ru: `${title.ru}: число записей, созданных за время, если оно названо`,
      en: `${title.en}: number of records, of those created in a time where one is named`,
    },
    parameters: peopleParameters,
    defaultLimit: 1_000,
    maxLimit: 10_000,
    async build({ portal, params, limit }) {
      const [sources, offset] = await Promise.all([
        readSources(db, portal.schema),
        readPortalOffset(db, portal.id),
      ]);
      const values = new Values();
      const records = recordsInQuestion(sources, entity, params, values, offset);
      const { outputs, from } =
        by === "month"
          ? byMonth(records, number, offset)
          : await byProperty(db, sources, records, number, by);
      return selectFrom(outputs, values, `${from}\nLIMIT ${values.add(limit)}`);
    },
  });
}

function recordsInQuestion(
  sources: Sources,
  entity: Count["entity"],
  params: z.output<typeof peopleParameters>,
  values: Values,
  offset: number,
): string {
  const shape = {
    ...{ status_id: "text", source_id: "text", industry: "text" },
    ...{ assigned_by_id: "bigint", date_create: "timestamptz" },
  };
  const conditions = ["true"];
  const given = (value: string | number) => values.add(value);
  if (params.responsible !== undefined)
    conditions.push(`d.assigned_by_id = ${given(params.responsible)}::bigint`);
  if (params.from !== undefined)
    conditions.push(`d.date_create >= ${dayStart(`${given(params.from)}::date`, offset)}`);
  if (params.to !== undefined)
    conditions.push(`d.date_create < ${dayStart(`${given(params.to)}::date + 1`, offset)}`);
  return `(SELECT d.* FROM ${sources.from(tableOf(entity), shape, "d")} WHERE ${conditions.join(" AND ")}) d`;
}

function byMonth(records: string, number: Output, offset: number): { outputs: Output[]; from: string } {
  const month = `date_trunc('month', ${portalClock("d.date_create", offset)})::date`;
  return {
    outputs: [output("month", "Месяц", "Month", "date", "g.month"), number],
    from: `FROM (SELECT ${month} AS month, count(*)::integer AS count FROM ${records} WHERE d.date_create IS NOT NULL GROUP BY 1) g ORDER BY g.month`,
  };
}

/** Stages stand in the portal's order, the rest by size. */
async function byProperty(
  db: Queryable,
  sources: Sources,
  records: string,
  number: Output,
  by: keyof typeof PROPERTIES,
): Promise<{ outputs: Output[]; from: string }> {
  const { column, dictionary, label, kind } = PROPERTIES[by];
  const colors = by === "stage" ? { colors: await readStageColors(db, sources, dictionary) } : {};
  const words = sources.from("statuses", { ...statusShape, sort: "integer" }, "word");
  return {
    outputs: [
      output(by, label.ru, label.en, kind, "coalesce(word.name, g.code)", colors),
      number,
      output(`${by}_id`, `Код: ${label.ru.toLowerCase()}`, `${label.en} code`, "text", "g.code"),
    ],
    from: `FROM (SELECT d.${column} AS code, count(*)::integer AS count FROM ${records} GROUP BY 1) g
      LEFT JOIN ${words} ON word.entity_id = '${dictionary}' AND word.status_id = g.code
      ORDER BY ${by === "stage" ? "word.sort, g.code" : "g.count DESC, g.code"}`,
  };
}
