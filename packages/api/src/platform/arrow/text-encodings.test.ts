import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { csvEncoding, textCell } from "./csv-encoder.ts";
import { jsonEncoding } from "./json-encoder.ts";
import { collectText } from "./test/collect.ts";

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

const ALL_TYPES = `SELECT 1::int2 AS a, -9007199254740993::int8 AS b, 12345678901234567890.10::numeric(30,2) AS c, 0.1::float4 AS d,
  1e300::float8 AS e, true AS f, date '2024-02-29' AS g, timestamptz '2024-02-29 12:00:00.5+03' AS h,
  timestamp '1969-12-31 23:59:59.000001' AS i, 'текст, "x"'::text AS j, '{"k": [1]}'::jsonb AS k, ARRAY['a','b'] AS l,
  '11111111-2222-3333-4444-555555555555'::uuid AS m, '\\x00ff'::bytea AS n, NULL::int4 AS o, ''::text AS p, 'NaN'::numeric AS q`;

/** An RFC 4180 reader of a few lines, for the tests alone. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === undefined) continue;
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

describe("CSV", () => {
  const csv = (query: string, options = {}) =>
    collectText(database.db.pool, query, { encoding: csvEncoding(options) });

  it("writes every type with every digit", async () => {
    const [head, row] = parseCsv(await csv(ALL_TYPES));
    assert.deepEqual(head, [..."abcdefghijklmnopq"]);
    assert.deepEqual(row, [
      "1",
      "-9007199254740993",
      "12345678901234567890.10",
      "0.1",
      "1e+300",
      "true",
      "2024-02-29",
      "2024-02-29T09:00:00.500Z",
      "1969-12-31T23:59:59.000001",
      'текст, "x"',
      '{"k": [1]}',
      '["a","b"]',
      "11111111-2222-3333-4444-555555555555",
      "AP8=",
      "",
      "",
      "NaN",
    ]);
  });

  it("tells null from an empty text", async () => {
    assert.equal(await csv("SELECT NULL::text AS a, ''::text AS b"), 'a,b\r\n,""\r\n');
  });

  it("lets no text start a formula, and leaves numbers alone", async () => {
    const text = await csv(
      `SELECT t, -1 AS n, -1.5::numeric AS m FROM unnest(ARRAY['=1+1','+7 999','-x','@a',E'\\tb','ok','＝1']) t`,
    );
    assert.deepEqual(
      parseCsv(text)
        .slice(1)
        .map(([t]) => t),
      ["'=1+1", "'+7 999", "'-x", "'@a", "'\tb", "ok", "'＝1"],
    );
    assert.match(text, /,-1,-1\.5\r\n/);
  });

  it("has a header without rows, and Excel's mark when asked", async () => {
    assert.equal(await csv("SELECT 1 AS a, 2 AS b WHERE false"), "a,b\r\n");
    assert.equal(await csv("SELECT 1 AS a WHERE false", { bom: true }), "\uFEFFa\r\n");
  });

  it("reads back whatever was in a cell", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const back = parseCsv(`${textCell(text)},x\r\n`)[0]![0]!;
        assert.ok(back === text || back === `'${text}`);
      }),
    );
  });

  it("goes on over many batches", async () => {
    const rows = parseCsv(
      await csv("SELECT i, CASE WHEN i % 2 = 0 THEN 'a' || i END AS t FROM generate_series(1, 30000) i"),
    );
    assert.equal(rows.length, 30_001);
    assert.deepEqual(rows[30_000], ["30000", "a30000"]);
    assert.deepEqual(rows[29_999], ["29999", ""]);
  });
});

describe("JSON", () => {
  const json = (query: string) => collectText(database.db.pool, query, { encoding: jsonEncoding() });

  it("writes every type, numbers with every digit", async () => {
    const text = await json(ALL_TYPES);
    assert.match(text, /"b":-9007199254740993,"c":12345678901234567890\.10,"d":0\.1,/);
    const [row] = JSON.parse(text);
    assert.deepEqual(
      { ...row, b: 0, c: 0 },
      {
        a: 1,
        b: 0,
        c: 0,
        d: 0.1,
        e: 1e300,
        f: true,
        g: "2024-02-29",
        h: "2024-02-29T09:00:00.500Z",
        i: "1969-12-31T23:59:59.000001",
        j: 'текст, "x"',
        k: { k: [1] },
        l: ["a", "b"],
        m: "11111111-2222-3333-4444-555555555555",
        n: "AP8=",
        o: null,
        p: "",
        q: "NaN",
      },
    );
  });

  it("is an array whatever the number of rows", async () => {
    assert.deepEqual(JSON.parse(await json("SELECT 1 AS a WHERE false")), []);
    for (const rows of [1, 2047, 2048, 2049, 10_240, 20_000]) {
      const parsed = JSON.parse(await json(`SELECT i FROM generate_series(1, ${rows}) i`));
      assert.equal(parsed.length, rows);
      assert.deepEqual(parsed.at(-1), { i: rows });
    }
  });

  it("escapes names and texts", async () => {
    assert.deepEqual(JSON.parse(await json(`SELECT E'"\\\\\\n\\u2028</script>' AS "na""me\\"`)), [
      { 'na"me\\': '"\\\n\u2028</script>' },
    ]);
  });
});
