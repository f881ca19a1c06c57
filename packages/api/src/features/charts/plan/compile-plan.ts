import { type ChartNote, PeriodUnit, type Plan, type PlanOrder } from "@b24kit/client/contract";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import { findTable } from "../catalogue.ts";
import type { CompiledPlan, ShapeMeasure } from "./compiled-plan.ts";
import { startOf, today } from "./day.ts";
import { type DimensionSql, dimensionSql } from "./dimensions.ts";
import { listRecords } from "./list-records.ts";
import { type MeasureSql, measureSql } from "./measures.ts";
import { moneyRule, splitCurrency } from "./money.ts";
import { OTHERS } from "./plan-words.ts";
import { type PlanContext, Scope } from "./scope.ts";
import { plannedRows } from "./targets.ts";
import { type PlanFault, sayFault, validatePlan } from "./validate-plan.ts";

/** A plan that the catalogue does not bear out. */
export class PlanInvalid extends Error {
  constructor(readonly faults: readonly PlanFault[]) {
    super(faults.map(sayFault).join("\n"));
    this.name = "PlanInvalid";
  }
}

/** Sorts what is gathered beyond the top behind everything. */
const LAST_PLACE = 1_000_000_000;

/**
 * A plan as one parametrised SELECT over the chart views. Pure: values of the plan reach PostgreSQL as parameters only,
 * names come from the catalogue.
 * @throws PlanInvalid
 */
export function compilePlan(plan: Plan, context: PlanContext): CompiledPlan {
  const faults = validatePlan(plan, context.catalogue);
  if (faults.length > 0) throw new PlanInvalid(faults);
  const currency = splitCurrency(context.catalogue, plan);
  const split =
    currency === null
      ? plan
      : { ...plan, dimensions: [...plan.dimensions, { column: currency, grain: null }] };
  const scope = new Scope(split, context);
  const compiled = plan.columns.length > 0 ? listRecords(scope) : new GroupedPlan(scope).compile();
  return { ...compiled, notes: notesOf(scope, currency !== null) };
}

function notesOf(scope: Scope, split: boolean): ChartNote[] {
  const { plan, catalogue, range, date, reader } = scope;
  const notes: ChartNote[] = [];
  const converted = plan.measures
    .map((term) => moneyRule(catalogue, plan, term))
    .find((rule) => rule?.how === "converted" && severalCurrencies(scope));
  if (split) notes.push({ code: "currencies_split", params: {} });
  if (converted) notes.push({ code: "currencies_converted", params: { currency: converted.unit! } });
  if (date) notes.push({ code: "date_column", params: { column: date.column.label } });
  const last = range && range.until > today(reader) && range.from <= today(reader);
  if (last) notes.push({ code: "period_incomplete", params: { until: range.until } });
  if (plan.limit !== null && plan.others)
    notes.push({ code: "others_gathered", params: { top: plan.limit } });
  const stages = plan.dimensions.some(({ column }) => column === "stage" || column === "stage_id");
  const oneFunnel = plan.filters.some(({ column }) => column === "funnel" || column === "funnel_id");
  if (
    stages &&
    plan.entity === "deals" &&
    !oneFunnel &&
    plan.dimensions.every(({ column }) => !column.startsWith("funnel"))
  ) {
    const funnels = catalogue.tables.find(({ name }) => name === "funnels")?.rows ?? 0;
    if (funnels > 1) notes.push({ code: "funnels_merged", params: { funnels } });
  }
  return notes;
}

/** Whether the portal knows more than one currency at all. */
function severalCurrencies({ catalogue, entity }: Scope): boolean {
  const currency = findTable(catalogue, entity)?.columns.find(({ name }) => name === "currency");
  return (currency?.values?.length ?? 2) > 1;
}

/** Figures of groups: records, the top of them, their aggregates, the places where nothing happened. */
class GroupedPlan {
  private readonly dimensions: readonly DimensionSql[];
  private readonly measures: readonly MeasureSql[];
  private readonly plan: Plan;

