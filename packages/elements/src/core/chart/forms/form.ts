import type { Table } from "@uwdata/flechette";
import type { EChartsCoreOption } from "echarts/core";
import type { CSSResult, TemplateResult } from "lit";
import type { LocaleController } from "../../locale/locale-controller.ts";
import type { ChartData } from "../aggregate.ts";
import type { ChartWords } from "../chart-words.ts";
import type { Drawing } from "../drawing.ts";
import type { ChartExtension } from "../echarts.ts";
import type { Reading } from "../reading.ts";

/** Where a reader can stand: a place, or one series at a place; and how ECharts knows it. */
export interface Mark {
  category: number;
  series?: number;
  at: { seriesIndex: number; dataIndex: number; dataType?: string };
}

/** What a form that draws itself draws from. */
export interface Sketch {
  data: ChartData;
  /** As the data was before small places were gathered. */
  all: ChartData;
  words: ChartWords;
  locale: LocaleController;
  /** The rows that all of it came from. */
  table: Table;
  title: string;
}

/** One form of a chart: pure functions of the data; its code and its part of ECharts come with the first use. */
export interface Form {
  /** What this form adds to ECharts. */
  extensions?: readonly ChartExtension[];
  option: (drawing: Drawing) => EChartsCoreOption;
  /** Height of the plot in px. */
  height: (data: ChartData, narrow: boolean) => number;
  /** Places that keys reach, in the order of reading; one per category where absent. */
  marks?: (data: ChartData) => Mark[];
  /** How many marks an arrow goes on; 1 where absent. */
  step?: (data: ChartData) => { x: number; y: number };
  /** Which mark an event of ECharts is about. */
  markAt?: (data: ChartData, at: Mark["at"]) => Mark | undefined;
  /** What there is to read at a mark. */
  read: (data: ChartData, words: ChartWords, mark: Mark) => Reading;
  /** Whether the pointer reads whole places, or the mark under it. */
  trigger: "axis" | "item";
  /** Drawn by ourselves instead of ECharts on the page. */
  view?: (sketch: Sketch) => TemplateResult;
  /** Of what `view` draws. */
  styles?: CSSResult;
  /** Beyond so many marks single shapes cost too much, and a canvas takes them. */
  canvasFrom?: number;
}

/** One mark per place. */
export function placeMarks(data: ChartData): Mark[] {
  return data.categories.map((_, i) => ({ category: i, at: { seriesIndex: 0, dataIndex: i } }));
}
