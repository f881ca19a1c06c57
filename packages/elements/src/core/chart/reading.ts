import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";

/** One figure of a reading; `series` gives its colour. */
export interface ReadingLine {
  name: string;
  value: string;
  series?: number;
}

/** All there is to read at a mark: shown beside the pointer, said aloud for the keys. */
export interface Reading {
  title: string;
  lines: readonly ReadingLine[];
}

/** The reading in one sentence, for the live region. */
export function sayReading({ title, lines }: Reading): string {
  const figures = lines.map(({ name, value }) => (name ? `${name}: ${value}` : value));
  return [title, ...figures].filter(Boolean).join(", ");
}

/** Every series at a place; a series that has nothing there is left out where there are many. */
export function readPlace(data: ChartData, words: ChartWords, category: number): Reading {
  const many = data.series.length > 1;
  const lines = data.series.flatMap((one, series): ReadingLine[] => {
    const value = one.values[category]!;
    if (data.series.length > 6 && !value) return [];
    return [{ name: many ? words.series(one) : "", value: words.exact(value, one), series }];
  });
  return { title: words.categoryAt(category), lines };
}

/** One series at a place. */
export function readCell(data: ChartData, words: ChartWords, category: number, series: number): Reading {
  const one = data.series[series]!;
  const value = words.exact(one.values[category]!, one);
  return { title: words.categoryAt(category), lines: [{ name: words.series(one), value, series }] };
}