  constructor(private readonly scope: Scope) {
    this.plan = scope.plan;
    this.dimensions = this.plan.dimensions.map((dimension) => dimensionSql(dimension, scope));
    const taken = new Set(
      this.dimensions.flatMap(({ info, codeInfo }) => [info.name, ...(codeInfo ? [codeInfo.name] : [])]),
    );
    this.measures = this.plan.measures.map((measure) => measureSql(measure, scope, taken));
  }

  compile(): Omit<CompiledPlan, "notes"> {
    const parts = [this.records(), ...this.top(), this.facts(), ...this.places()];
    const sql = `WITH ${parts.join(",\n")}\n${this.select()}`;
    return {
      sql,
      params: this.scope.parameters.list,
      columns: this.columns(),
      shape: {
        dimensions: this.dimensions.map(({ shape }) => shape),
        measures: this.measures.map(({ shape }) => this.withBefore(shape)),
        listed: [],
        partial: this.partial(),
      },
      tables: this.scope.tables,
    };
  }

  private get compares(): boolean {
    return this.plan.compare !== null;
  }

  private get limited(): boolean {
    return this.plan.limit !== null && this.dimensions.length > 0;
  }

  /** What each record brings: groups, codes, places in the order, parts of the figures, which period it is of. */
  private records(): string {
    const { scope } = this;
    const groups = this.dimensions.flatMap(({ value, code, sort, codeType }, i) => [
      `${value} AS d${i}`,
      `${code ?? `NULL::${codeType}`} AS k${i}`,
      `${sort ?? "NULL"}::numeric AS s${i}`,
    ]);
    const inputs = this.measures.flatMap(({ inputs: list }, m) =>
      list.map((sql, j) => `${sql} AS v${m}_${j}`),
    );
    const period = this.compares ? [`CASE WHEN ${scope.isCurrent} THEN 0 ELSE 1 END AS p`] : [];
    const known = this.dimensions.flatMap((dimension) => dimension.known ?? []);
    const where = [...known, ...scope.conditions()];
    const planned = plannedRows(scope, this.dimensions, this.measures);
    const inner = [
      `SELECT ${[...groups, ...inputs, ...period].join(",\n    ")}`,
      `  FROM ${scope.from()}`,
      ...(where.length === 0 ? [] : [`  WHERE ${where.join("\n    AND ")}`]),
      ...planned,
    ].join("\n");
    return `records AS (\n  ${inner}\n)`;
  }

  /** The first dimension's groups that are shown, and the rest gathered into one or left out. */
  private top(): string[] {
    if (!this.limited) return [];
    const { order, limit, others } = this.plan;
    const key = "coalesce(k0::text, d0::text)";
    const direction = order?.direction === "asc" ? "ASC" : "DESC";
    const by =
      order?.by === "dimension" && order.index === 0
        ? "min(d0)"
        : this.figure(order?.by === "measure" ? order.index : 0);
    // What has no value is no rival of those that have one.
    const known = this.dimensions[0]!.code === null ? "" : " WHERE k0 IS NOT NULL";
    const ranked = `ranked AS (\n  SELECT ${key} AS key FROM records${known} GROUP BY 1 ORDER BY ${by} ${direction} NULLS LAST, 1 LIMIT ${this.scope.parameters.add(String(limit), "bigint")}\n)`;
    const kept = others && this.dimensions[0]!.type === "text";
    const rest = `${this.restOf()}`;
    if (!kept) return [ranked, `shown AS (SELECT r.* FROM records r JOIN ranked ON ranked.key = ${key})`];
    const word = this.scope.parameters.add(OTHERS[this.scope.reader.locale], "text");
    const gathered = [
      `CASE WHEN ranked.key IS NULL THEN ${word} ELSE d0 END AS d0`,
      "CASE WHEN ranked.key IS NOT NULL THEN k0 END AS k0",
      `CASE WHEN ranked.key IS NULL THEN ${LAST_PLACE} ELSE s0 END AS s0`,
    ];
    return [
      ranked,
      `shown AS (SELECT ${gathered.join(", ")}${rest} FROM records r LEFT JOIN ranked ON ranked.key = ${key})`,
    ];
  }

