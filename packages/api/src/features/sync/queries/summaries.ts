import type { Label } from "@b24kit/client/contract";
import type { z } from "zod";
import { defineQuery, type QueryDefinition } from "../../../platform/queries/definition.ts";
import type { Queryable } from "../store/queryable.ts";
import { DEAL_STAGES, dealStages } from "./deals.ts";
import { summaryParameters } from "./parameters.ts";
import { dayStart, portalClock, readPortalOffset } from "./portal-time.ts";
import { readSources, type Shape, type Sources } from "./source.ts";
import { readStageColors } from "./stage-colors.ts";
import { type Output, output, selectFrom, Values } from "./statement.ts";

type Parameters = z.output<typeof summaryParameters>;

interface Summary {
  readonly name: string;
  readonly title: Label;
  readonly description: Label;
  /** Outputs and the rest of the statement; `deals` is SQL of the deals in question, with their `amount` in the base currency. */
  build(scope: {
    sources: Sources;
    deals: string;
    base: string | null;
    offset: number;
  }): Promise<{ outputs: Output[]; from: string }>;
}

const dealShape: Shape = {
  id: "bigint",
  stage_id: "text",
  stage_semantic_id: "text",
  category_id: "integer",
  source_id: "text",
  opportunity: "numeric",
  currency_id: "text",
  assigned_by_id: "bigint",
  company_id: "bigint",
  contact_id: "bigint",
  closedate: "date",
  date_create: "timestamptz",
};

const currencyShape: Shape = { id: "text", amount: "numeric", amount_count: "numeric", is_base: "boolean" };

function defineSummary(db: Queryable, summary: Summary): QueryDefinition {
  return defineQuery({
    name: summary.name,
    title: summary.title,
    description: summary.description,
    parameters: summaryParameters,
    defaultLimit: 1_000,
    maxLimit: 10_000,
    async build({ portal, params, limit }) {
      const [sources, offset] = await Promise.all([
        readSources(db, portal.schema),
        readPortalOffset(db, portal.id),
      ]);
      const values = new Values();
      const base = await readBaseCurrency(db, sources);
      const deals = dealsInQuestion(sources, params, values, offset);
      const { outputs, from } = await summary.build({ sources, deals, base, offset });
      return selectFrom(outputs, values, `${from}\nLIMIT ${values.add(limit)}`);
    },
  });
}

