import type {
  Catalogue,
  CatalogueTable,
  ChartForm,
  ChartNote,
  ChartSuggestion,
  ClarifyReason,
  Label,
  Plan,
  PlanFilter,
  PlanMeasure,
  RefuseReason,
} from "@b24kit/client/contract";
import { findColumn, findTable } from "../catalogue.ts";
import { mainDate, resolveColumn } from "../plan/columns.ts";
import type { Reader } from "../plan/day.ts";
import { planTitle } from "../plan/plan-words.ts";
import { validatePlan } from "../plan/validate-plan.ts";
import { followUp } from "./follow-up.ts";
import { ENTITIES, NOT_ALLOWED, NOT_MIRRORED, OFF_TOPIC, TOO_HEAVY } from "./lexicon.ts";
import { mannerOf } from "./manners.ts";
import { filtersOf } from "./planned-filters.ts";
import { measuresOf, nothing } from "./planned-measures.ts";
import { movesOf, type Reading, readQuestion } from "./read-question.ts";
import { ReadingText, words } from "./reading-text.ts";

export interface PlannerContext {
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  /** Plan of the chart that the question follows up. */
  readonly context: Plan | null;
  readonly suggestions: readonly ChartSuggestion[];
}

type Params = ChartNote["params"];

/** What comes of a question without a model. Sure of a plan, or it asks, or says why not. */
export type Planned =
  | { readonly kind: "plan"; readonly plan: Plan; readonly form: ChartForm | null; readonly title: Label }
  | {
      readonly kind: "clarify";
      readonly reason: ClarifyReason;
      readonly params: Params;
      readonly options: readonly ChartSuggestion[];
    }
  | {
      readonly kind: "refuse";
      readonly reason: RefuseReason;
      readonly params: Params;
      readonly options: readonly ChartSuggestion[];
    };

/** Reads a plain question in Russian or English. Pure: the same question at the same time is the same plan. */
export function planQuestion(question: string, context: PlannerContext): Planned {
  const refused = refuse(question, context);
  if (refused) return refused;
  const tables = {
    pick: (entity: string | null) =>
      findTable(context.catalogue, entity ?? context.context?.entity ?? "deals") ?? null,
  };
  const reading = readQuestion(question, context.reader, tables);
  const draft =
    followUp(reading, context.context, context.catalogue) ?? freshPlan(reading, context.catalogue);
  return judge(reading, draft, context);
}

function refuse(question: string, { suggestions, catalogue }: PlannerContext): Planned | null {
  const options = suggestions.slice(0, 3);
  const text = new ReadingText(question);
  if (!/[\p{L}\d]/u.test(question)) return { kind: "refuse", reason: "no_question", params: {}, options };
  if (text.has(NOT_ALLOWED)) return { kind: "refuse", reason: "not_allowed", params: {}, options };
  if (text.has(OFF_TOPIC)) return { kind: "refuse", reason: "off_topic", params: {}, options };
  if (text.has(TOO_HEAVY)) return { kind: "refuse", reason: "too_heavy", params: {}, options };
  const isThere = (view: string | undefined) =>
    view !== undefined && findTable(catalogue, view) !== undefined;
  const missing = NOT_MIRRORED.find(([pattern, , view]) => !isThere(view) && text.has(pattern));
  const ofRecords =
    ENTITIES.some(([view, pattern]) => isThere(view) && text.has(pattern)) ||
    text.has(words("источник*|source|sources"));
  if (missing && !ofRecords) {
    return { kind: "refuse", reason: "no_such_data", params: { missing: missing[1] }, options };
  }
  return null;
}

/** What could not be understood, and what may have been meant. */
type Doubt = { readonly reason: ClarifyReason; readonly params: Params; readonly plans: readonly Plan[] };
type Draft = Plan | Doubt;

const isDoubt = (draft: Draft): draft is Doubt => "reason" in draft;

