import {
  type Data,
  Dictionary,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  type Schema,
  Struct,
  Utf8,
  Vector,
} from "apache-arrow";
import type { Batch } from "./batch.ts";
import { type ColumnBuffer, isText } from "./column-buffer.ts";
import type { Encoder, EncoderInput, Encoding } from "./encoder.ts";

/** Arrow IPC stream: dictionaries grow by deltas, one message per batch. */
export function arrowEncoding(options: { exact?: boolean } = {}): Encoding {
  return {
    exact: options.exact ?? false,
    dictionaries: true,
    mostRows: 65_536,
    open: (input) => new ArrowEncoder(input),
  };
}

class ArrowEncoder implements Encoder {
  readonly schema: Schema;
  private readonly writer = new CollectingWriter();

  constructor({ schema }: EncoderInput) {
    this.schema = schema;
    this.writer.open(schema);
  }

  encode(batch: Batch, isLast: boolean): Uint8Array {
    const rows = batch.rows;
    const children = this.schema.fields.map((field, i) =>
      columnData(batch.columns[i]!, rows, field.type, this.writer),
    );
    const data = makeData({ type: new Struct(this.schema.fields), length: rows, nullCount: 0, children });
    this.writer.write(new RecordBatch(this.schema, data));
    if (isLast) this.writer.finish();
    return this.writer.take();
  }

  end(): Uint8Array {
    this.writer.finish();
    return this.writer.take();
  }
}

const NO_VALUES = new Vector([makeData({ type: new Utf8() })]);

/** Arrow's writer with a plain array as its sink, and with our own account of dictionaries. */
class CollectingWriter extends RecordBatchStreamWriter {
  private parts: Uint8Array[] = [];
  private size = 0;
  private readonly known = new Set<number>();
  private readonly pending: { id: number; values: Data<Utf8> }[] = [];

  constructor() {
    super({ autoDestroy: false });
  }

  /** Writes the schema. */
  open(schema: Schema): void {
    this.reset(undefined, schema);
  }

  /** Queues new values of a dictionary, to be written in front of the next batch. */
  addValues(id: number, values: Data<Utf8>): void {
    if (values.length > 0 || !this.known.has(id)) this.pending.push({ id, values });
  }

  /** What was written since the last call, as one copy. */
  take(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    this.parts = [];
    this.size = 0;
    return all;
  }

  protected override _write(chunk: ArrayBufferView): this {
    if (chunk.byteLength > 0) {
      this.parts.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      this.size += chunk.byteLength;
    }
    return this;
  }

  /** The base class would keep every value that was ever sent, to find out what is new; we know what is new. */
  protected override _writeDictionaries(): this {
    for (const { id, values } of this.pending.splice(0)) {
      this._writeDictionaryBatch(values, id, this.known.has(id));
      this.known.add(id);
    }
    return this;
  }
}

function columnData(
  column: ColumnBuffer,
  rows: number,
  type: Schema["fields"][number]["type"],
  writer: CollectingWriter,
): Data {
  const nullCount = column.nullCount;
  const base = { length: rows, nullCount, nullBitmap: nullCount > 0 ? bits(column.validity, rows) : null };
  if (type instanceof Dictionary) {
    const { length, offsets, bytes } = column.dictionary!.takeDelta();
    writer.addValues(
      type.id,
      makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets: offsets, data: bytes }),
    );
    return makeData({
      ...base,
      type,
      data: column.values.subarray(0, rows) as Int32Array,
      dictionary: NO_VALUES,
    });
  }
  if (isText(column.form)) {
    const valueOffsets = column.offsets.subarray(0, rows + 1);
    return makeData({
      ...base,
      type: type as Utf8,
      valueOffsets,
      data: column.bytes.subarray(0, column.used),
    });
  }
  return makeData({ ...base, type, data: fixedData(column, rows) } as never);
}

/** 64-bit values were written as halves; Arrow takes them whole. */
function fixedData(column: ColumnBuffer, rows: number) {
  const { form, values } = column;
  if (form === "boolean") return bits(values as Uint8Array, rows);
  if (form === "int64" || form === "timestamp")
    return new BigInt64Array(values.buffer as ArrayBuffer, 0, rows);
  return values.subarray(0, rows);
}

/** The used part of a bitmap, whole 8-byte words: the writer sends what it is given. */
function bits(bitmap: Uint8Array, rows: number): Uint8Array {
  return bitmap.subarray(0, ((rows + 63) >> 6) << 3);
}
