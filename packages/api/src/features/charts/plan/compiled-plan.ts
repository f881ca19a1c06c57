import type { ChartGrain, ChartNote, ColumnKind, Label } from "@b24kit/client/contract";
import type { ParameterValue } from "../../../platform/arrow/text-parameter.ts";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";

/** A statement over the chart views, and what its columns are. */
export interface CompiledPlan {
  readonly sql: string;
  readonly params: readonly ParameterValue[];
  readonly columns: readonly ColumnInfo[];
  readonly shape: ResultShape;
  readonly notes: readonly ChartNote[];
  /** Chart views that are read. */
  readonly tables: readonly string[];
}

/** What the columns of a result are to a chart. */
export interface ResultShape {
  readonly dimensions: readonly ShapeDimension[];
  readonly measures: readonly ShapeMeasure[];
  /** A list of records has columns only. */
  readonly listed: readonly string[];
  /** First moment of a last period that is not over yet. */
  readonly partial: string | null;
}

export interface ShapeDimension {
  readonly field: string;
  readonly label: Label;
  readonly kind: "category" | "time" | "clock" | "stage";
  readonly grain: ChartGrain | null;
  /** Column of the result with the codes of its words. */
  readonly codes: string | null;
}

export interface ShapeMeasure {
  readonly field: string;
  readonly label: Label;
  readonly kind: ColumnKind;
  readonly unit: string | null;
  /** Column with the figure of the compared period. */
  readonly before: string | null;
  /** Parts of it add up to the whole. */
  readonly additive: boolean;
  readonly isTarget: boolean;
}