function judge(reading: Reading, draft: Draft, context: PlannerContext): Planned {
  const options = (plans: readonly Plan[]) => {
    const all = [...plans.map((plan) => suggest(plan, context)), ...context.suggestions];
    const offered = all.filter((one) => one !== null);
    return offered
      .filter(({ title }, at) => offered.findIndex((one) => one.title.en === title.en) === at)
      .slice(0, 3);
  };
  if (isDoubt(draft))
    return { kind: "clarify", reason: draft.reason, params: draft.params, options: options(draft.plans) };
  const { left, values } = reading;
  const doubtful = values.find(({ others }) => others.length > 0);
  if (doubtful) {
    const plans = [doubtful.filter, ...doubtful.others].map((filter) => ({
      ...draft,
      filters: [...draft.filters.filter((one) => one !== doubtful.filter), filter],
    }));
    return {
      kind: "clarify",
      reason: "which_value",
      params: { word: doubtful.word },
      options: options(plans),
    };
  }
  if (left.length > 0)
    return {
      kind: "clarify",
      reason: "words_left",
      params: { words: left.join(" ") },
      options: options([draft]),
    };
  const [fault] = validatePlan(draft, context.catalogue);
  if (fault)
    return { kind: "refuse", reason: "no_such_data", params: { missing: fault.found }, options: options([]) };
  return { kind: "plan", plan: draft, form: formOf(reading), title: planTitle(context.catalogue, draft) };
}

function suggest(plan: Plan, { catalogue }: PlannerContext): ChartSuggestion | null {
  if (validatePlan(plan, catalogue).length > 0) return null;
  const title = planTitle(catalogue, plan);
  return { id: `read:${title.en}`, title, plan, form: "table", score: 1 };
}

function formOf({ form, measure }: Reading): ChartForm | null {
  return form ?? (measure === "share" ? "pie" : null);
}

function freshPlan(reading: Reading, catalogue: Catalogue): Draft {
  const doubt = vague(reading, catalogue);
  if (doubt) return doubt;
  const entity = entityOf(reading);
  const table = findTable(catalogue, entity);
  if (!table) return { reason: "which_entity", params: {}, plans: [] };
  const filters = filtersOf(reading, table);
  const base: Plan = { ...nothing, entity, filters, running: reading.running, target: reading.target };
  const dimensions = dimensionsOf(reading, table, catalogue);
  if (dimensions === null)
    return { reason: "words_left", params: { words: reading.dimensions.join(", ") }, plans: [] };
  if (isList(reading, dimensions.length)) return listOf(reading, base, table);
  if (reading.numbers.length > 0) return pointsOf(reading, base, table);
  const measures = measuresOf(reading, table);
  if (measures === null)
    return { reason: "which_measure", params: {}, plans: figuresOf(base, table, dimensions) };
  const date = dateOf(reading, measures, table);
  const grained = reading.grains.length > 0 || reading.running || reading.secondPeriod !== null;
  const grains =
    reading.grains.length > 0 ? reading.grains : grained && reading.running ? (["month"] as const) : [];
  const timed = grains.map((grain) => ({ column: date, grain }));
  if (timed.length + dimensions.length > 2) return { reason: "words_left", params: { words: "" }, plans: [] };
  const plan: Plan = {
    ...base,
    measures,
    dimensions: [...timed, ...dimensions],
    period: periodOf(reading, date),
    compare: compareOf(reading, timed.length + dimensions.length),
    limit: dimensions.length > 0 ? (reading.top ?? (reading.ranked ? 10 : null)) : null,
    order: reading.ranked === null ? null : { by: "measure", index: 0, direction: reading.ranked },
  };
  return plan;
}

/** What may have been meant of things that are both counted and paid for. */
function figuresOf(base: Plan, table: CatalogueTable, dimensions: Plan["dimensions"]): Plan[] {
  const { count } = mannerOf(table.name).figures ?? {};
  if (!count) return [];
  const sum: PlanMeasure = { ...count[0]!, aggregate: "sum", column: "amount" };
  return [[sum], count].map((measures) => ({ ...base, measures: [...measures], dimensions, limit: 10 }));
}

