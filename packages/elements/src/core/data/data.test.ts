import { expect } from "@open-wc/testing";
import { type Table, tableFromIPC } from "@uwdata/flechette";
import {
  Table as ArrowTable,
  tableFromIPC as arrowTable,
  Bool,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { arrowFileOf } from "../export/arrow-file.ts";
import { readTable } from "./column.ts";
import { filterRows } from "./filter.ts";
import { sortRows } from "./order.ts";

const stage = new Dictionary(new Utf8(), new Int32());

function batch(schema: Schema, columns: Vector[]): RecordBatch {
  const children = columns.map((column) => column.data[0]!);
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: columns[0]!.length, children }),
  );
}

const schema = new Schema(
  [
    new Field(
      "id",
      new Int64(),
      false,
      new Map([
        ["kind", "id"],
        ["label", '{"ru":"ID","en":"ID"}'],
      ]),
    ),
    new Field(
      "stage",
      stage,
      true,
      new Map([
        ["kind", "stage"],
        ["colors", '{"Новая":"#2fc6f6","x":"url(y)"}'],
      ]),
    ),
    new Field(
      "sum",
      new Float64(),
      true,
      new Map([
        ["kind", "money"],
        ["unit", "RUB"],
      ]),
    ),
    new Field("at", new TimestampMicrosecond("UTC")),
    new Field("day", new DateDay()),
    new Field("won", new Bool()),
    new Field("title", new Utf8()),
  ],
  new Map([
    ["portal", "https://p.example/x"],
    ["asOf", "2026-05-12T11:05:00Z"],
    ["title", '{"ru":"Сделки","en":"Deals"}'],
  ]),
);
const may = new Date("2026-05-12T00:00:00Z");
const rowsOf = (ids: bigint[], stages: (string | null)[], sums: (number | null)[], titles: string[]) =>
  batch(schema, [
    vectorFromArray(ids, new Int64()),
    vectorFromArray(stages, stage),
    vectorFromArray(sums, new Float64()),
    vectorFromArray(
      ids.map(() => may.getTime()),
      new TimestampMicrosecond("UTC"),
    ),
    vectorFromArray(
      ids.map(() => may),
      new DateDay(),
    ),
    vectorFromArray(
      ids.map((id) => id > 2n),
      new Bool(),
    ),
    vectorFromArray(titles, new Utf8()),
  ]);

function table(): Table {
  const made = new ArrowTable([
    rowsOf([1n, 2n], ["Новая", null], [10, null], ["Ёлка", "дом 10"]),
    rowsOf([-3n, 9007199254740991n], ["Успех", "Новая"], [2.5, 7], ["дом 9", "Арка"]),
  ]);
  return tableFromIPC(tableToIPC(made));
}

describe("reading an Arrow table", () => {
  const data = readTable(table());
  const column = (name: string) => data.byName.get(name)!;

  it("reads the metadata and refuses what is unsafe", () => {
    expect(data.portal).to.equal("https://p.example");
    expect(data.asOf).to.equal(Date.parse("2026-05-12T11:05:00Z"));
    expect(data.title).to.deep.equal({ ru: "Сделки", en: "Deals" });
    expect([...column("stage").info.colors]).to.deep.equal([["Новая", "#2fc6f6"]]);
    expect(column("title").info).to.include({ kind: "text" });
    expect(column("sum").info).to.include({ kind: "money", unit: "RUB" });
  });

  it("reads every type over batches, nulls included", () => {
    expect([...column("id").numbers]).to.deep.equal([1, 2, -3, 9007199254740991]);
    expect([...column("sum").numbers]).to.deep.equal([10, Number.NaN, 2.5, 7]);
    expect(column("sum").digits).to.equal(2);
    expect(column("id").digits).to.equal(0);
    expect([0, 1, 2, 3].map((row) => column("stage").text(row))).to.deep.equal([
      "Новая",
      null,
      "Успех",
      "Новая",
    ]);
    expect([...column("stage").coded.codes]).to.deep.equal([0, -1, 1, 0]);
    expect(column("at").number(3)).to.equal(may.getTime());
    expect(column("day").number(0)).to.equal(may.getTime());
    expect([0, 2, 3].map((row) => column("won").boolean(row))).to.deep.equal([false, false, true]);
  });

  it("writes an Arrow file that other readers read alike", async () => {
    const file = arrowTable(await arrowFileOf(table()).arrayBuffer());
    const texts = (name: string) => [...file.getChild(name)!];
    expect(texts("stage")).to.deep.equal(["Новая", null, "Успех", "Новая"]);
    expect(texts("id")).to.deep.equal([1n, 2n, -3n, 9007199254740991n]);
    expect(texts("sum")).to.deep.equal([10, null, 2.5, 7]);
    expect(texts("at")).to.deep.equal(Array(4).fill(may.getTime()));
    expect(file.schema.fields[2]!.metadata.get("unit")).to.equal("RUB");
    expect(file.schema.metadata.get("asOf")).to.equal("2026-05-12T11:05:00Z");
  });

  it("sorts by the language, numbers inside texts, nulls last", () => {
    const sorted = (name: string, descending = false) => [
      ...sortRows(Uint32Array.from([0, 1, 2, 3]), [{ column: name, descending }], data.byName, "ru"),
    ];
    expect(sorted("title")).to.deep.equal([3, 2, 1, 0]);
    expect(sorted("sum")).to.deep.equal([2, 3, 0, 1]);
    expect(sorted("sum", true)).to.deep.equal([0, 3, 2, 1]);
    expect(sorted("stage", true)).to.deep.equal([2, 0, 3, 1]);
  });

  it("sorts by several keys", () => {
    const sort = [
      { column: "stage", descending: false },
      { column: "sum", descending: false },
    ];
    expect([...sortRows(Uint32Array.from([0, 1, 2, 3]), sort, data.byName, "ru")]).to.deep.equal([
      3, 0, 2, 1,
    ]);
  });

  it("filters by text, values and range, and searches all words", () => {
    const filtered = (search: string, columns: Parameters<typeof filterRows>[1]["columns"] = new Map()) => [
      ...filterRows(data.rows, { search, columns }, data.byName, data.columns),
    ];
    expect(filtered("елк")).to.deep.equal([0]);
    expect(filtered("ДОМ 9")).to.deep.equal([2]);
    expect(filtered("2,5")).to.deep.equal([2]);
    expect(filtered("", new Map([["stage", { kind: "values", values: new Set(["Новая"]) }]]))).to.deep.equal([
      0, 3,
    ]);
    expect(filtered("", new Map([["sum", { kind: "range", min: 5 }]]))).to.deep.equal([0, 3]);
    expect(filtered("")).to.deep.equal([0, 1, 2, 3]);
  });

  it("sorts and filters 100,000 rows while one waits", () => {
    const n = 100_000;
    const sums = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const titles = Array.from({ length: n }, (_, i) => `Сделка № ${(i * 31) % n} квартира ${i % 97}`);
    const big = readTable(
      tableFromIPC(
        tableToIPC(
          new ArrowTable({ sum: vectorFromArray(sums), title: vectorFromArray(titles, new Utf8()) }),
        ),
      ),
    );
    const all = () => Uint32Array.from({ length: n }, (_, i) => i);
    const start = performance.now();
    sortRows(all(), [{ column: "sum", descending: true }], big.byName, "ru");
    filterRows(n, { search: "квартира 12", columns: new Map() }, big.byName, big.columns);
    sortRows(all(), [{ column: "title", descending: false }], big.byName, "ru");
    // Half a second on a free machine; the bound only tells columns from row objects.
    expect(performance.now() - start).to.be.below(8000);
  });
});
