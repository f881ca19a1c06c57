import type {
  ChartField,
  ChartForm,
  ChartMeasure,
  ChartNote,
  ChartSource,
  ChartSpec,
  Label,
  Plan,
} from "@b24kit/client/contract";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import type { ResultShape, ShapeDimension } from "../plan/compiled-plan.ts";
import { isAxisNumber } from "../plan/measures.ts";
import { chooseForm, type FormChoice } from "./choose-form.ts";
import type { ResultStats } from "./result-stats.ts";

export interface SpecInput {
  readonly id: string;
  readonly title: Label;
  readonly subtitle?: Label | null;
  readonly locale: "ru" | "en";
  readonly timeZone: string;
  readonly shape: ResultShape;
  readonly columns: readonly ColumnInfo[];
  readonly stats: ResultStats;
  /** Null where the lane is SQL. */
  readonly plan: Plan | null;
  readonly asked: ChartForm | null;
  readonly notes: readonly ChartNote[];
  readonly source: ChartSource;
}

const LONG_LABEL = 14;
const MANY_BARS = 8;

/** How a result is to be drawn, and why so. */
export function makeSpec(input: SpecInput): ChartSpec {
  const { shape, stats, plan, columns } = input;
  const numbers = columns.filter(({ name, kind }) => shape.listed.includes(name) && isAxisNumber(kind));
  const choice = chooseForm({
    ...{ shape, stats, asked: input.asked, listedNumbers: numbers.map(({ name }) => name) },
    running: plan?.running === true,
    targeted: plan?.target != null,
    mixedFunnels: input.notes.some(({ code }) => code === "funnels_merged"),
  });
  const [type] = choice.forms;
  const { x, series } =
    type === "scatter" && numbers.length >= 2 ? points(numbers, columns, shape) : axes(shape);
  return {
    v: 1,
    id: input.id,
    type,
    forms: [...choice.forms],
    title: input.title,
    subtitle: input.subtitle ?? null,
    ...{ locale: input.locale, timeZone: input.timeZone },
    x,
    y: type === "scatter" && numbers.length >= 2 ? [numberMeasure(numbers[1]!)] : measures(shape, type),
    series,
    stack: choice.stack,
    horizontal: isHorizontal(shape, stats, type),
    order: orderOf(shape, plan),
    palette: paletteOf(shape, type),
    target: plan?.target ?? null,
    partial: shape.partial,
    notes: notesOf(input, choice),
    source: input.source,
    a11y: { summary: null },
  };
}

/** Time lies along the axis, whichever dimension it was asked as. */
function axes({ dimensions }: ResultShape): { x: ChartField | null; series: ChartField | null } {
  const [first, second] = dimensions;
  if (!first) return { x: null, series: null };
  const swapped = second?.kind === "time" && first.kind !== "time";
  const [along, beside] = swapped ? [second, first] : [first, second];
  return { x: toField(along!), series: beside ? toField(beside) : null };
}

function toField({ field, label, kind, grain }: ShapeDimension): ChartField {
  return { field, label, kind: kind === "clock" ? "number" : kind, grain };
}

function points(numbers: readonly ColumnInfo[], columns: readonly ColumnInfo[], { listed }: ResultShape) {
  const [first] = numbers as [ColumnInfo];
  const named = columns.find(({ name, kind }) => listed.includes(name) && !isAxisNumber(kind));
  const x: ChartField = { field: first.name, label: first.label, kind: "number", grain: null };
  const series: ChartField | null = named
    ? { field: named.name, label: named.label, kind: "category", grain: null }
    : null;
  return { x, series };
}

function numberMeasure({ name, label, kind, unit }: ColumnInfo): ChartMeasure {
  return { field: name, label, kind, unit: unit ?? null, axis: 0, mark: null, before: null, target: null };
}

/** A plan stands beside its fact, not as a figure of its own. */
function measures({ measures: all }: ResultShape, type: ChartForm): ChartMeasure[] {
  const target = all.find(({ isTarget }) => isTarget);
  const facts =
    target && all.length > 1 && type !== "combo" && type !== "table"
      ? all.filter((one) => one !== target)
      : all;
  return facts.map(({ field, label, kind, unit, before }, index) => ({
    ...{ field, label, kind, unit, before },
    axis: index > 0 && (kind !== facts[0]!.kind || unit !== facts[0]!.unit) && type === "combo" ? 1 : 0,
    mark: type === "combo" ? (index === 0 ? "bar" : "line") : null,
    target: target && facts !== all ? target.field : null,
  }));
}

function isHorizontal({ dimensions }: ResultShape, { rows, longest }: ResultStats, type: ChartForm): boolean {
  const [first] = dimensions;
  if (type !== "bar" || !first || dimensions.some(({ kind }) => kind === "time" || kind === "clock"))
    return false;
  return longest[0]! > LONG_LABEL || rows > MANY_BARS;
}

function orderOf({ dimensions, listed }: ResultShape, plan: Plan | null): ChartSpec["order"] {
  const [first] = dimensions;
  if (listed.length > 0 || !first) return "given";
  if (plan?.order) return plan.order.by === "measure" ? "value" : "name";
  if (dimensions.some(({ kind }) => kind === "time" || kind === "clock")) return "time";
  return first.kind === "stage" ? "stage" : "value";
}

function paletteOf({ dimensions }: ResultShape, type: ChartForm): ChartSpec["palette"] {
  if (type === "heatmap" || type === "calendar" || type === "pivot") return "sequential";
  return dimensions.some(({ field, kind }) => kind === "stage" || field === "result") ? "status" : "default";
}

function notesOf({ notes, stats, source, asked }: SpecInput, { reason }: FormChoice): ChartNote[] {
  const why: ChartNote = { code: reason, params: reason === "form_not_possible" ? { asked: asked! } : {} };
  const empty: ChartNote[] = stats.rows === 0 ? [{ code: "empty", params: {} }] : [];
  const cut: ChartNote[] = source.truncated ? [{ code: "truncated", params: { rows: source.rows } }] : [];
  return [why, ...empty, ...cut, ...notes];
}
