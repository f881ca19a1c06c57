import { type Column as ArrowColumn, type DataType, type Table, Type } from "@uwdata/flechette";
import { type Coded, readCodes, readText } from "./codes.ts";
import { type ColumnInfo, readColumnInfo } from "./column-info.ts";
import { readNumbers } from "./numbers.ts";

/** How a column's values compare: `number` and `time` by `numbers`, `boolean` and `text` by `coded`. */
export type ColumnType = "number" | "time" | "boolean" | "text";

const TYPES: Readonly<Record<number, ColumnType>> = {
  [Type.Date]: "time",
  [Type.Timestamp]: "time",
  [Type.Bool]: "boolean",
  [Type.Int]: "number",
  [Type.Float]: "number",
  [Type.Decimal]: "number",
};

const typeOf = ({ typeId }: DataType): ColumnType => TYPES[typeId] ?? "text";

/** One column of an Arrow table, read as typed arrays; decoded only when asked. */
export class Column {
  readonly info: ColumnInfo;
  readonly type: ColumnType;
  readonly length: number;
  readonly #column: ArrowColumn<unknown>;
  #numbers: Float64Array | undefined;
  #coded: Coded | undefined;
  #digits: 0 | 2 | undefined;

  constructor(info: ColumnInfo, column: ArrowColumn<unknown>) {
    this.info = info;
    this.#column = column;
    this.type = typeOf(column.type);
    this.length = column.length;
  }

  /** Values as doubles, NaN where null; only of `number` and `time` columns. Times in epoch ms. */
  get numbers(): Float64Array {
    this.#numbers ??= readNumbers(this.#column);
    return this.#numbers;
  }

  get coded(): Coded {
    this.#coded ??= readCodes(this.#column);
    return this.#coded;
  }

  /** Whether a date has no time of day, so that no zone may shift it. */
  get isCalendar(): boolean {
    return this.info.kind === "date";
  }

  /** Decimals that the column's numbers need: 0 when all are whole, else 2; one for all rows so that they align. */
  get digits(): 0 | 2 {
    // A sum of doubles may miss a whole number by a hair.
    this.#digits ??= this.numbers.some((n) => Math.abs(n - Math.round(n)) >= 0.005) ? 2 : 0;
    return this.#digits;
  }

  /** The row's value as text, null where it is null; numbers unformatted. */
  text(row: number): string | null {
    if (this.#coded) return this.#coded.values[this.#coded.codes[row]!] ?? null;
    return readText(this.#column, row);
  }

  /** The row's number, NaN where null. */
  number(row: number): number {
    return this.numbers[row] ?? Number.NaN;
  }

  boolean(row: number): boolean | null {
    return this.#column.at(row) as boolean | null;
  }
}

/** An Arrow table as the elements read it. */
export interface TableData {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly byName: ReadonlyMap<string, Column>;
  /** The query's title in both languages; undefined where the data carries none. */
  readonly title: { ru: string; en: string } | undefined;
  /** Origin of the portal that links lead to. */
  readonly portal: string | undefined;
  /** When the data was true, epoch ms. */
  readonly asOf: number | undefined;
  /** The query's limit was reached: there may be more rows than these. */
  readonly cut: boolean;
  /** Language of words in the rows; undefined where they are the same in any. */
  readonly language: string | undefined;
}

function readTitle(text: string | undefined): TableData["title"] {
  try {
    const title = JSON.parse(text ?? "null") as { ru?: unknown; en?: unknown } | null;
    return typeof title?.ru === "string" && typeof title.en === "string"
      ? { ru: title.ru, en: title.en }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The portal's origin, only where it is a web address: links are built on it. */
function readOrigin(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
}

const read = new WeakMap<Table, TableData>();

/** Reads a table once; the same table gives the same object. */
export function readTable(table: Table): TableData {
  const known = read.get(table);
  if (known) return known;
  const columns = table.schema.fields.map(
    (field, i) => new Column(readColumnInfo(field), table.getChildAt(i)),
  );
  const metadata = table.schema.metadata ?? new Map<string, string>();
  const asOf = Date.parse(metadata.get("asOf") ?? "");
  const data: TableData = {
    rows: table.numRows,
    columns,
    byName: new Map(columns.map((column) => [column.info.name, column])),
    title: readTitle(metadata.get("title")),
    portal: readOrigin(metadata.get("portal")),
    asOf: Number.isNaN(asOf) ? undefined : asOf,
    language: metadata.get("language"),
    cut: table.numRows > 0 && table.numRows >= Number(metadata.get("limit") ?? Infinity),
  };
  read.set(table, data);
  return data;
}