  private restOf(): string {
    const groups = this.dimensions.slice(1).flatMap((_, i) => [`d${i + 1}`, `k${i + 1}`, `s${i + 1}`]);
    const inputs = this.measures.flatMap(({ inputs: list }, m) => list.map((_, j) => `v${m}_${j}`));
    return [...groups, ...inputs, ...(this.compares ? ["p"] : [])].map((name) => `, ${name}`).join("");
  }

  private facts(): string {
    const groups = this.dimensions.flatMap((_, i) => [`d${i}`, `k${i}`]);
    const sorts = this.dimensions.map((_, i) => `min(s${i}) AS s${i}`);
    const figures = this.measures.flatMap((_, m) => [
      `${this.figure(m)} AS m${m}`,
      ...(this.compares ? [`${this.figure(m, 1)} AS b${m}`] : []),
    ]);
    const grouped = groups.length === 0 ? "" : `\n  GROUP BY ${groups.join(", ")}`;
    return `facts AS (\n  SELECT ${[...groups, ...sorts, ...figures].join(", ")}\n  FROM ${this.limited ? "shown" : "records"}${grouped}\n)`;
  }

  private figure(index: number, period = 0): string {
    const measure = this.measures[index]!;
    const columns = measure.inputs.map((_, j) => `v${index}_${j}`);
    return measure.aggregate(columns, this.compares ? ` FILTER (WHERE p = ${period})` : "");
  }

  /** Periods, weekdays and hours in which nothing happened are figures too. */
  private places(): string[] {
    if (!this.fills) return [];
    const lists = this.dimensions.map((dimension, i) => this.placesOf(dimension, i));
    return [
      `places AS (\n  SELECT * FROM ${lists.join(" CROSS JOIN ")}\n  WHERE EXISTS (SELECT 1 FROM facts)\n)`,
    ];
  }

  private get fills(): boolean {
    return !this.limited && this.dimensions.some(({ type }) => type !== "text");
  }

  private placesOf({ type, shape }: DimensionSql, i: number): string {
    if (type === "text") return `(SELECT d${i}, k${i}, min(s${i}) AS s${i} FROM facts GROUP BY 1, 2) g${i}`;
    const rest = `NULL::text AS k${i}, NULL::numeric AS s${i}`;
    if (shape.grain === "weekday") return `(SELECT d${i}, ${rest} FROM generate_series(1, 7) AS d${i}) g${i}`;
    if (shape.grain === "hour") return `(SELECT d${i}, ${rest} FROM generate_series(0, 23) AS d${i}) g${i}`;
    const [from, to] = this.bounds(i);
    const step = shape.grain === "quarter" ? "3 months" : `1 ${shape.grain}`;
    return `(SELECT d${i}::date, ${rest} FROM generate_series(${from}::timestamp, ${to}::timestamp, interval '${step}') AS d${i}) g${i}`;
  }

  /** From the period's beginning to today, and further where there are records of the future. */
  private bounds(i: number): [string, string] {
    const { range, date, reader, parameters } = this.scope;
    const { column, grain } = this.plan.dimensions[i]!;
    const unit = PeriodUnit.parse(grain);
    const min = `(SELECT min(d${i}) FROM facts)`;
    const max = `(SELECT max(d${i}) FROM facts)`;
    if (range === null || date === null || this.scope.use(column).column !== date.column) return [min, max];
    const now = today(reader);
    const [last] = [range.until, now].sort();
    const reach =
      range.until > now && range.from <= now ? startOf(now, unit) : startOf(dayBefore(last!), unit);
    return [
      parameters.add(startOf(range.from, unit), "date"),
      `greatest(${max}, ${parameters.add(reach, "date")})`,
    ];
  }

  private select(): string {
    const fills = this.fills;
    const place = fills ? "p" : "f";
    const groups = this.dimensions.flatMap(({ info, codeInfo }, i) => [
      `${place}.d${i} AS ${info.name}`,
      ...(codeInfo ? [`${place}.k${i} AS ${codeInfo.name}`] : []),
    ]);
    const figures = this.measures.flatMap(({ info, zero }, m) => {
      const filled = (column: string) => (zero ? `coalesce(f.${column}, 0)` : `f.${column}`);
      return [
        `${this.plan.running ? this.running(filled(`m${m}`), place) : filled(`m${m}`)} AS ${info.name}`,
        ...(this.compares ? [`${filled(`b${m}`)} AS ${info.name}_before`] : []),
      ];
    });
    const same = this.dimensions.map(({ code }, i) =>
      code === null ? `f.d${i} = p.d${i}` : `f.d${i} = p.d${i} AND f.k${i} IS NOT DISTINCT FROM p.k${i}`,
    );
    const from = fills ? `places p LEFT JOIN facts f ON ${same.join(" AND ")}` : "facts f";
    const order = this.order(place);
    return [
      `SELECT ${[...groups, ...figures].join(",\n  ")}`,
      `FROM ${from}`,
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
    ].join("\n");
  }

