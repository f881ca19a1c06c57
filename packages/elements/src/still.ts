import type { ChartSpec } from "@b24kit/client";
import { tableFromIPC } from "@uwdata/flechette";
import { specWishes } from "./charts/spec-wishes.ts";
import { drawStill } from "./core/chart/still/draw-still.ts";

export { NotDrawable } from "./core/chart/still/draw-still.ts";

/** An answer of the API and how it is to be read. */
export interface SpecStill {
  spec: ChartSpec;
  /** The answer's rows as an Arrow stream. */
  rows: Uint8Array;
  locale: "ru" | "en";
  theme: "light" | "dark";
  /** Of the whole card, px. */
  width: number;
  /** What its form needs where absent. */
  height?: number | undefined;
}

/** For a process without a page: a chart as one SVG, by the code that draws it on a page. @throws NotDrawable */
export function drawSpec({ spec, rows, locale, theme, width, height }: SpecStill): Promise<string> {
  const { unit, ...wishes } = specWishes(spec);
  return drawStill({
    ...{ table: tableFromIPC(rows), wishes, unit, theme, width, height },
    heading: spec.title[locale],
    cut: spec.source.truncated,
    asOf: spec.source.asOf === null ? undefined : Date.parse(spec.source.asOf),
    locale: { language: locale, timeZone: spec.timeZone },
  });
}