/** Sums of several currencies are made in the portal's base currency, at the portal's rates. */
async function readBaseCurrency(db: Queryable, sources: Sources): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM ${sources.from("currencies", currencyShape, "c")} WHERE is_base LIMIT 1`,
  );
  return rows[0]?.id ?? null;
}

function dealsInQuestion(sources: Sources, params: Parameters, values: Values, offset: number): string {
  const conditions = ["true"];
  if (params.funnel !== undefined) conditions.push(`d.category_id = ${values.add(params.funnel)}::integer`);
  if (params.responsible !== undefined)
    conditions.push(`d.assigned_by_id = ${values.add(params.responsible)}::bigint`);
  if (params.company !== undefined) conditions.push(`d.company_id = ${values.add(params.company)}::bigint`);
  if (params.contact !== undefined) conditions.push(`d.contact_id = ${values.add(params.contact)}::bigint`);
  if (params.from !== undefined)
    conditions.push(`d.date_create >= ${dayStart(`${values.add(params.from)}::date`, offset)}`);
  if (params.to !== undefined)
    conditions.push(`d.date_create < ${dayStart(`${values.add(params.to)}::date + 1`, offset)}`);
  return `(SELECT d.*, d.opportunity * coalesce(c.amount / nullif(c.amount_count, 0), 1) AS amount
    FROM ${sources.from("deals", dealShape, "d")} LEFT JOIN ${sources.from("currencies", currencyShape, "c")} ON c.id = d.currency_id
    WHERE ${conditions.join(" AND ")})`;
}

const unitOf = (base: string | null) => (base === null ? {} : { unit: base });
const sum = "round(coalesce(sum(d.amount), 0), 2)";

export function dealsByStage(db: Queryable): QueryDefinition {
  return defineSummary(db, {
    name: "deals-by-stage",
    title: { ru: "Сделки по стадиям", en: "Deals by stage" },
    description: {
      ru: "Число и сумма сделок на каждой стадии воронок, в порядке стадий",
      en: "Number and sum of deals on every stage, in the order of the stages",
    },
    async build({ sources, deals, base }) {
      const stageShape = {
        entity_id: "text",
        status_id: "text",
        name: "text",
        sort: "integer",
      };
      const funnelShape = { entity_type_id: "integer", id: "bigint", name: "text", sort: "integer" };
      const colors = await readStageColors(db, sources, DEAL_STAGES);
      return {
        outputs: [
          output("funnel", "Воронка", "Funnel", "status", "funnel.name"),
          output("stage", "Стадия", "Stage", "stage", "coalesce(stage.name, g.stage_id)", { colors }),
          output("count", "Сделок", "Deals", "count", "g.count"),
          output("amount", "Сумма", "Amount", "money", "g.amount", unitOf(base)),
          output("funnel_id", "ID воронки", "Funnel ID", "id", "g.category_id"),
          output("stage_id", "Код стадии", "Stage code", "text", "g.stage_id"),
        ],
        from: `FROM (SELECT d.category_id, d.stage_id, count(*)::integer AS count, ${sum} AS amount FROM ${deals} d GROUP BY 1, 2) g
          LEFT JOIN ${sources.from("statuses", stageShape, "stage")} ON stage.entity_id = ${dealStages("g.category_id")} AND stage.status_id = g.stage_id
          LEFT JOIN ${sources.from("categories", funnelShape, "funnel")} ON funnel.entity_type_id = 2 AND funnel.id = g.category_id
          ORDER BY funnel.sort, g.category_id, stage.sort, g.stage_id`,
      };
    },
  });
}

export function dealsByMonth(db: Queryable): QueryDefinition {
  return defineSummary(db, {
    name: "deals-by-month",
    title: { ru: "Сделки по месяцам", en: "Deals by month" },
    description: {
      ru: "Сколько сделок создано за месяц и на какую сумму выиграно",
      en: "How many deals each month brought, and the sum of those won in it",
    },
    async build({ deals, base, offset }) {
      const local = portalClock("d.date_create", offset);
      return {
        outputs: [
          output("month", "Месяц", "Month", "date", "month"),
          output("created", "Создано сделок", "Deals created", "count", "coalesce(c.count, 0)"),
          output("won", "Выиграно сделок", "Deals won", "count", "coalesce(w.count, 0)"),
          output(
            "won_amount",
            "Сумма выигранных",
            "Won amount",
            "money",
            "coalesce(w.amount, 0)",
            unitOf(base),
          ),
        ],
        from: `FROM (SELECT date_trunc('month', ${local})::date AS month, count(*)::integer AS count FROM ${deals} d WHERE d.date_create IS NOT NULL GROUP BY 1) c
          FULL JOIN (SELECT date_trunc('month', d.closedate)::date AS month, count(*)::integer AS count, ${sum} AS amount
            FROM ${deals} d WHERE d.stage_semantic_id = 'S' AND d.closedate IS NOT NULL GROUP BY 1) w USING (month)
          ORDER BY month`,
      };
    },
  });
}

export function dealsBySource(db: Queryable): QueryDefinition {
  return defineSummary(db, {
    name: "deals-by-source",
    title: { ru: "Сделки по источникам", en: "Deals by source" },
    description: { ru: "Откуда пришли сделки: число и сумма", en: "Where deals come from: number and sum" },
    async build({ sources, deals, base }) {
      return {
        outputs: [
          output("source", "Источник", "Source", "status", "coalesce(source.name, g.source_id)"),
          output("count", "Сделок", "Deals", "count", "g.count"),
          output("amount", "Сумма", "Amount", "money", "g.amount", unitOf(base)),
          output("source_id", "Код источника", "Source code", "text", "g.source_id"),
        ],
        from: `FROM (SELECT d.source_id, count(*)::integer AS count, ${sum} AS amount FROM ${deals} d GROUP BY 1) g
          LEFT JOIN ${sources.from("statuses", { entity_id: "text", status_id: "text", name: "text" }, "source")} ON source.entity_id = 'SOURCE' AND source.status_id = g.source_id
          ORDER BY g.count DESC, g.source_id`,
      };
    },
  });
}