  private running(figure: string, place: string): string {
    const other = this.dimensions.length > 1 ? `PARTITION BY ${place}.d1, ${place}.k1 ` : "";
    return `sum(${figure}) OVER (${other}ORDER BY ${place}.d0)`;
  }

  private order(place: string): string[] {
    const { order } = this.plan;
    const groups = this.dimensions.map((_, i) => i);
    const rest = groups
      .filter((i) => this.limited && i === 0)
      .map((i) => `coalesce(${place}.s${i} = ${LAST_PLACE}, false)`);
    if (order?.by === "dimension")
      return [...rest, this.named(order, place), ...groups.flatMap((i) => this.byItself(i, place))];
    if (order?.by === "measure" && groups.length > 0)
      return [
        ...rest,
        ...this.byFigure(order, place),
        ...groups.slice(1).flatMap((i) => this.byItself(i, place)),
      ];
    return [...rest, ...groups.flatMap((i) => this.byItself(i, place))];
  }

  private named({ index, direction }: PlanOrder, place: string): string {
    return `${place}.${this.dimensions[index]!.sort ? "s" : "d"}${index} ${direction === "asc" ? "ASC" : "DESC"} NULLS LAST`;
  }

  private byFigure({ index, direction }: PlanOrder, place: string): string[] {
    const way = direction === "asc" ? "ASC" : "DESC";
    if (this.dimensions.length === 1) return [`f.m${index} ${way} NULLS LAST`, `${place}.d0`];
    return [`max(f.m${index}) OVER (PARTITION BY ${place}.d0, ${place}.k0) ${way} NULLS LAST`, `${place}.d0`];
  }

  /** Time and stages by their own order, the rest by the first figure. */
  private byItself(i: number, place: string): string[] {
    const { type, sort } = this.dimensions[i]!;
    if (type !== "text") return [`${place}.d${i}`];
    if (sort !== null) return [`${place}.s${i} NULLS LAST`, `${place}.d${i}`];
    const total = this.measures[0]!.zero ? "sum" : "max";
    const groupOf =
      this.dimensions.length === 1
        ? "f.m0"
        : `${total}(f.m0) OVER (PARTITION BY ${place}.d${i}, ${place}.k${i})`;
    return [`${groupOf} DESC NULLS LAST`, `${place}.d${i}`];
  }

  private columns(): ColumnInfo[] {
    const groups = this.dimensions.flatMap(({ info, codeInfo }) => [info, ...(codeInfo ? [codeInfo] : [])]);
    const figures = this.measures.flatMap(({ info }) => [
      info,
      ...(this.compares ? [this.before(info)] : []),
    ]);
    return [...groups, ...figures];
  }

  private before(info: ColumnInfo): ColumnInfo {
    const { ru, en } = info.label;
    const year = this.plan.compare === "previous_year";
    const label = {
      ru: `${ru}: ${year ? "год назад" : "период до этого"}`,
      en: `${en}: ${year ? "a year before" : "the period before"}`,
    };
    return { ...info, name: `${info.name}_before`, label };
  }

  private withBefore(shape: ShapeMeasure): ShapeMeasure {
    return this.compares ? { ...shape, before: `${shape.field}_before` } : shape;
  }

  private partial(): string | null {
    const time = this.plan.dimensions.find(({ grain }) => PeriodUnit.safeParse(grain).success);
    const now = today(this.scope.reader);
    const { range } = this.scope;
    if (!time || (range !== null && range.until <= now)) return null;
    return startOf(now, PeriodUnit.parse(time.grain));
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
