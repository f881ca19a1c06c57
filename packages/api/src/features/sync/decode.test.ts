import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { toDay, toTimestamp } from "./calendar.ts";
import { planColumns } from "./columns.ts";
import { decodeValue } from "./decode.ts";

function decode(type: string, value: unknown, multiple = false): unknown {
  const field = { name: "F", type, multiple, custom: true, label: "F", statusType: null, items: [] };
  const decoded = decodeValue(planColumns([field], "ID")[0]!, value);
  if ("misfit" in decoded) return decoded.misfit;
  return decoded.cells.length === 1 ? decoded.cells[0] : decoded.cells;
}

describe("a value of the portal", () => {
  it("is read as its type, in every form in which the portal sends it", () => {
    assert.equal(decode("integer", "37"), "37");
    assert.equal(decode("integer", 37), "37");
    assert.equal(decode("integer", "9223372036854775807"), "9223372036854775807");
    assert.equal(decode("double", "19999.99"), "19999.99");
    assert.equal(decode("double", 0.1), "0.1");
    assert.equal(decode("crm_category", "0"), "0", "the funnel 0 exists");
    assert.equal(decode("enumeration", "79"), "79");
    assert.equal(decode("crm_status", "WEB"), "WEB");
    assert.equal(decode("string", ""), "");
    assert.equal(decode("string", 5), "5");
    for (const yes of ["Y", "1", 1, true]) assert.equal(decode("boolean", yes), "t");
    for (const no of ["N", "0", 0, false]) assert.equal(decode("char", no), "f");
    assert.deepEqual(decode("money", "300|USD"), ["300", "USD"]);
    assert.deepEqual(decode("money", "300"), ["300", null]);
    assert.deepEqual(decode("address", "Мира, 5|55.1;61.4|12"), [
      "Мира, 5",
      '{"lat":55.1,"lng":61.4,"id":12}',
    ]);
    assert.deepEqual(decode("address", "Мира | 5"), ["Мира | 5", null]);
  });

  it("has a moment as Date writes it, from the first year to the last", () => {
    const dates = fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9999-12-30T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => toTimestamp(date.toISOString()) === date.toISOString()));
  });

  it("is NULL where the portal means nothing by it", () => {
    for (const type of [
      "integer",
      "double",
      "date",
      "datetime",
      "enumeration",
      "boolean",
      "crm_status",
      "file",
      "crm_company",
    ]) {
      for (const value of [null, undefined, ""]) assert.equal(decode(type, value), null, `${type} ${value}`);
    }
    assert.equal(decode("crm_company", "0"), null);
    assert.equal(decode("enumeration", 0), null);
    assert.equal(decode("string", null), null);
    for (const value of [false, [], null, ""]) assert.equal(decode("string", value, true), null);
  });

  it("keeps several values in order", () => {
    assert.equal(decode("enumeration", ["79", 81], true), '{"79","81"}');
    assert.equal(decode("string", ['a"b\\c', "d,e", ""], true), '{"a\\"b\\\\c","d,e",""}');
    assert.equal(decode("string", { 0: "a", 2: "b" }, true), '{"a","b"}');
    assert.equal(decode("money", ["1|RUB", "2|EUR"], true), '["1|RUB","2|EUR"]');
  });

  it("never carries the links that open a file", () => {
    const file = { id: 12, showUrl: "/f?auth=secret", downloadUrl: "/d?token=secret" };
    assert.equal(decode("file", file), '{"id":12}');
    assert.equal(decode("file", [file, 13], true), '[{"id":12},{"id":13}]');
  });

  it("is a misfit where it does not fit, never NULL", () => {
    assert.equal(decode("integer", "12a"), "not_a_number");
    assert.equal(decode("integer", 1.5), "not_a_number");
    assert.equal(decode("integer", "9223372036854775808"), "out_of_range");
    assert.equal(decode("crm_category", "2147483648"), "out_of_range");
    assert.equal(decode("double", "1,5"), "not_a_number");
    assert.equal(decode("double", "1".repeat(2000)), "out_of_range");
    assert.equal(decode("char", "maybe"), "not_a_flag");
    assert.equal(decode("date", "31.12.2024"), "not_a_date");
    assert.equal(decode("date", "2024-02-31"), "not_a_date");
    assert.equal(decode("datetime", "2024-01-01T25:00:00+03:00"), "not_a_date");
    assert.equal(
      decode("datetime", "2024-01-01T12:00:00"),
      "not_a_date",
      "a moment without an offset is none",
    );
    assert.equal(decode("string", { a: 1 }), "not_text");
    assert.equal(decode("string", "a\0b"), "unstorable_text");
    assert.equal(decode("string", "a\ud800b"), "unstorable_text");
    assert.equal(decode("file", { id: "a\0" }), "unstorable_text");
    assert.equal(decode("money", "1|2|3"), "not_a_number");
    assert.equal(decode("integer", ["1", "x"], true), "not_a_number");
  });
});

describe("dates of the portal", () => {
  it("are calendar days, whatever offset the portal printed", () => {
    assert.equal(toDay("2001-11-11T02:00:00+02:00"), "2001-11-11");
    assert.equal(toDay("2024-08-30T03:00:00+03:00"), "2024-08-30");
    assert.equal(
      toDay("2024-08-29T20:00:00-04:00"),
      "2024-08-30",
      "local midnight of a portal that prints another offset",
    );
    assert.equal(toDay("2024-08-30"), "2024-08-30");
  });

  it("survive any offset and its change by an hour: midnight plus the current offset is the day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: -11, max: 11 }),
        fc.integer({ min: -1, max: 1 }),
        (day, zone, summer) => {
          const midnight = Date.UTC(1990, 0, 1 + day);
          // The instant of local midnight at the offset that held then, printed with the offset that holds now.
          const instant = midnight - zone * 3_600_000;
          const now = zone + summer;
          const local = new Date(instant + now * 3_600_000).toISOString().slice(0, 19);
          const sign = now < 0 ? "-" : "+";
          const text = `${local}${sign}${String(Math.abs(now)).padStart(2, "0")}:00`;
          assert.equal(toDay(text), new Date(midnight).toISOString().slice(0, 10), text);
        },
      ),
    );
  });

  it("are the same moment in every offset", () => {
    assert.equal(toTimestamp("2024-08-30T14:29:00+02:00"), "2024-08-30T12:29:00.000Z");
    assert.equal(toTimestamp("2024-08-30T12:29:00Z"), "2024-08-30T12:29:00.000Z");
    assert.equal(toTimestamp("2024-08-30T14:29:00.5+0200"), "2024-08-30T12:29:00.500Z");
    for (const text of [
      "0000-01-01T00:00:00Z",
      "10000-01-01T00:00:00Z",
      "0001-01-01T00:00:00+14:00",
      "2024-01-01T00:00:00+16:00",
      "now",
    ]) {
      assert.equal(toTimestamp(text), null, text);
    }
  });
});
