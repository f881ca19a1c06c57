import type { Batch } from "./batch.ts";
import { COLUMN_CODES, type ColumnForm } from "./column-code.ts";
import { numericToNumber } from "./numeric.ts";
import { EPOCH_DAYS, EPOCH_MICROSECONDS, INFINITE_DAY, MINUS_INFINITE_DAY } from "./point-in-time.ts";

/**
 * Reads DataRow messages of `chunk` from `from` on straight into the batch's columns. Stops before the first message
 * that is of another type or not whole, and when the batch is full; answers where it stopped.
 */
export type RowParser = (chunk: Buffer, view: DataView, from: number, end: number, batch: Batch) => number;

const parsers = new Map<string, RowParser>();
const MOST_PARSERS = 500;
const EPOCH_LOW = Number(EPOCH_MICROSECONDS & 0xffffffffn);
const EPOCH_HIGH = Number(EPOCH_MICROSECONDS >> 32n);

/**
 * The parser for columns of these forms. Parsers are generated source: one straight line of code per row, with every
 * column's array in a local variable, is what lets V8 keep up with the socket (closures per column measured several
 * times slower). The source consists of the fixed snippets below and column numbers, never of anything a caller sent.
 */
export function rowParser(forms: readonly ColumnForm[]): RowParser {
  const signature = forms.map((form) => COLUMN_CODES[form]).join("");
  let parser = parsers.get(signature);
  if (!parser) {
    if (parsers.size >= MOST_PARSERS) parsers.clear();
    parser = generate(forms);
    parsers.set(signature, parser);
  }
  return parser;
}

function generate(forms: readonly ColumnForm[]): RowParser {
  const locals = forms.map(
    (_, i) => `const c${i} = columns[${i}]; const v${i} = c${i}.values; const d${i} = c${i}.dictionary;`,
  );
  const fields = forms.map(
    (form, i) => `
      length = view.getInt32(p); p += 4;
      if (length < 0) c${i}.setNull(row);
      else { ${SNIPPETS[form](i)} p += length; }`,
  );
  const source = `"use strict";
    return function parseRows(bytes, view, from, end, batch) {
      const columns = batch.columns, capacity = batch.capacity, full = batch.fullAt;
      ${locals.join("\n      ")}
      let row = batch.rows, weight = batch.wireBytes, position = from, length = 0, p = 0, low = 0;
      while (row < capacity && weight < full && position + 5 <= end && bytes[position] === 68) {
        const next = position + 1 + view.getInt32(position + 1);
        if (next > end) break;
        p = position + 7;${fields.join("")}
        row++;
        weight += next - position;
        position = next;
      }
      batch.rows = row;
      batch.wireBytes = weight;
      return position;
    }`;
  return new Function("numericToNumber", source)(numericToNumber) as RowParser;
}

/** Code that stores the value at `p` into row `row` of column i. `low` is a scratch variable. */
const SNIPPETS: Record<ColumnForm, (i: number) => string> = {
  int16: (i) => `v${i}[row] = view.getInt16(p);`,
  int32: (i) => `v${i}[row] = view.getInt32(p);`,
  oid: (i) => `v${i}[row] = view.getUint32(p);`,
  int64: (i) => `v${i}[row * 2] = view.getInt32(p + 4); v${i}[row * 2 + 1] = view.getInt32(p);`,
  float32: (i) => `v${i}[row] = view.getFloat32(p);`,
  float64: (i) => `v${i}[row] = view.getFloat64(p);`,
  numeric: (i) => `v${i}[row] = numericToNumber(view, p);`,
  boolean: (i) => `if (bytes[p] === 1) v${i}[row >> 3] |= 1 << (row & 7);`,
  date: (i) => `
        low = view.getInt32(p);
        if (low === ${INFINITE_DAY} || low === ${MINUS_INFINITE_DAY}) c${i}.setNull(row);
        else v${i}[row] = low + ${EPOCH_DAYS};`,
  // A 64-bit addition of the distance between the epochs, by halves with a carry. What overflows is infinity, or the
  // last 29 years before PostgreSQL's own end of time.
  timestamp: (i) => `
        low = view.getUint32(p + 4);
        length = view.getInt32(p);
        if (length === -2147483648 && low === 0) c${i}.setNull(row);
        else {
          low += ${EPOCH_LOW};
          length += ${EPOCH_HIGH} + (low > 4294967295 ? 1 : 0);
          if (length > 2147483647) c${i}.setNull(row);
          else {
            v${i}[row * 2] = low;
            v${i}[row * 2 + 1] = length;
          }
        }
        length = 8;`,
  dictionary: (i) => `v${i}[row] = d${i}.codeOf(bytes, p, length);`,
  text: (i) => `c${i}.append(bytes, p, length, row);`,
  jsonb: (i) => `c${i}.append(bytes, p + 1, length - 1, row);`,
  rendered: (i) => `c${i}.appendRendered(bytes, view, p, length, row);`,
};