/** A new count by itself says little: the period before stands beside it. */
function compareOf({ compare, period, measure, planned, target }: Reading, groups: number): Plan["compare"] {
  if (compare !== null) return compare;
  const alone =
    groups === 0 && period !== null && period.kind !== "between" && (measure === "count" || measure === null);
  return alone && !planned && target === null ? "previous_period" : null;
}

/** Questions that could mean several things. */
function vague(reading: Reading, catalogue: Catalogue): Doubt | null {
  const {
    entities,
    measure,
    dimensions,
    results,
    ranked,
    left,
    values,
    withoutEntity,
    overdue,
    secondPeriod,
    compare,
  } = reading;
  const nothingSaid =
    !reading.moves &&
    entities.length === 0 &&
    measure === null &&
    results.length === 0 &&
    values.length === 0;
  if (nothingSaid && !overdue && withoutEntity === null) {
    const params = left.length > 0 ? { words: left.join(" ") } : {};
    return { reason: "vague", params, plans: ranked === null ? [] : bestOf(catalogue) };
  }
  if (measure === "sales_count_or_sum") {
    const won: PlanFilter[] = [{ column: "result", operator: "eq", values: ["won"] }];
    const count: PlanMeasure = { aggregate: "count", column: null, since: null, filters: [], over: null };
    const sum: PlanMeasure = { ...count, aggregate: "sum", column: "amount" };
    return {
      reason: "which_measure",
      params: {},
      plans: [count, sum].map((one) => ({
        ...nothing,
        entity: "deals",
        measures: [one],
        filters: won,
        period: reading.period,
      })),
    };
  }
  if (secondPeriod !== null && compare === null) return { reason: "which_period", params: {}, plans: [] };
  const several =
    entities.length > 1 &&
    !entities.includes("product_rows") &&
    measure !== "conversion" &&
    withoutEntity === null;
  const known = several && entities.includes("companies") && entities.includes("deals");
  if (several && !known)
    return { reason: "which_entity", params: { entities: entities.join(", ") }, plans: [] };
  if (ranked !== null && dimensions.length === 0 && entities.length === 0)
    return { reason: "vague", params: {}, plans: bestOf(catalogue) };
  return null;
}

function bestOf(catalogue: Catalogue): Plan[] {
  const sum: PlanMeasure = { aggregate: "sum", column: "amount", since: null, filters: [], over: null };
  const filters: PlanFilter[] = [{ column: "result", operator: "eq", values: ["won"] }];
  const by = (column: string): Plan => ({
    ...nothing,
    entity: "deals",
    measures: [sum],
    dimensions: [{ column, grain: null }],
    filters,
    limit: 10,
  });
  return findTable(catalogue, "deals") ? [by("responsible"), by("company"), by("source")] : [];
}

const ABOUT_MONEY: ReadonlySet<string> = new Set([
  "revenue",
  "average",
  "loss_rate",
  "win_rate",
  "overview",
  "days_median",
  "days_average",
]);

/** Companies and contacts are what is counted, unless money or deals are. */
function entityOf({ entities, dimensions, measure, withoutEntity, moves }: Reading): string {
  if (moves) return movesOf(entities);
  if (entities.includes("product_rows") || dimensions.includes("product")) return "product_rows";
  if (withoutEntity !== null) return entities.find((name) => name !== withoutEntity) ?? "companies";
  if (measure === "conversion") return "leads";
  if (entities.includes("leads")) return "leads";
  if (entities.includes("deals")) return "deals";
  const own = entities.find((name) => name === "tasks" || name === "calls");
  if (own) return own;
  if (
    measure !== null &&
    (ABOUT_MONEY.has(measure) || ["amount", "maximum", "minimum", "median_amount"].includes(measure))
  )
    return "deals";
  return entities[0] ?? "deals";
}

