import { type Data, DataType, type Vector } from "apache-arrow";

/** A text column as numbers: `values[codes[row]]` is the row's text, code -1 is null. */
export interface Coded {
  codes: Int32Array;
  values: readonly string[];
}

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
function translate(dictionary: Vector, interning: Interning): Int32Array {
  const codes = new Int32Array(dictionary.length);
  for (let i = 0; i < dictionary.length; i++) {
    const text: unknown = dictionary.get(i);
    codes[i] = text == null ? -1 : interning.code(String(text));
  }
  return codes;
}

function readDictionary(vector: Vector): Coded {
  const interning = new Interning();
  const translations = new Map<Vector, Int32Array>();
  const codes = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data as readonly Data[]) {
    const dictionary = data.dictionary as Vector;
    const known = translations.get(dictionary) ?? translate(dictionary, interning);
    translations.set(dictionary, known);
    const keys = data.values as Int32Array;
    for (let i = 0; i < data.length; i++) codes[at + i] = data.getValid(i) ? known[Number(keys[i])]! : -1;
    at += data.length;
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
export function readCodes(vector: Vector): Coded {
  if (DataType.isDictionary(vector.type)) return readDictionary(vector);
  const interning = new Interning();
  const codes = new Int32Array(vector.length);
  for (let i = 0; i < vector.length; i++) {
    const text = toText(vector.get(i));
    codes[i] = text === null ? -1 : interning.code(text);
  }
  return { codes, values: interning.values };
}

/** One row's text without interning the column. */
export function readText(vector: Vector, row: number): string | null {
  return toText(vector.get(row));
}
