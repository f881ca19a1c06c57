import type { Palette } from "../palette.ts";
import type { ChartData, Series } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";

/** Everything that decides how a chart looks. */
export interface Drawing {
  data: ChartData;
  words: ChartWords;
  palette: Palette;
  font: string;
  /** How wide a text of so many px stands, px. */
  widthOf(text: string, size: number): number;
  /** Whether the plot is too narrow for labels beside it. */
  narrow: boolean;
  /** Plot width and height, px. */
  width: number;
  height: number;
  animate: boolean;
  /** Patterns on every shape: asked for by the reader's contrast setting. */
  patterns: boolean;
}

const SERIES_COLOURS = 8;

/** Colour of the n-th series or slice where the portal gives none. */
export function seriesColour(palette: Palette, index: number): string {
  return palette[`series-${(index % SERIES_COLOURS) + 1}` as "series-1"];
}

/** The portal's colour, else ours. */
export function colourOf(series: Series, index: number, palette: Palette): string {
  if (series.earlier) return palette["series-other"];
  return series.colour ?? seriesColour(palette, index);
}

/** Colour of a place: of the rest, of the portal, or the n-th. */
export function placeColour({ data, palette }: Drawing, index: number, nth: number): string {
  const { colour, isOther } = data.categories[index]!;
  return isOther ? palette["series-other"] : (colour ?? seriesColour(palette, nth));
}

/** Braces would begin a rich-text style in ECharts' labels. */
export function plainText(text: string): string {
  return text.replace(/[{}|]/g, " ");
}

/** A colour from strong to faint, downwards or to the right. */
export function fade(colour: string, from: string, to: string, across = false): object {
  return {
    type: "linear",
    x: 0,
    y: 0,
    x2: across ? 1 : 0,
    y2: across ? 0 : 1,
    colorStops: [
      { offset: 0, color: `${colour}${from}` },
      { offset: 1, color: `${colour}${to}` },
    ],
  };
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** A colour between two, both `#rrggbb`. */
export function blend(from: string, to: string, share: number): string {
  const target = channels(to);
  const mixed = channels(from).map((one, i) => Math.round(one + (target[i]! - one) * share));
  return `#${mixed.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever is read better on a ground. */
export function inkOn(ground: string): string {
  const [r = 0, g = 0, b = 0] = channels(ground).map((one) => {
    const share = one / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#262626" : "#ffffff";
}
