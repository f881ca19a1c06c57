import type { Table } from "@uwdata/flechette";
import { readTable } from "../../data/column.ts";
import type { Locale } from "../../locale/locale.ts";
import { type Wording, wordingOf } from "../../locale/wording.ts";
import { coreTexts } from "../../messages.ts";
import type { Palette } from "../../palette.ts";
import { COLOURS, type ColourName, MEASURES } from "../../tokens.ts";
import type { ChartData } from "../aggregate.ts";
import type { ChartType } from "../chart-type.ts";
import { ChartWords } from "../chart-words.ts";
import type { Drawing } from "../drawing.ts";
import { loadForm } from "../forms/load-form.ts";
import { type Headline, headlineOf } from "../headline.ts";
import { chartTexts } from "../messages.ts";
import { headed, makePicture, type Picture } from "../picture.ts";
import { type ChartWishes, toRequest } from "../wishes.ts";
import { figureBlock } from "./figure-block.ts";
import { edgeOf, NARROW } from "./frame.ts";
import { type Block, type Head, headBlock, notesBlock, stackBlocks } from "./head.ts";
import { textWidth } from "./letter-widths.ts";
import { plotSvg } from "./plot-svg.ts";
import { escapeText } from "./pure-svg.ts";
import { thinPoints } from "./thin-points.ts";

export interface StillRequest {
  table: Table;
  wishes: ChartWishes;
  heading: string;
  unit: string | undefined;
  /** The query's limit cut its rows off. */
  cut: boolean;
  /** When the data was last known to be true, epoch ms. */
  asOf: number | undefined;
  locale: Locale;
  theme: "light" | "dark";
  /** Of the whole card, px. */
  width: number;
  /** Of the whole card, px; what its form needs where absent. */
  height?: number | undefined;
}

/** The form is a table, or there are more marks than a picture can hold. */
export class NotDrawable extends Error {}

const TABLES = new Set<ChartType>(["pivot", "table"]);
/** Marks beyond so many make megabytes that show nothing. */
const MOST_MARKS = 5_000;
/** Room between head and plot, px. */
const ABOVE = 12;
/** A plot is no lower than this, whatever height was asked for, px. */
const LEAST_PLOT = 80;

interface Still {
  request: StillRequest;
  wording: Wording;
  picture: Picture;
  /** What is drawn, thinned where there was too much. */
  data: ChartData;
  words: ChartWords;
  head: Head;
}

function paletteOf(theme: StillRequest["theme"]): Palette {
  const names = Object.keys(COLOURS) as ColourName[];
  return Object.fromEntries(names.map((name) => [name, COLOURS[name][theme === "dark" ? 1 : 0]])) as Palette;
}

/** Long times of bars are a line where nobody can zoom. */
function pictureOf({ table, wishes, locale, width }: StillRequest): Picture | undefined {
  const source = readTable(table);
  const picture = makePicture(source, toRequest(wishes, locale.timeZone));
  const data = picture?.data;
  if (!picture || !data || !["bar", "combo"].includes(data.type)) return picture;
  if (!data.grain || data.categories.length * data.series.length < width / 3) return picture;
  const line = makePicture(source, toRequest({ ...wishes, type: "line", stack: "none" }, locale.timeZone));
  return line && { ...line, asked: picture.asked ?? data.type };
}

function checkDrawable(data: ChartData): void {
  if (TABLES.has(data.type)) throw new NotDrawable("A table is read, not drawn.");
  const lines = data.type === "line" || data.type === "area";
  const marks = lines ? data.series.length : data.categories.length * Math.max(1, data.series.length);
  if (marks > MOST_MARKS)
    throw new NotDrawable(`It would have ${marks} marks; a picture holds ${MOST_MARKS}.`);
}

function notesOf({ picture, data, wording, request }: Still): string[] {
  const t = wording.texts(chartTexts);
  const { all, asked } = picture;
  const gathered = data.categories.at(-1)?.isOther;
  const cut = !data.points && !gathered && data.categories.length < all.categories.length;
  const points = picture.data.points?.rows.length ?? 0;
  const thinned = data.points && data.points.rows.length < points;
  return [
    ...(cut ? [t.cut(data.categories.length, all.categories.length)] : []),
    ...(thinned ? [t.thinned(data.points!.rows.length, points)] : []),
    ...(asked ? [t.instead(t.forms[asked], t.forms[data.type])] : []),
    ...(request.cut ? [t.firstRows(picture.source.rows)] : []),
  ];
}

