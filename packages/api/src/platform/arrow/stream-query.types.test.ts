import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { tableFromIPC as flechetteTable } from "@uwdata/flechette";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { collect, collectTable } from "./test/collect.ts";
import { rawTexts, textOf } from "./test/read-columns.ts";

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));
const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((value) => !value.includes("\0"));
const decimalText = fc.oneof(
  fc.constantFrom(
    "NaN",
    "Infinity",
    "-Infinity",
    "0",
    "0.00",
    "9007199254740993",
    "1e-150",
    "1e149",
    "-1e-30",
  ),
  fc
    .tuple(fc.constantFrom("", "-"), digits(1, 25), digits(0, 12))
    .map(([sign, a, b]) => sign + a + (b && `.${b}`)),
);
const floatText = fc.oneof(
  fc.constantFrom("NaN", "Infinity", "-Infinity"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
);
const dateText = fc.oneof(
  fc.constantFrom(
    "infinity",
    "-infinity",
    "0044-03-15 BC",
    "0001-01-01",
    "5874897-12-31",
    "1970-01-01",
    "2000-02-29",
  ),
  fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
);
const timeText = fc.oneof(
  fc.constantFrom(
    "infinity",
    "-infinity",
    "4713-01-01 00:00:00 BC",
    "294276-12-31 23:59:59.999999",
    "1969-12-31 23:59:59.999999",
    "2000-01-01 00:00:00",
  ),
  fc
    .tuple(
      fc.date({ min: new Date("0001-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
      fc.nat(999),
    )
    .map(([d, micros]) => `${d.toISOString().slice(0, -1)}${String(micros).padStart(3, "0")}`),
);
const epochOf = (type: string) =>
  `CASE WHEN isfinite(v::${type}) AND v::${type} < '294247-01-01' THEN (extract(epoch FROM v::${type}) * 1000000)::numeric(40,0)::text END`;

/** Each type: how values are written, and the text that Arrow's values must equal, as PostgreSQL computes it. */
const TYPES: Record<
  string,
  { values: fc.Arbitrary<string>; expected: string; sameText?: (arrow: string, pg: string) => boolean }
> = {
  int2: { values: fc.integer({ min: -32768, max: 32767 }).map(String), expected: "v::int2::text" },
  int4: { values: fc.integer({ min: -2147483648, max: 2147483647 }).map(String), expected: "v::int4::text" },
  int8: {
    values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    expected: "v::int8::text",
  },
  oid: { values: fc.nat(2 ** 31 - 1).map((n) => String(n * 2)), expected: "v::oid::text" },
  float4: {
    values: floatText.map((v) => String(Math.fround(Number(v)))),
    expected: "v::float4::text",
    sameText: (a, b) => Math.fround(Number(a)) === Math.fround(Number(b)) || a === b,
  },
  float8: {
    values: floatText,
    expected: "v::float8::text",
    sameText: (a, b) => Number(a) === Number(b) || a === b,
  },
  numeric: {
    values: decimalText,
    expected: "v::numeric::text",
    sameText: (a, b) => Object.is(Number(a), Number(b)) || Number(a) === Number(b),
  },
  bool: { values: fc.boolean().map(String), expected: "v::bool::text" },
  date: {
    values: dateText,
    expected: "CASE WHEN isfinite(v::date) THEN (v::date - date '1970-01-01')::text END",
  },
  timestamp: { values: timeText, expected: epochOf("timestamp") },
  timestamptz: { values: timeText, expected: epochOf("timestamptz") },
  text: { values: text, expected: "v" },
  varchar: { values: text, expected: "v::varchar::text" },
  uuid: { values: fc.uuid(), expected: "v::uuid::text" },
  jsonb: {
    values: fc.json().filter((v) => !v.includes("\\u0000") && !/\\ud[89a-f]/i.test(v)),
    expected: "v::jsonb::text",
  },
  json: { values: fc.json().filter((v) => !v.includes("\\u0000")), expected: "v::json::text" },
  bytea: {
    values: fc.uint8Array({ maxLength: 20 }).map((v) => `\\x${Buffer.from(v).toString("hex")}`),
    expected: "replace(encode(v::bytea, 'base64'), E'\\n', '')",
  },
  interval: { values: fc.nat(1e9).map((n) => `${n} seconds`), expected: "v::interval::text" },
  time: {
    values: fc
      .nat(86399)
      .map((n) => `${n} seconds`)
      .map((v) => v),
    expected: "(time '00:00' + v::interval)::text",
  },
  inet: { values: fc.ipV4(), expected: "host(v::inet)" },
};

const castOf = (type: string) => (type === "time" ? "time '00:00' + v::interval" : `v::${type}`);

describe("every type, value by value", () => {
  for (const [type, { values, expected, sameText }] of Object.entries(TYPES)) {
    it(`${type}: both readers give what PostgreSQL prints`, async () => {
      const samples = fc.sample(fc.option(values, { freq: 8 }), { numRuns: 3000, seed: 24 });
      const source = "FROM unnest($1::text[]) WITH ORDINALITY AS t(v, n)";
      const wanted = await database.db.pool.query<[string | null]>({
        text: `SELECT ${expected} ${source} ORDER BY n`,
        values: [samples],
        rowMode: "array",
      });
      const bytes = await collect(database.db.pool, `SELECT ${castOf(type)} AS c ${source} ORDER BY n`, {
        values: [samples],
      });
      const apache = rawTexts(tableFromIPC(bytes)).c!;
      const flechette = flechetteTable(bytes, { useBigInt: true });
      const isTime = type === "date" || type.startsWith("timestamp");
      assert.equal(apache.length, samples.length);
      assert.equal(flechette.numRows, samples.length);
      for (let row = 0; row < samples.length; row++) {
        const want = wanted.rows[row]![0];
        assertSame(apache[row]!, want, sameText, `apache, row ${row}`);
        const other = flechette.getChildAt(0).at(row) as unknown;
        if (isTime && want !== null) assertSameTime(other, toMilliseconds(type, want), row);
        else assertSame(textOf(other), want, sameText, `flechette, row ${row}`);
      }
    });
  }
});

/** flechette divides microseconds in its own order: the last bit of the quotient may differ. */
function assertSameTime(have: unknown, want: number, row: number): void {
  const apart = Math.abs((have as number) - want);
  assert.ok(apart <= Math.abs(want) * 2 ** -52, `flechette, row ${row}: ${have} is not ${want}`);
}

function toMilliseconds(type: string, stored: string): number {
  return type === "date" ? Number(stored) * 86_400_000 : Number(stored) / 1000;
}

function assertSame(
  have: string | null,
  want: string | null,
  sameText: ((a: string, b: string) => boolean) | undefined,
  place: string,
): void {
  if (have !== null && want !== null && sameText?.(have, want)) return;
  assert.equal(have, want, place);
}

describe("arrays", () => {
  const ELEMENTS = [
    "int2",
    "int4",
    "int8",
    "text",
    "bool",
    "float8",
    "numeric",
    "uuid",
    "jsonb",
    "date",
    "timestamptz",
  ];
  const SAMPLE: Record<string, string> = {
    text: `'a"b\\c,{}'`,
    bool: "true",
    uuid: "'11111111-2222-3333-4444-555555555555'",
    jsonb: `'{"a":[1]}'`,
    date: "'2024-02-29'",
    timestamptz: "'2024-02-29 12:00:00.5+00'",
  };
  for (const type of ELEMENTS) {
    it(`${type}[] becomes the JSON that PostgreSQL makes of it`, async () => {
      const one = `${SAMPLE[type] ?? "-12"}::${type}`;
      const shapes = `VALUES (1, ARRAY[${one}, NULL]), (2, ARRAY[]::${type}[]), (3, ARRAY[[${one}],[${one}]]), (4, NULL)`;
      const table = await collectTable(database.db.pool, `SELECT a FROM (${shapes}) t(n, a) ORDER BY n`);
      const { rows } = await database.db.pool
        .query<{ j: unknown }>(`SET TIME ZONE UTC; SELECT 1`)
        .then(() =>
          database.db.pool.query<{ j: unknown }>(
            `SELECT to_json(a) AS j FROM (${shapes}) t(n, a) ORDER BY n`,
          ),
        );
      const have = rawTexts(table).a!.map((json) => normalTimes(json && JSON.parse(json)));
      assert.deepEqual(
        have,
        rows.map((row) => normalTimes(row.j)),
      );
    });
  }

  it("keep NaN, infinities and every digit", async () => {
    const table = await collectTable(
      database.db.pool,
      "SELECT ARRAY['NaN','Infinity',12345678901234567890.10]::numeric[] AS a, ARRAY['infinity']::date[] AS d",
    );
    assert.deepEqual(rawTexts(table), {
      a: ['["NaN","Infinity",12345678901234567890.10]'],
      d: ['["infinity"]'],
    });
  });
});

/** Times compare as instants: PostgreSQL prints them in the session's zone. */
function normalTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalTimes);
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}

describe("numeric", () => {
  it("keeps every digit as text when asked to", async () => {
    const samples = fc.sample(fc.option(decimalText), { numRuns: 2000, seed: 7 });
    const query =
      "SELECT v::numeric AS exact, v::numeric::text AS wanted FROM unnest($1::text[]) WITH ORDINALITY t(v, n) ORDER BY n";
    const { arrowEncoding } = await import("./arrow-encoder.ts");
    const table = await collectTable(database.db.pool, query, {
      values: [samples],
      encoding: arrowEncoding({ exact: true }),
    });
    const { exact, wanted } = rawTexts(table);
    assert.deepEqual(exact, wanted);
  });
});

describe("shapes", () => {
  it("types without a binary reader come as PostgreSQL's text: enums, ranges, composites, domains", async () => {
    const { pool } = database.db;
    await pool.query(
      `CREATE TYPE mood AS ENUM ('happy', 'грустно'); CREATE DOMAIN positive AS int8 CHECK (VALUE > 0)`,
    );
    const table = await collectTable(
      pool,
      "SELECT 'грустно'::mood AS m, int4range(1, 5) AS r, ROW(1, 'a') AS c, 7::positive AS d, '1 day'::interval AS i, NULL AS n",
    );
    assert.deepEqual(rawTexts(table), {
      m: ["грустно"],
      r: ["[1,5)"],
      c: ["(1,a)"],
      d: ["7"],
      i: ["1 day"],
      n: [null],
    });
    assert.equal(String(table.schema.fields[3]!.type), "Int64");
  });

  it("no rows still give the schema", async () => {
    const bytes = await collect(
      database.db.pool,
      "SELECT 1::int4 AS a, 'x'::text AS b, now() AS c WHERE false",
    );
    const table = tableFromIPC(bytes);
    assert.equal(table.numRows, 0);
    assert.deepEqual(
      table.schema.fields.map((field) => field.name),
      ["a", "b", "c"],
    );
    assert.equal(flechetteTable(bytes).numRows, 0);
  });

  it("texts that repeat travel as dictionaries, texts that do not travel plain", async () => {
    const columns = [
      { name: "stage", kind: "stage" as const, label: { ru: "С", en: "S" } },
      { name: "mail", kind: "email" as const, label: { ru: "П", en: "M" } },
    ];
    const query =
      "SELECT 's' || i AS stage, 'm' || i % 3 AS mail, 'r' || i % 40 AS repeated, 'u' || i AS unique, NULL::text AS none FROM generate_series(1, 3000) i";
    const table = await collectTable(database.db.pool, query, { columns });
    const types = Object.fromEntries(table.schema.fields.map((field) => [field.name, String(field.type)]));
    assert.deepEqual(types, {
      stage: "Dictionary<Int32, Utf8>",
      mail: "Utf8",
      repeated: "Dictionary<Int32, Utf8>",
      unique: "Utf8",
      none: "Dictionary<Int32, Utf8>",
    });
  });

  it("dictionaries grow by deltas over batches", async () => {
    const query =
      "SELECT 'v' || (i / 3000) AS v, CASE WHEN i > 5000 THEN NULL ELSE i END AS late FROM generate_series(0, 199999) i";
    const bytes = await collect(database.db.pool, query);
    const table = tableFromIPC(bytes);
    assert.ok(table.batches.length >= 4);
    const wanted = Array.from({ length: 200_000 }, (_, i) => `v${Math.floor(i / 3000)}`);
    const { v, late } = rawTexts(table);
    assert.deepEqual(v, wanted);
    assert.deepEqual(
      late,
      Array.from({ length: 200_000 }, (_, i) => (i > 5000 ? null : String(i))),
    );
    assert.deepEqual(flechetteTable(bytes).getChild("v").toArray(), wanted);
  });

  it("wide rows make short batches", async () => {
    const table = await collectTable(
      database.db.pool,
      "SELECT repeat('я', 20000) || i AS t FROM generate_series(1, 3000) i",
    );
    assert.equal(table.numRows, 3000);
    assert.ok(table.batches.every((batch) => batch.numRows <= 2048 && batch.numRows * 40_000 < 10 << 20));
    assert.equal(table.get(2999)!.t.length, 20_004);
  });

  it("a column may be asked for twice and there may be hundreds", async () => {
    const columns = Array.from({ length: 300 }, (_, i) =>
      i % 3 === 0 ? `i AS c` : i % 3 === 1 ? `'t' || i AS c` : "NULL::numeric AS c",
    );
    const table = await collectTable(
      database.db.pool,
      `SELECT ${columns.join(",")} FROM generate_series(1, 5000) i`,
    );
    assert.equal(table.numCols, 300);
    assert.equal(table.getChildAt(297)!.get(4999), 5000);
    assert.equal(table.getChildAt(298)!.get(4999), "t5000");
  });

  it("parameters of every kind reach the query", async () => {
    const values = [
      5,
      7n,
      true,
      null,
      new Date("2024-01-02T03:04:05.678Z"),
      ["a", 'b"\\,{}', null],
      "т'екст",
    ];
    const query =
      "SELECT $1::int4 a, $2::int8 b, $3::bool c, $4::text d, $5::timestamptz e, to_json($6::text[])::text f, $7::text g";
    const table = await collectTable(database.db.pool, query, { values });
    assert.deepEqual(Object.values(table.get(0)!.toJSON()).map(String), [
      "5",
      "7",
      "true",
      "null",
      "1704164645678",
      '["a","b\\"\\\\,{}",null]',
      "т'екст",
    ]);
  });

  it("metadata tells what the columns mean", async () => {
    const table = await collectTable(database.db.pool, "SELECT 1.5::numeric AS sum, 2 AS other", {
      metadata: { query: "q", title: "{}" },
      columns: [
        {
          name: "sum",
          kind: "money",
          label: { ru: "Сумма", en: "Sum" },
          unit: "RUB",
          link: "/crm/{id}/",
          colors: { a: "#fff000" },
        },
      ],
    });
    assert.deepEqual(Object.fromEntries(table.schema.metadata), { query: "q", title: "{}" });
    const [sum, other] = table.schema.fields;
    assert.deepEqual(Object.fromEntries(sum!.metadata), {
      label: '{"ru":"Сумма","en":"Sum"}',
      kind: "money",
      unit: "RUB",
      link: "/crm/{id}/",
      colors: '{"a":"#fff000"}',
    });
    assert.equal(other!.metadata.size, 0);
  });
});
