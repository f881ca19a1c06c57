import type { Palette } from "../palette.ts";
import type { ChartData, Series } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";

/** Everything that decides how a chart looks. */
export interface Drawing {
  data: ChartData;
  words: ChartWords;
  palette: Palette;
  font: string;
  /** Whether the plot is too narrow for labels beside it. */
  narrow: boolean;
  /** Plot width, px. */
  width: number;
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
  return series.colour ?? seriesColour(palette, index);
}

/** Braces would begin a rich-text style in ECharts' labels. */
export function plainText(text: string): string {
  return text.replace(/[{}|]/g, " ");
}