/** @param room height that head and notes leave it, px */
async function plotBlock({ data, words, head }: Still, room: number | undefined): Promise<Block> {
  if (data.type === "kpi") return figureBlock(data, words, head);
  const form = await loadForm(data.type);
  const { left, width, palette } = head;
  const narrow = width < NARROW;
  const own = form.height(data, narrow);
  const given = room === undefined ? own : Math.max(LEAST_PLOT, Math.round(room) - ABOVE);
  // A larger ring would push its names out.
  const height = data.type === "pie" ? Math.min(own, given) : given;
  const drawing: Drawing = {
    ...{ data, words, palette, narrow, width, height },
    // Letters take the picture's own font; ECharts would not escape its name.
    font: "sans-serif",
    widthOf: textWidth,
    animate: false,
    patterns: false,
  };
  const plot = await plotSvg(drawing, form);
  return {
    svg: plot.replace("<svg", `<svg x="${left}" y="${ABOVE + (given - height) / 2}"`),
    height: given + ABOVE,
  };
}

/** All of it in words, for whoever does not see it. */
function summaryOf({ request, data, wording }: Still, headline: Headline | undefined): string {
  const t = wording.texts(chartTexts);
  const marks = data.points?.rows.length ?? data.categories.length;
  const said = headline
    ? `${headline.exact}, ${headline.caption}${headline.change ? `, ${headline.change.text} ${headline.change.caption}` : ""}.`
    : "";
  return `${t.summary(request.heading, t.forms[data.type], data.series.length, marks)} ${said}`.trim();
}

function cardOf({ width }: StillRequest, head: Head, blocks: readonly Block[], summary: string): string {
  const { heading, palette, left: padding } = head;
  const body = stackBlocks(blocks);
  const height = Math.ceil(body.height + 2 * padding);
  const font = MEASURES.font.replaceAll('"', "'");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">` +
    `<title>${escapeText(heading)}</title><desc>${escapeText(summary)}</desc>` +
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="12" fill="${palette.surface}" stroke="${palette.divider}"/>` +
    `<g transform="translate(0 ${padding})">${body.svg}</g></svg>`
  );
}

function emptyCard(request: StillRequest, wording: Wording, head: Head): string {
  const { nothingTitle, nothingText } = wording.texts(chartTexts);
  const { emptyTitle } = wording.texts(coreTexts);
  const said = request.table.numRows === 0 ? [emptyTitle] : [nothingTitle, nothingText];
  const blocks = [headBlock(head), notesBlock(said, head)];
  return cardOf(request, head, blocks, `${request.heading}. ${said.join(". ")}`);
}

const hasMarks = ({ points, series, categories }: ChartData): boolean =>
  points ? points.rows.length > 0 : series.length > 0 && categories.length > 0;

function bareHead({ heading, theme, width }: StillRequest): Head {
  const narrow = width < NARROW;
  const left = edgeOf(width);
  const room = { left, width: width - 2 * left };
  const palette = paletteOf(theme);
  return { heading, headline: undefined, asOf: undefined, palette, ...room, figure: narrow ? 26 : 30 };
}

/** Of a chart the same picture that its element draws, as one SVG without a page. @throws NotDrawable, ImpureSvg */
export async function drawStill(request: StillRequest): Promise<string> {
  const wording = wordingOf(request.locale);
  const bare = bareHead(request);
  if (TABLES.has(request.wishes.type as ChartType)) throw new NotDrawable("A table is read, not drawn.");
  const picture = request.table.numRows ? pictureOf(request) : undefined;
  if (!picture || !hasMarks(picture.data)) return emptyCard(request, wording, bare);
  const data = thinPoints(picture.data);
  checkDrawable(data);
  const wordsOf = (one: ChartData) => new ChartWords(one, wording, request.unit);
  const headline = headlineOf(picture.all, wordsOf(picture.all), wording);
  const kpi = data.type === "kpi";
  const { asOf } = request;
  const head: Head = {
    ...bare,
    headline: kpi || headed(picture) ? headline : undefined,
    asOf: asOf === undefined ? undefined : wording.texts(coreTexts).asOf(wording.format.dayTime(asOf)),
    figure: kpi ? 44 : bare.figure,
  };
  const still: Still = { request, wording, picture, data, words: wordsOf(data), head };
  const top = headBlock(head);
  const notes = notesBlock(notesOf(still), head);
  const room = request.height && request.height - top.height - notes.height - 2 * head.left;
  const blocks = [top, await plotBlock(still, room), notes];
  return cardOf(request, head, blocks, summaryOf(still, head.headline));
}
