import type { Schema } from "apache-arrow";
import type { Batch } from "./batch.ts";
import type { ColumnPlan } from "./column-plan.ts";
import type { Encoder, EncoderInput, Encoding } from "./encoder.ts";
import { type CellReader, cellReader } from "./text-cell.ts";

const LINE_END = "\r\n";
const BOM = "\uFEFF";

/**
 * CSV of RFC 4180: CRLF, a header of column names, UTF-8. Null is an empty cell, an empty text is `""`. Numerics keep
 * every digit, times are ISO 8601.
 *
 * A spreadsheet runs a text cell that begins like a formula, so such cells (`=`, `+`, `-`, `@` and their
 * full-width forms, tab, line breaks) get an apostrophe in front; a phone number `+7…` therefore reads `'+7…`. Only
 * texts do: numbers, dates and booleans cannot carry a formula and stay as they are.
 */
export function csvEncoding(options: { bom?: boolean } = {}): Encoding {
  return {
    exact: true,
    dictionaries: false,
    mostRows: 8192,
    open: (input) => new CsvEncoder(input, options.bom ?? false),
  };
}

class CsvEncoder implements Encoder {
  readonly schema: Schema;
  private readonly plans: readonly ColumnPlan[];
  /** Goes out with the first batch. */
  private head: string;

  constructor({ plans, schema }: EncoderInput, bom: boolean) {
    this.schema = schema;
    this.plans = plans;
    this.head = (bom ? BOM : "") + plans.map((plan) => textCell(plan.field.name)).join(",") + LINE_END;
  }

  encode(batch: Batch): Uint8Array {
    const cells = this.plans.map((plan, i) => dress(cellReader(plan, batch.columns[i]!)));
    const { columns } = batch;
    let text = this.head;
    this.head = "";
    for (let row = 0; row < batch.rows; row++) {
      for (let i = 0; i < cells.length; i++) {
        if (i > 0) text += ",";
        if (columns[i]!.isPresent(row)) text += cells[i]!(row);
      }
      text += LINE_END;
    }
    return Buffer.from(text);
  }

  end(): Uint8Array {
    return Buffer.from(this.head);
  }
}

function dress({ nature, read }: CellReader): (row: number) => string {
  return nature === "text" || nature === "json" ? (row) => textCell(read(row)) : read;
}

/** Quoted where the format needs it; never able to start a formula. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return safe === "" || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