function dimensionsOf(
  reading: Reading,
  table: CatalogueTable,
  catalogue: Catalogue,
): Plan["dimensions"] | null {
  const names = [...reading.dimensions];
  if (reading.moves && names.length + reading.grains.length === 0 && !onStages(reading))
    return ["from_stage", "stage"].map((column) => ({ column, grain: null }));
  const ranked = reading.ranked !== null && reading.grains.length === 0;
  if (table.name === "product_rows" && names.length === 0 && ranked) names.push("product");
  const topOf = reading.entities.find((name) => name === "companies" || name === "contacts");
  const entity = table.name;
  const named = topOf === "companies" ? "company" : "contact";
  if (topOf && entity !== topOf && !names.includes(named)) names.push(named);
  if (reading.results.length > 1 && !names.includes("result")) names.push("result");
  const resolved = names.map((name) => columnFor(name, table, catalogue));
  return resolved.every((column) => column !== null)
    ? resolved.map((column) => ({ column: column!, grain: null }))
    : null;
}

/** Moves to a stage that is named are counted; all of them are drawn as flows. */
const onStages = ({ values }: Reading) => values.some(({ filter }) => /stage/.test(filter.column));

function columnFor(name: string, table: CatalogueTable, catalogue: Catalogue): string | null {
  if (findColumn(table, name)) return name;
  const own = mannerOf(table.name).groups?.[name];
  if (own !== undefined && resolveColumn(catalogue, table.name, own)) return own;
  if (name === "department" && resolveColumn(catalogue, table.name, "users.department"))
    return "users.department";
  if (name === "industry" && resolveColumn(catalogue, table.name, "companies.industry"))
    return "companies.industry";
  if (name === "company" && table.name === "companies") return "title";
  return null;
}

function isList(
  { listed, measure, top, ranked, overdue, withoutEntity, entities }: Reading,
  groups: number,
): boolean {
  if (groups > 0 || measure !== null) return false;
  return (
    listed || overdue || withoutEntity !== null || ((top !== null || ranked !== null) && entities.length > 0)
  );
}

function listOf(reading: Reading, base: Plan, table: CatalogueTable): Plan {
  const columns = mannerOf(table.name).listed.filter((name) => findColumn(table, name));
  const amount = columns.indexOf("amount");
  const ranked = reading.ranked !== null && amount >= 0;
  return {
    ...base,
    columns,
    period: periodOf(reading, dateIn(table)),
    order: ranked ? { by: "column", index: amount, direction: reading.ranked! } : null,
    limit: reading.top ?? (ranked ? 10 : null),
  };
}

/** Two numbers of each record, one against the other. */
function pointsOf(reading: Reading, base: Plan, table: CatalogueTable): Draft {
  const money = findColumn(table, "amount_base") ? "amount_base" : "amount";
  const columns = [...reading.numbers, ...(reading.measure === "amount" ? [money] : [])];
  if (columns.length !== 2) return { reason: "which_measure", params: {}, plans: [] };
  const known = columns.map((column): PlanFilter => ({ column, operator: "not_null", values: [] }));
  return { ...base, columns, filters: [...base.filters, ...known], period: periodOf(reading, dateIn(table)) };
}

const dateIn = (table: CatalogueTable) => mainDate(table)?.name ?? "created";

function periodOf({ period }: Reading, date: string): Plan["period"] {
  return period && { ...period, column: date };
}

/** What is won or lost is dated by its end, everything else by its beginning. */
function dateOf(
  { results, measure, target, planned, closed }: Reading,
  measures: readonly PlanMeasure[],
  table: CatalogueTable,
): string {
  const ended =
    results.some((result) => result !== "open") || measure === "revenue" || target !== null || planned;
  const own = mannerOf(table.name).ended;
  if (own !== undefined && closed) return own;
  const ends = ended || measures.some(({ aggregate }) => aggregate === "target");
  const date = findColumn(table, "close_date")
    ? "close_date"
    : findColumn(table, "closed_at")
      ? "closed_at"
      : null;
  return ends && date !== null ? date : dateIn(table);
}
