import type { Schema } from "apache-arrow";
import { jsonNumber } from "./array-json.ts";
import type { Batch } from "./batch.ts";
import type { ColumnPlan } from "./column-plan.ts";
import type { Encoder, EncoderInput, Encoding } from "./encoder.ts";
import { type CellReader, cellReader } from "./text-cell.ts";

/**
 * A JSON array of objects, one per row. Numbers carry every digit that PostgreSQL has (a reader that makes doubles of
 * them rounds by itself); NaN and the infinities are strings; times are ISO 8601; json, jsonb and arrays are nested
 * as they are. A result that broke off has no closing bracket.
 */
export function jsonEncoding(): Encoding {
  return { exact: true, dictionaries: false, mostRows: 8192, open: (input) => new JsonEncoder(input) };
}

class JsonEncoder implements Encoder {
  readonly schema: Schema;
  private readonly plans: readonly ColumnPlan[];
  /** `"name":` of every column, with the brace or comma in front. */
  private readonly keys: string[];
  private started = false;

  constructor({ plans, schema }: EncoderInput) {
    this.schema = schema;
    this.plans = plans;
    this.keys = plans.map((plan, i) => `${i === 0 ? "{" : ","}${JSON.stringify(plan.field.name)}:`);
  }

  encode(batch: Batch, isLast: boolean): Uint8Array {
    const cells = this.plans.map((plan, i) => dress(cellReader(plan, batch.columns[i]!)));
    const { columns } = batch;
    let text = "";
    for (let row = 0; row < batch.rows; row++) {
      text += this.started ? ",\n" : "[";
      this.started = true;
      if (cells.length === 0) text += "{";
      for (let i = 0; i < cells.length; i++) {
        text += this.keys[i]! + (columns[i]!.isPresent(row) ? cells[i]!(row) : "null");
      }
      text += "}";
    }
    return Buffer.from(isLast ? `${text}]\n` : text);
  }

  end(): Uint8Array {
    return Buffer.from(this.started ? "]\n" : "[]\n");
  }
}

function dress({ nature, read }: CellReader): (row: number) => string {
  if (nature === "number") return (row) => jsonNumber(read(row));
  return nature === "text" || nature === "time" ? (row) => JSON.stringify(read(row)) : read;
}
