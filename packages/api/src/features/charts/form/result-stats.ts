import type { ResultShape } from "../plan/compiled-plan.ts";

/** What a result turned out to be: how much there is of each of its dimensions. */
export interface ResultStats {
  readonly rows: number;
  /** Different values of each dimension. */
  readonly distinct: readonly number[];
  /** Letters of each dimension's longest value. */
  readonly longest: readonly number[];
  readonly negative: boolean;
  /** The first figure never grows from row to row: what a funnel is drawn of. */
  readonly falling: boolean;
}

/** @param valuesOf a column of the result, e.g. an Arrow vector */
export function measureResult(
  shape: ResultShape,
  rows: number,
  valuesOf: (field: string) => Iterable<unknown>,
): ResultStats {
  const values = shape.dimensions.map(({ field }) => new Set([...valuesOf(field)].map(String)));
  return {
    rows,
    distinct: values.map(({ size }) => size),
    longest: values.map((set) => Math.max(0, ...[...set].map(({ length }) => length))),
    falling: isFalling([...valuesOf(shape.measures[0]?.field ?? "")].map(Number)),
    negative: shape.measures.some(({ field }) => [...valuesOf(field)].some((value) => Number(value) < 0)),
  };
}

const isFalling = (values: readonly number[]): boolean =>
  values.every((value, at) => at === 0 || value <= values[at - 1]!);
