import type { ChartForm, ChartNoteCode } from "@b24kit/client/contract";
import type { ResultShape, ShapeDimension, ShapeMeasure } from "../plan/compiled-plan.ts";
import type { ResultStats } from "./result-stats.ts";

/** What is known when a form is chosen. */
export interface FormQuestion {
  readonly shape: ResultShape;
  readonly stats: ResultStats;
  /** Kinds of a list's columns, as far as they are numbers. */
  readonly listedNumbers: readonly string[];
  readonly running: boolean;
  /** A figure to be reached is named. */
  readonly targeted: boolean;
  /** Stages of several funnels stand side by side: no way leads from one to the next. */
  readonly mixedFunnels: boolean;
  /** The form that the question, the reader or the model asks for. */
  readonly asked: ChartForm | null;
}

export interface FormChoice {
  /** The chosen one first, then those that the result can take as well. */
  readonly forms: readonly [ChartForm, ...ChartForm[]];
  readonly reason: ChartNoteCode;
  readonly stack: "none" | "stack" | "percent";
}

const FEWEST_POINTS_OF_A_LINE = 4;
const MOST_SLICES = 7;
const MOST_CELLS_OF_A_BAR = 60;
const MOST_AXES = 8;

/** The form that a result is read best in. Pure rules over the result as it came; what was asked for is tried first. */
export function chooseForm(question: FormQuestion): FormChoice {
  const own = chooseOwn(question);
  const { asked } = question;
  if (asked === null || asked === own.forms[0]) return own;
  if (!own.forms.includes(asked)) return { ...own, reason: "form_not_possible" };
  const rest = own.forms.filter((form) => form !== asked);
  return { ...own, forms: [asked, ...rest], reason: "form_asked" };
}

function chooseOwn(question: FormQuestion): FormChoice {
  const { shape, stats } = question;
  if (shape.listed.length > 0) return records(question);
  if (shape.measures.length === 0) return choice("form_no_numbers", "table");
  if (shape.dimensions.length === 0) return single(question);
  if (stats.rows === 0) return choice("form_records", "table");
  const [first, second] = shape.dimensions as [ShapeDimension, ShapeDimension?];
  return second ? two(question, first, second) : one(question, first);
}

function choice(reason: ChartNoteCode, form: ChartForm, ...others: ChartForm[]): FormChoice {
  const forms: [ChartForm, ...ChartForm[]] = [
    form,
    ...others,
    ...(form === "table" ? [] : (["table"] as const)),
  ];
  return { forms, reason, stack: "none" };
}

function records({ listedNumbers, shape }: FormQuestion): FormChoice {
  const points = listedNumbers.length >= 2 && shape.listed.length <= 3;
  return points ? choice("form_two_numbers", "scatter") : choice("form_records", "table");
}

function single({ shape, targeted }: FormQuestion): FormChoice {
  const reaches = targeted || shape.measures.some(({ isTarget }) => isTarget);
  if (reaches) return choice("form_target", "gauge", "kpi", "bar");
  return shape.measures.length > 1
    ? choice("form_single_value", "kpi", "bar")
    : choice("form_single_value", "kpi");
}

function one(question: FormQuestion, dimension: ShapeDimension): FormChoice {
  const { shape, stats } = question;
  const { measures } = shape;
  if (dimension.kind === "time") return alongTime(question, dimension);
  if (dimension.kind === "clock") return choice("form_clock", "bar", "line", "radar");
  if (measures.length >= 3) {
    const fits = stats.rows >= 2 && stats.rows <= MOST_AXES;
    return fits
      ? choice("form_many_measures", "radar", "bar", "pivot")
      : choice("form_many_measures", "table", "bar", "pivot");
  }
  if (dimension.kind === "stage" && measures.length === 1 && measures[0]!.additive) {
    if (question.mixedFunnels) return choice("form_stages", "bar", ...slices(question));
    // Where more stand on a later stage, the picture would be of no funnel; who asks for one gets it.
    const [first, second] = stats.falling ? (["funnel", "bar"] as const) : (["bar", "funnel"] as const);
    return choice("form_stages", first, second, ...slices(question));
  }
  if (twoScales(measures)) return choice("form_two_scales", "combo", "bar", "scatter");
  return choice(
    "form_categories",
    "bar",
    ...slices(question),
    ...(measures.length === 2 ? (["combo"] as const) : []),
    ...steps(question),
  );
}

/** Whoever names a funnel knows that these are its steps. */
function steps({ shape, stats }: FormQuestion): ChartForm[] {
  const additive = shape.measures.length === 1 && shape.measures[0]!.additive && !stats.negative;
  return additive && stats.rows <= MOST_SLICES ? ["funnel"] : [];
}

function slices({ shape, stats }: FormQuestion): ChartForm[] {
  const parts = shape.measures.length === 1 && shape.measures[0]!.additive && !stats.negative;
  if (!parts || mixesCurrencies(shape)) return [];
  return stats.rows <= MOST_SLICES + 1 ? ["pie", "treemap"] : ["treemap", "pie"];
}

function mixesCurrencies({ measures }: ResultShape): boolean {
  return measures.some(({ unit }) => unit?.startsWith("{") === true);
}

function alongTime(question: FormQuestion, { grain }: ShapeDimension): FormChoice {
  const { shape, stats, running } = question;
  const { measures } = shape;
  const days: ChartForm[] = grain === "day" && measures.length === 1 ? ["calendar"] : [];
  if (twoScales(measures)) return choice("form_two_scales", "combo", "line", "bar");
  if (stats.rows < FEWEST_POINTS_OF_A_LINE) return choice("form_few_periods", "bar", "line", ...days);
  const sums = measures.every(({ additive }) => additive);
  if (running) return choice("form_time", "area", "line", "bar");
  return choice("form_time", "line", "bar", ...(sums ? (["area"] as const) : []), ...days);
}

function twoScales(measures: readonly ShapeMeasure[]): boolean {
  return (
    measures.length === 2 &&
    (measures[0]!.kind !== measures[1]!.kind || measures[0]!.unit !== measures[1]!.unit)
  );
}

function two(question: FormQuestion, first: ShapeDimension, second: ShapeDimension): FormChoice {
  const { shape, stats } = question;
  const [across, down] = stats.distinct as [number, number];
  const { measures } = shape;
  if (measures.length > 1) return choice("form_many_measures", "pivot");
  if (first.kind === "clock" && second.kind === "clock")
    return choice("form_clock", "heatmap", "bar", "pivot");
  const additive = measures[0]!.additive && !stats.negative && !mixesCurrencies(shape);
  if (first.kind === "stage" && second.kind === "stage" && additive)
    return choice("form_moves", "sankey", "heatmap", "pivot", "bar");
  const stack = additive ? "stack" : "none";
  const timed = first.kind === "time" || second.kind === "time";
  if (timed) {
    const series = first.kind === "time" ? down : across;
    if (series > 12) return choice("form_many_cells", "heatmap", "line", "pivot");
    const points = first.kind === "time" ? across : down;
    const bars = additive && points <= 24;
    const rest: ChartForm[] = [...(additive ? (["area"] as const) : []), "heatmap", "pivot"];
    return { ...choice("form_time", bars ? "bar" : "line", bars ? "line" : "bar", ...rest), stack };
  }
  if (across * down > MOST_CELLS_OF_A_BAR)
    return choice("form_many_cells", "heatmap", "pivot", "bar", ...nested(additive));
  return { ...choice("form_two_categories", "bar", "heatmap", "pivot", ...nested(additive)), stack };
}

function nested(additive: boolean): ChartForm[] {
  return additive ? ["treemap", "sankey"] : [];
}
