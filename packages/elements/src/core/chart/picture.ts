import type { TableData } from "../data/column.ts";
import { aggregate, type ChartData } from "./aggregate.ts";
import { CHART_TYPES, type ChartType, type Stack } from "./chart-type.ts";
import { type ChartRequest, chooseColumns } from "./choose-columns.ts";
import { fits, insteadOf } from "./fitting.ts";
import { groupRest } from "./group-rest.ts";
import { toPoints } from "./points.ts";

/** What the page asked for, and how it is to be read. */
export interface PictureRequest extends ChartRequest {
  stack: Stack;
  target: number | undefined;
  timeZone: string | undefined;
}

/** What one data and one set of wishes give; kept until either changes. */
export interface Picture {
  source: TableData;
  /** Every place. */
  all: ChartData;
  /** What is drawn: small places gathered. */
  data: ChartData;
  /** The form that was asked for, where another one had to be drawn. */
  asked: ChartType | undefined;
}

function read(source: TableData, request: PictureRequest): ChartData | undefined {
  const columns = chooseColumns(source, request);
  if (!columns) return undefined;
  if (columns.type === "scatter") return toPoints(source, columns);
  return aggregate(source, columns, request.timeZone, source.asOf ?? Date.now(), request);
}

/** Reads the data for the asked form, or for the nearest one that says the same; undefined where nothing can be drawn. */
export function makePicture(source: TableData, request: PictureRequest): Picture | undefined {
  const all = read(source, request);
  if (!all) return undefined;
  if (fits(all.type, all, source)) return { source, all, data: groupRest(all), asked: undefined };
  const base = read(source, { ...request, type: "auto" }) ?? all;
  const type = insteadOf(all.type, base);
  const instead = { ...base, type };
  return { source, all: instead, data: groupRest(instead), asked: all.type };
}

/** The forms that this data can take, in the order in which they are offered. */
export function offeredTypes(source: TableData, request: PictureRequest): ChartType[] {
  return CHART_TYPES.filter((type) => {
    const data = read(source, { ...request, type });
    return data !== undefined && fits(type, data, source);
  });
}

/** Whether a figure stands above: not where the form itself is one, or has no one figure. */
export const headed = ({ data }: Picture): boolean =>
  !data.points && !["kpi", "gauge", "table"].includes(data.type);
