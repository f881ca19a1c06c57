import type { ColumnForm } from "./column-code.ts";
import { grown, TextDictionary } from "./text-dictionary.ts";

export type Values = Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array | Uint8Array;

/** Writes a wire value out as text. */
export type Render = (bytes: Buffer, view: DataView, at: number, length: number) => string;

/** Above this, a native copy beats a loop. */
const SHORT = 48;

/**
 * One column of the batch under construction, laid out as Arrow wants it. Buffers are reused from batch to batch,
 * since the encoder copies them out; arrays are replaced only when the batch size grows.
 */
export class ColumnBuffer {
  readonly form: ColumnForm;
  readonly render: Render | null;
  /** Fixed-size values: 64-bit ones as pairs of 32-bit halves, booleans as bits, dictionary columns as codes. */
  values: Values;
  /** Text columns: where each row's bytes end; `bytes` holds them one after another. */
  offsets = new Int32Array(1);
  bytes: Uint8Array = new Uint8Array(0);
  used = 0;
  /** One bit per row, 1 = present; only meaningful when `nullCount` > 0. */
  validity: Uint8Array = new Uint8Array(0);
  nullCount = 0;
  readonly dictionary: TextDictionary | null;
  private capacity = 0;

  constructor(form: ColumnForm, render: Render | null = null) {
    this.form = form;
    this.render = render;
    this.values = newValues(form, 0);
    this.dictionary = form === "dictionary" ? new TextDictionary() : null;
  }

  /** Empties the column for a batch of up to `capacity` rows, a multiple of 64. */
  reset(capacity: number): void {
    if (capacity > this.capacity) {
      this.capacity = capacity;
      this.values = newValues(this.form, capacity);
      this.validity = new Uint8Array(capacity >> 3);
      if (isText(this.form)) this.offsets = new Int32Array(capacity + 1);
    } else if (this.form === "boolean") {
      this.values.fill(0);
    }
    this.used = 0;
    this.nullCount = 0;
  }

  /** Marks a row as null; its value slot is zeroed, so that equal rows give equal bytes. */
  setNull(row: number): void {
    if (this.nullCount === 0) this.validity.fill(0xff);
    this.nullCount++;
    this.validity[row >> 3]! &= ~(1 << (row & 7));
    if (isText(this.form)) this.offsets[row + 1] = this.used;
    else if (this.form === "int64" || this.form === "timestamp") {
      this.values[row * 2] = 0;
      this.values[row * 2 + 1] = 0;
    } else if (this.form !== "boolean") this.values[row] = 0;
  }

  /** Whether a row of the current batch holds a value. */
  isPresent(row: number): boolean {
    return this.nullCount === 0 || (this.validity[row >> 3]! & (1 << (row & 7))) !== 0;
  }

  /** Appends UTF-8 bytes as the text of `row`. */
  append(source: Uint8Array, from: number, length: number, row: number): void {
    const at = this.used;
    const end = at + length;
    if (end > this.bytes.length) this.bytes = grown(this.bytes, Math.max(end, 4096));
    const bytes = this.bytes;
    if (length > SHORT) bytes.set(source.subarray(from, from + length), at);
    else for (let i = 0; i < length; i++) bytes[at + i] = source[from + i]!;
    this.used = end;
    this.offsets[row + 1] = end;
  }

  /** Renders a wire value as text and appends it. */
  appendRendered(bytes: Buffer, view: DataView, at: number, length: number, row: number): void {
    const text = Buffer.from(this.render!(bytes, view, at, length));
    this.append(text, 0, text.length, row);
  }
}

/** The same rows as plain text: for a column whose first batch showed that a dictionary does not pay. */
export function toPlainText(column: ColumnBuffer, rows: number, capacity: number): ColumnBuffer {
  const plain = new ColumnBuffer("text");
  plain.reset(capacity);
  const dictionary = column.dictionary!;
  for (let row = 0; row < rows; row++) {
    if (!column.isPresent(row)) {
      plain.setNull(row);
      continue;
    }
    const code = column.values[row]!;
    const end = plain.used + dictionary.lengthOf(code);
    if (end > plain.bytes.length) plain.bytes = grown(plain.bytes, Math.max(end, 4096));
    dictionary.copyValue(code, plain.bytes, plain.used);
    plain.used = end;
    plain.offsets[row + 1] = end;
  }
  return plain;
}

export function isText(form: ColumnForm): boolean {
  return form === "text" || form === "jsonb" || form === "rendered";
}

function newValues(form: ColumnForm, rows: number): Values {
  switch (form) {
    case "int16":
      return new Int16Array(rows);
    case "int64":
    case "timestamp":
      return new Int32Array(rows * 2);
    case "oid":
      return new Uint32Array(rows);
    case "float32":
      return new Float32Array(rows);
    case "float64":
    case "numeric":
      return new Float64Array(rows);
    case "boolean":
      return new Uint8Array(rows >> 3);
    case "int32":
    case "date":
    case "dictionary":
      return new Int32Array(rows);
    default:
      return new Int32Array(0);
  }
}
