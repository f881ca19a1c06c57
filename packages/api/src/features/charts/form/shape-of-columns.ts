import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import type { ResultShape, ShapeDimension, ShapeMeasure } from "../plan/compiled-plan.ts";
import { isAxisNumber } from "../plan/measures.ts";

const GROUPS: ReadonlySet<ColumnInfo["kind"]> = new Set([
  "text",
  "status",
  "stage",
  "user",
  "department",
  "boolean",
]);

/** What the columns of a statement that is not a plan are to a chart, told by their kinds. */
export function shapeOfColumns(columns: readonly ColumnInfo[]): ResultShape {
  const measures = columns.filter(({ kind }) => isAxisNumber(kind)).map(toMeasure);
  const dimensions = columns
    .filter(({ kind }) => kind === "date" || kind === "datetime" || GROUPS.has(kind))
    .map(toDimension);
  const charted = dimensions.length <= 2 && measures.length > 0;
  const points = dimensions.length === 0 && measures.length >= 2;
  if (!charted || points)
    return { dimensions: [], measures: [], listed: columns.map(({ name }) => name), partial: null };
  return { dimensions, measures, listed: [], partial: null };
}

function toMeasure({ name, label, kind, unit }: ColumnInfo): ShapeMeasure {
  return {
    field: name,
    label,
    kind,
    unit: unit ?? null,
    before: null,
    additive: kind === "count" || kind === "money",
    isTarget: false,
  };
}

function toDimension({ name, label, kind }: ColumnInfo): ShapeDimension {
  const time = kind === "date" || kind === "datetime";
  return {
    field: name,
    label,
    kind: time ? "time" : kind === "stage" ? "stage" : "category",
    grain: time ? "day" : null,
    codes: null,
  };
}
