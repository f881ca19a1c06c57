import { type Batch, type Column, Type } from "@uwdata/flechette";

/** A text column as numbers: `values[codes[row]]` is the row's text, code -1 is null. */
export interface Coded {
  codes: Int32Array;
  values: readonly string[];
}

/** A batch of dictionary codes, as the decoder makes it. */
type DictionaryBatch = Batch<unknown> & { dictionary: Column<unknown> };

class Interning {
  readonly values: string[] = [];
  readonly #codeOf = new Map<string, number>();

  code(text: string): number {
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.values.push(text) - 1;
      this.#codeOf.set(text, code);
    }
    return code;
  }
}

/** Dictionary code -> our code. Batches may bring their own dictionaries, so equal texts meet here. */
function translate(dictionary: Column<unknown>, interning: Interning): Int32Array {
  return Int32Array.from(dictionary, (text) => (text == null ? -1 : interning.code(String(text))));
}

function readDictionary(column: Column<unknown>): Coded {
  const interning = new Interning();
  const translations = new Map<Column<unknown>, Int32Array>();
  const codes = new Int32Array(column.length);
  let at = 0;
  for (const batch of column.data as readonly DictionaryBatch[]) {
    const { dictionary, length } = batch;
    const known = translations.get(dictionary) ?? translate(dictionary, interning);
    translations.set(dictionary, known);
    const keys = batch.values as Int32Array;
    const whole = batch.nullCount === 0;
    for (let i = 0; i < length; i++) codes[at + i] = whole || batch.isValid(i) ? known[keys[i]!]! : -1;
    at += length;
  }
  return { codes, values: interning.values };
}

function toText(value: unknown): string | null {
  if (value == null) return null;
  if (typeof value === "object" && Symbol.iterator in value)
    return [...(value as Iterable<unknown>)].join(", ");
  return String(value);
}

/** Any column as codes; dictionary columns without decoding a row, others by interning each text once. */
export function readCodes(column: Column<unknown>): Coded {
  if (column.type.typeId === Type.Dictionary) return readDictionary(column);
  const interning = new Interning();
  const codes = new Int32Array(column.length);
  let row = 0;
  for (const value of column) {
    const text = toText(value);
    codes[row++] = text === null ? -1 : interning.code(text);
  }
  return { codes, values: interning.values };
}

/** One row's text without interning the column. */
export function readText(column: Column<unknown>, row: number): string | null {
  return toText(column.at(row));
}
