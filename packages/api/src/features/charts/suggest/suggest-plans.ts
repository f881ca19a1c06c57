import type {
  Catalogue,
  CatalogueTable,
  ChartForm,
  ChartSuggestion,
  Plan,
  PlanFilter,
  PlanMeasure,
  PlanTerm,
} from "@b24kit/client/contract";
import { findTable } from "../catalogue.ts";
import { planTitle } from "../plan/plan-words.ts";
import { validatePlan } from "../plan/validate-plan.ts";
import { MOVED, mannerOf } from "../planner/manners.ts";
import { nothing } from "../planner/planned-measures.ts";
import type { TableStatistics } from "./statistics.ts";

interface Candidate {
  readonly id: string;
  readonly form: ChartForm;
  /** Columns that have to be filled for it to say something. */
  readonly needs: readonly string[];
  /** How much it tells, where the columns are as good as can be. */
  readonly worth: number;
  readonly plan: Partial<Plan>;
}

const everything: PlanTerm = { aggregate: "count", column: null, since: null, filters: [] };
const measure = (given: Partial<PlanMeasure> = {}): PlanMeasure => ({ ...everything, over: null, ...given });
const won: PlanFilter[] = [{ column: "result", operator: "eq", values: ["won"] }];
const sum = measure({ aggregate: "sum", column: "amount" });
const by = (column: string) => ({ column, grain: null });
const months = (column: string) =>
  ({ column, kind: "last", unit: "month", count: 12, from: null, to: null }) as const;
const thisMonth = (column: string) =>
  ({ column, kind: "this", unit: "month", count: null, from: null, to: null }) as const;

const CANDIDATES: readonly Candidate[] = [
  {
    id: "per-month",
    form: "line",
    needs: ["created"],
    worth: 0.9,
    plan: {
      measures: [measure()],
      dimensions: [{ column: "created", grain: "month" }],
      period: months("created"),
    },
  },
  {
    id: "won-per-month",
    form: "line",
    needs: ["amount", "close_date", "result"],
    worth: 0.95,
    plan: {
      measures: [sum],
      dimensions: [{ column: "close_date", grain: "month" }],
      filters: won,
      period: months("close_date"),
    },
  },
  {
    id: "stages",
    form: "bar",
    needs: ["stage"],
    worth: 0.92,
    plan: { measures: [measure()], dimensions: [by("stage")] },
  },
  {
    id: "amount-by-stage",
    form: "bar",
    needs: ["stage", "amount"],
    worth: 0.8,
    plan: { measures: [sum], dimensions: [by("stage")] },
  },
  {
    id: "sources",
    form: "bar",
    needs: ["source"],
    worth: 0.85,
    plan: { measures: [measure()], dimensions: [by("source")], limit: 10, others: true },
  },
  {
    id: "managers",
    form: "bar",
    needs: ["responsible", "amount", "result"],
    worth: 0.88,
    plan: { measures: [sum], dimensions: [by("responsible")], filters: won, limit: 10 },
  },
  {
    id: "records-by-manager",
    form: "bar",
    needs: ["responsible"],
    worth: 0.7,
    plan: { measures: [measure()], dimensions: [by("responsible")], limit: 10 },
  },
  {
    id: "clock",
    form: "heatmap",
    needs: ["created"],
    worth: 0.6,
    plan: {
      measures: [measure()],
      dimensions: [
        { column: "created", grain: "weekday" },
        { column: "created", grain: "hour" },
      ],
    },
  },
  {
    id: "companies",
    form: "bar",
    needs: ["company", "amount", "result"],
    worth: 0.75,
    plan: { measures: [sum], dimensions: [by("company")], filters: won, limit: 10 },
  },
  {
    id: "days-to-close",
    form: "kpi",
    needs: ["close_date", "closed", "created"],
    worth: 0.55,
    plan: {
      measures: [measure({ aggregate: "median", column: "close_date", since: "created" })],
      filters: [{ column: "closed", operator: "eq", values: ["true"] }],
    },
  },
  {
    id: "conversion",
    form: "bar",
    needs: ["source", "result"],
    worth: 0.78,
    plan: { measures: [measure({ filters: won, over: everything })], dimensions: [by("source")] },
  },
  {
    id: "month-against-month",
    form: "kpi",
    needs: ["created"],
    worth: 0.65,
    plan: { measures: [measure()], period: thisMonth("created"), compare: "previous_period" },
  },
  {
    id: "industries",
    form: "bar",
    needs: ["industry"],
    worth: 0.7,
    plan: { measures: [measure()], dimensions: [by("industry")] },
  },
  {
    id: "types",
    form: "bar",
    needs: ["type"],
    worth: 0.6,
    plan: { measures: [measure()], dimensions: [by("type")] },
  },
  {
    id: "moves",
    form: "sankey",
    needs: ["from_stage"],
    worth: 0.94,
    plan: { measures: [measure()], dimensions: [by("from_stage"), by("stage")], filters: [MOVED] },
  },
  {
    id: "late-by-person",
    form: "bar",
    needs: ["deadline", "responsible"],
    worth: 0.92,
    plan: {
      measures: [measure()],
      dimensions: [by("responsible")],
      filters: [...(mannerOf("tasks").late ?? [])],
    },
  },
  {
    id: "statuses",
    form: "bar",
    needs: ["status"],
    worth: 0.85,
    plan: { measures: [measure()], dimensions: [by("status")] },
  },
  {
    id: "products",
    form: "bar",
    needs: ["product", "amount", "result"],
    worth: 0.93,
    plan: { measures: [sum], dimensions: [by("product")], filters: won, limit: 10 },
  },
  {
    id: "directions-per-month",
    form: "bar",
    needs: ["started", "direction"],
    worth: 0.9,
    plan: {
      measures: [measure()],
      dimensions: [{ column: "started", grain: "month" }, by("direction")],
      period: months("started"),
    },
  },
  {
    id: "missed-by-person",
    form: "bar",
    needs: ["outcome", "responsible"],
    worth: 0.8,
    plan: {
      measures: [measure()],
      dimensions: [by("responsible")],
      filters: [{ column: "outcome", operator: "eq", values: ["missed"] }],
    },
  },
  {
    id: "cities",
    form: "bar",
    needs: ["city"],
    worth: 0.6,
    plan: { measures: [measure()], dimensions: [by("city")], limit: 10 },
  },
];

