import type { Palette } from "../../palette.ts";
import type { ChartData } from "../aggregate.ts";
import type { ChartWords } from "../chart-words.ts";
import { sparkOf } from "../forms/kpi.ts";
import { planFact } from "../plan-fact.ts";
import { type Block, stackBlocks } from "./head.ts";
import { clip } from "./letter-widths.ts";
import { textMark } from "./marks.ts";

interface Room {
  palette: Palette;
  left: number;
  width: number;
}

/** The way to the figure. */
function sparkBlock(data: ChartData, { palette, left, width }: Room): Block {
  const spark = sparkOf(data);
  if (!spark) return { svg: "", height: 0 };
  const colour = palette["series-1"];
  const stretch = width / spark.width;
  const line = `fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"`;
  // Stretched in its numbers: a scaled line would be wider along than across.
  const wide = (path: string) =>
    path.replace(/([ML])([\d.]+)/g, (_, letter, x) => `${letter}${(Number(x) * stretch).toFixed(1)}`);
  const [x, y] = spark.end;
  const svg = `<g transform="translate(${left} 12)"><path d="${wide(spark.ground)}" fill="${colour}" opacity="0.09"/><path d="${wide(spark.line)}" ${line}/>${
    spark.running ? `<path d="${wide(spark.running)}" ${line} stroke-dasharray="4 4"/>` : ""
  }<circle cx="${(x * stretch).toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${colour}"/></g>`;
  return { svg, height: spark.height + 16 };
}

/** How much of the plan is reached. */
function planBlock(data: ChartData, words: ChartWords, { palette, left, width }: Room): Block {
  const [one] = data.series;
  const { fact, plan } = planFact(data);
  if (!one || !plan) return { svg: "", height: 0 };
  const share = fact / plan;
  const filled = Math.round(width * Math.min(1, Math.max(0, share)));
  const colour = share >= 1 ? palette.success : palette["series-1"];
  const bar = (wide: number, fill: string) =>
    `<rect x="${left}" y="12" width="${wide}" height="8" rx="4" fill="${fill}"/>`;
  const text = `${words.percent(share)} · ${words.fixed.target} ${words.short(plan, one)}`;
  const look = { x: left, y: 38, size: 13, colour: palette["text-secondary"] };
  const track = bar(width, palette["neutral-soft"]);
  return {
    svg: track + (filled > 0 ? bar(filled, colour) : "") + textMark(clip(text, 13, width), look),
    height: 44,
  };
}

/** Below a figure: its way here and its plan. */
export const figureBlock = (data: ChartData, words: ChartWords, room: Room): Block =>
  stackBlocks([sparkBlock(data, room), planBlock(data, words, room)]);
