import type { EChartsCoreOption } from "echarts/core";
import { html, nothing, svg, type TemplateResult } from "lit";
import { cssVars } from "../../css-vars.ts";
import type { ChartData } from "../aggregate.ts";
import { changeView } from "../change-view.ts";
import { headlineOf } from "../headline.ts";
import { planFact } from "../plan-fact.ts";
import { readPlace } from "../reading.ts";
import { type Form, placeMarks, type Sketch } from "./form.ts";
import { kpiStyles } from "./kpi.styles.ts";
import { lineOption } from "./line.ts";

const WIDTH = 320;
const HEIGHT = 64;
const EDGE = 4;
/** The sparkline shows the way here, not the history of the company. */
const MOST_POINTS = 36;

/** Points of the sparkline in its own units. */
function points(values: ArrayLike<number>): [number, number][] {
  const known = Array.from(values, (value) => value || 0);
  const least = Math.min(0, ...known);
  const span = Math.max(...known) - least || 1;
  const step = (WIDTH - 2 * EDGE) / Math.max(1, known.length - 1);
  return known.map((value, i) => [
    EDGE + i * step,
    HEIGHT - EDGE - ((value - least) / span) * (HEIGHT - 2 * EDGE),
  ]);
}

const path = (list: readonly [number, number][]) =>
  list.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** The last periods as a line without axes, as paths in a box. */
export interface Spark {
  width: number;
  height: number;
  ground: string;
  line: string;
  /** The running period. */
  running: string | undefined;
  end: [x: number, y: number];
}

/** Undefined where there are too few periods for a way. */
export function sparkOf({ series: [one], grain, categories, incomplete }: ChartData): Spark | undefined {
  if (!one || !grain || categories.length < 3) return undefined;
  const list = points(one.values.slice(-MOST_POINTS));
  const solid = incomplete ? list.slice(0, -1) : list;
  const end = solid.at(-1)!;
  return {
    width: WIDTH,
    height: HEIGHT,
    ground: `${path(solid)}L${end[0].toFixed(1)} ${HEIGHT}L${EDGE} ${HEIGHT}Z`,
    line: path(solid),
    running: incomplete ? path(list.slice(-2)) : undefined,
    end,
  };
}

function sparkline({ data }: Sketch): TemplateResult | typeof nothing {
  const spark = sparkOf(data);
  if (!spark) return nothing;
  const { width, height, ground, line, running, end } = spark;
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path class="spark-ground" d=${ground}/><path class="spark-line" d=${line}/>`}
    ${running ? svg`<path class="spark-line running" d=${running}/>` : nothing}
    ${svg`<path class="spark-end" d="M${end[0].toFixed(1)} ${end[1].toFixed(1)}h0.01"/>`}
  </svg>`;
}

/** How much of the plan is reached, as a bar with its words. */
function planView({ data, words }: Sketch): TemplateResult | typeof nothing {
  const [one] = data.series;
  const { fact, plan } = planFact(data);
  if (!one || !plan) return nothing;
  const share = fact / plan;
  return html`<div class="plan">
    <div class="plan-track" aria-hidden="true">
      <span class="plan-fill ${share >= 1 ? "done" : ""}" ${cssVars({ "--_share": `${Math.min(100, Math.max(0, share * 100))}%` })}></span>
    </div>
    <p class="caption">${words.percent(share)} · ${words.fixed.target} <span class="tabular">${words.short(plan, one)}</span></p>
  </div>`;
}

function kpiView(sketch: Sketch): TemplateResult {
  const headline = headlineOf(sketch.all, sketch.words, sketch.locale);
  return html`<div class="kpi">
    ${
      headline
        ? html`<p class="kpi-figure tabular" title=${headline.exact}>${headline.figure}</p>
            <p class="kpi-caption"><span class="caption">${headline.caption}</span>
              ${headline.change ? changeView(headline.change) : nothing}</p>`
        : nothing
    }
    ${sparkline(sketch)}${planView(sketch)}
  </div>`;
}

/** One figure with its change against the period before, its way here and its plan. Needs no chart code. */
export const form: Form = {
  view: kpiView,
  styles: kpiStyles,
  // For pictures only: what a saved file shows below the figure.
  option: (drawing): EChartsCoreOption =>
    drawing.data.grain ? lineOption({ ...drawing, data: { ...drawing.data, target: undefined } }) : {},
  height: (data) => (data.grain && data.categories.length > 2 ? 180 : 120),
  marks: (data) => (data.grain ? placeMarks(data) : placeMarks(data).slice(0, 1)),
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "axis",
};