const MOST = 10;
/** What the next chart of the same records is worth beside one of others: a choice tells more than a series. */
const AGAIN = 0.85;

/** The best of several entities' charts, so that each of these is among them. */
export function bestOfAll(suggestions: readonly ChartSuggestion[]): ChartSuggestion[] {
  const left = [...suggestions];
  const chosen: ChartSuggestion[] = [];
  const worth = ({ score, plan: { entity } }: ChartSuggestion) =>
    score * AGAIN ** chosen.filter(({ plan }) => plan.entity === entity).length;
  while (left.length > 0 && chosen.length < MOST) {
    const best = left.reduce((one, other) => (worth(other) > worth(one) ? other : one));
    chosen.push(best);
    left.splice(left.indexOf(best), 1);
  }
  return chosen;
}

/** Charts of an entity that are worth a look, the best first: known shapes and the portal's own lists, weighed by what is there. */
export function suggestPlans(
  catalogue: Catalogue,
  entity: string,
  statistics: TableStatistics,
): ChartSuggestion[] {
  const table = findTable(catalogue, entity);
  if (!table || statistics.rows === 0) return [];
  return [...CANDIDATES, ...ownLists(table)]
    .map((candidate) => toSuggestion(catalogue, entity, candidate, statistics))
    .filter((suggestion) => suggestion !== null)
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
    .slice(0, MOST);
}

/** Lists that the portal's people made say what matters to them. */
function ownLists({ columns }: CatalogueTable): Candidate[] {
  return columns
    .filter(({ name, kind }) => name.startsWith("uf_") && (kind === "status" || kind === "boolean"))
    .slice(0, 10)
    .map(({ name }) => ({
      id: `own-${name}`,
      form: "bar",
      needs: [name],
      worth: 0.72,
      plan: { measures: [measure()], dimensions: [by(name)], limit: 12, others: true },
    }));
}

function toSuggestion(
  catalogue: Catalogue,
  entity: string,
  candidate: Candidate,
  statistics: TableStatistics,
): ChartSuggestion | null {
  const plan: Plan = { ...nothing, entity, ...candidate.plan };
  if (validatePlan(plan, catalogue).length > 0) return null;
  const goodness = candidate.needs.map((name) => worthOf(name, statistics));
  const score = Math.round(candidate.worth * Math.min(1, ...goodness) * 1_000) / 1_000;
  if (score < 0.1) return null;
  return {
    id: `${entity}.${candidate.id}`,
    title: planTitle(catalogue, plan),
    plan,
    form: candidate.form,
    score,
  };
}

/** What is empty at every record's beginning, and says something all the same. */
const NONE_AT_FIRST: ReadonlySet<string> = new Set(["from_stage"]);

/** A column that is mostly empty says little, and one with a single value nothing. */
function worthOf(name: string, { columns, rows }: TableStatistics): number {
  const column = columns.get(name);
  if (column === undefined || column.distinct < 2) return 0;
  return NONE_AT_FIRST.has(name) ? 1 : column.filled / rows;
}
