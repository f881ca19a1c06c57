import type { Schema } from "apache-arrow";
import { arrowSchema } from "./arrow-schema.ts";
import { type Batch, growBatch, isFull, newBatch } from "./batch.ts";
import { toPlainText } from "./column-buffer.ts";
import type { ColumnForm } from "./column-code.ts";
import { type ColumnInfo, type ColumnPlan, dictionaryPays, newColumn, planColumn } from "./column-plan.ts";
import type { Encoder, Encoding } from "./encoder.ts";
import { type RowParser, rowParser } from "./row-parser.ts";
import type { WireField } from "./wire.ts";

export interface ResultOptions {
  readonly encoding: Encoding;
  readonly columns?: readonly ColumnInfo[] | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * From DataRow messages to encoded batches. The schema is settled by the first batch: until then it is unknown
 * whether a text column repeats its values.
 */
export class ResultEncoder {
  readonly binary: boolean[];
  rows = 0;
  batches = 0;
  private readonly plans: ColumnPlan[];
  private readonly batch: Batch;
  private readonly options: ResultOptions;
  private readonly emit: (bytes: Uint8Array, schema: Schema) => void;
  private parse: RowParser;
  private encoder: Encoder | null = null;

  constructor(
    fields: readonly WireField[],
    options: ResultOptions,
    emit: (bytes: Uint8Array, schema: Schema) => void,
  ) {
    const { encoding, columns = [] } = options;
    const infos = new Map(columns.map((column) => [column.name, column]));
    this.options = options;
    this.emit = emit;
    this.plans = fields.map((field) =>
      withoutDictionary(planColumn(field, infos.get(field.name), encoding.exact), encoding),
    );
    this.binary = this.plans.map((plan) => plan.binary);
    this.batch = newBatch(this.plans.map(newColumn));
    this.parse = rowParser(this.forms());
  }

  /** Reads rows of a chunk from `from` on and emits the batches that fill up; answers where it stopped. */
  takeRows(chunk: Buffer, view: DataView, from: number, end: number): number {
    let position = from;
    for (;;) {
      position = this.parse(chunk, view, position, end, this.batch);
      if (!isFull(this.batch)) return position;
      this.flush(false);
    }
  }

  /** Emits what is left and what closes the document. */
  end(): void {
    if (this.batch.rows > 0) {
      this.flush(true);
      return;
    }
    const encoder = this.open();
    this.emit(encoder.end(), encoder.schema);
  }

  private flush(isLast: boolean): void {
    const encoder = this.open();
    const { batch } = this;
    const bytes = encoder.encode(batch, isLast);
    this.rows += batch.rows;
    this.batches++;
    if (!isLast) growBatch(batch, this.options.encoding.mostRows);
    this.emit(bytes, encoder.schema);
  }

  private open(): Encoder {
    if (this.encoder) return this.encoder;
    this.settleText();
    const schema = arrowSchema(this.plans, this.forms(), this.options.metadata ?? {});
    this.encoder = this.options.encoding.open({ plans: this.plans, schema });
    return this.encoder;
  }

  /** Columns whose dictionary did not pay on the first rows go on as plain text. */
  private settleText(): void {
    const { batch } = this;
    this.plans.forEach((plan, i) => {
      const column = batch.columns[i]!;
      if (plan.text !== "undecided" || dictionaryPays(column.dictionary!.size, batch.rows - column.nullCount))
        return;
      batch.columns[i] = toPlainText(column, batch.rows, batch.capacity);
    });
    this.parse = rowParser(this.forms());
  }

  private forms(): ColumnForm[] {
    return (this.batch?.columns ?? []).map((column) => column.form);
  }
}

function withoutDictionary(plan: ColumnPlan, encoding: Encoding): ColumnPlan {
  if (plan.form !== "dictionary" || encoding.dictionaries) return plan;
  return { ...plan, form: "text", text: "plain" };
}
