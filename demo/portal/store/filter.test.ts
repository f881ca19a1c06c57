import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import type { Row, Value } from "../values.ts";
import { createZone } from "../zone.ts";
import { listPage } from "./list.ts";
import { Table } from "./table.ts";

const zone = createZone(180);
const catalogue = createCatalogue([
  describeField(["ID", "integer", ""]),
  describeField(["TITLE", "string", ""]),
  describeField(["SUM", "double", ""]),
  describeField(["AT", "datetime", ""]),
  describeField(["DAY", "date", ""]),
  describeField(["COMPANY_ID", "crm_company", ""]),
  { ...describeField(["UF_TAGS", "string", "", "m"]), isDynamic: true },
  { ...describeField(["UF_YES", "boolean", ""]), isDynamic: true },
  describeField(["PHONE", "crm_multifield", "", "m"]),
]);

const rows: Row[] = [
  {
    TITLE: "Альфа",
    SUM: "10.00",
    AT: "2026-01-01T10:00:00+03:00",
    DAY: "2026-01-01T03:00:00+03:00",
    COMPANY_ID: "3",
    UF_TAGS: ["a", "b"],
    UF_YES: "1",
  },
  {
    TITLE: "альфа бета",
    SUM: "9.50",
    AT: "2026-01-01T10:00:01+03:00",
    DAY: "2026-01-02T03:00:00+03:00",
    COMPANY_ID: "0",
    UF_TAGS: [],
    UF_YES: true,
  },
  { TITLE: "Гамма", SUM: "100.00", AT: "", DAY: "", COMPANY_ID: null, UF_TAGS: false, UF_YES: "0" },
  {
    TITLE: "",
    SUM: "0.00",
    AT: "2025-12-31T23:59:59+03:00",
    DAY: "2025-12-31T03:00:00+03:00",
    COMPANY_ID: "12",
    UF_TAGS: ["b"],
    UF_YES: null,
    PHONE: [{ ID: "1", VALUE: "+7999", VALUE_TYPE: "WORK", TYPE_ID: "PHONE" }],
  },
].map((row, i) => ({ ID: String(i + 1), ...row }) as Row);

const table = new Table(rows.length, (id) => rows[id - 1] as Row);
const find = (filter: Record<string, unknown>) =>
  listPage(table, catalogue, zone, { filter, order: {}, start: 0 }).rows.map((row) => Number(row.ID));

const CASES: readonly (readonly [Record<string, unknown>, number[]])[] = [
  [{ ID: 2 }, [2]],
  [{ "=ID": "2" }, [2]],
  [{ ID: [1, 3, 99] }, [1, 3]],
  [{ "@ID": ["1", 3] }, [1, 3]],
  [{ "@ID": [] }, []],
  [{ ">ID": 1, "<=ID": "3" }, [2, 3]],
  [{ ">=ID": 3, "<ID": 4 }, [3]],
  [{ "!ID": 3 }, [1, 2, 4]],
  [{ "!@ID": [1, 2] }, [3, 4]],
  [{ ">ID": 3, ID: [1, 4] }, [4]],
  [{ ">ID": [2, 3] }, [3, 4]],
  [{ ">ID": [] }, [1, 2, 3, 4]],
  [{ TITLE: "АЛЬФА" }, [1]],
  [{ "%TITLE": "альфа" }, [1, 2]],
  [{ "!%TITLE": "альфа" }, [3, 4]],
  [{ "=%TITLE": "альфа%" }, [1, 2]],
  [{ "%=TITLE": "%бета" }, [2]],
  [{ "=%TITLE": "альф_" }, [1]],
  [{ "!=%TITLE": "альфа%" }, [3, 4]],
  [{ TITLE: "" }, [4]],
  [{ "!TITLE": "" }, [1, 2, 3]],
  [{ ">SUM": "9.5" }, [1, 3]],
  [{ ">=SUM": 9.5, "<SUM": 100 }, [1, 2]],
  [{ SUM: 10 }, [1]],
  [{ "!=SUM": "10" }, [2, 3, 4]],
  [{ ">=AT": "2026-01-01T07:00:01Z" }, [2]],
  [{ ">AT": "2026-01-01T09:59:59+03:00", "<=AT": "2026-01-01T12:00:00+05:00" }, [1]],
  [{ "<AT": "01.01.2026" }, [4]],
  [{ AT: "2026-01-01 10:00:00" }, [1]],
  [{ ">AT": "not a date" }, []],
  [{ AT: "" }, [3]],
  [{ "!AT": null }, [1, 2, 4]],
  [{ DAY: "2026-01-02" }, [2]],
  [{ ">=DAY": "2026-01-01T00:00:00+03:00" }, [1, 2]],
  [{ "<=DAY": "31.12.2025" }, [4]],
  [{ COMPANY_ID: 3 }, [1]],
  [{ COMPANY_ID: "" }, [2, 3]],
  [{ COMPANY_ID: [3, ""] }, [1, 2, 3]],
  [{ "!COMPANY_ID": false }, [1, 4]],
  [{ "!=COMPANY_ID": 3 }, [2, 3, 4]],
  [{ ">COMPANY_ID": 2 }, [1, 4]],
  [{ UF_TAGS: "b" }, [1, 4]],
  [{ "!UF_TAGS": "b" }, [2, 3]],
  [{ UF_TAGS: [] }, [2, 3]],
  [{ UF_YES: "Y" }, [1, 2]],
  [{ UF_YES: 0 }, [3, 4]],
  [{ PHONE: "+7999" }, [4]],
  [{ PHONE: "+7" }, []],
  [{ "!PHONE": "" }, [4]],
  [{ NOPE: 1 }, [1, 2, 3, 4]],
  [{ title: "Гамма" }, [3]],
];

for (const [filter, expected] of CASES) {
  test(`filter ${JSON.stringify(filter)}`, () => assert.deepEqual(find(filter), expected));
}

test("filters by number, text and ID agree with a plain reading of their meaning", () => {
  const value = fc.integer({ min: -3, max: 8 });
  const many = fc.array(
    fc.record({ n: fc.option(value), t: fc.constantFrom(null, "", "a", "Ab", "b%", "ABC") }),
    { maxLength: 140 },
  );
  const line = fc.record({
    operator: fc.constantFrom("", "=", "!", "!=", ">", ">=", "<", "<=", "@", "!@", "%", "!%"),
    name: fc.constantFrom("ID", "N", "T"),
    operand: fc.oneof(
      value,
      value.map(String),
      fc.constantFrom("a", "AB", "b%"),
      fc.array(value, { minLength: 1, maxLength: 4 }),
    ),
  });
  fc.assert(
    fc.property(
      many,
      fc.array(line, { maxLength: 3 }),
      fc.integer({ min: -1, max: 150 }),
      fc.boolean(),
      (made, lines, start, down) => {
        const data: Row[] = made.map(({ n, t }, i) => ({
          ID: String(i + 1),
          N: n === null ? null : String(n),
          T: t,
        }));
        const fields = createCatalogue([
          describeField(["ID", "integer", ""]),
          describeField(["N", "integer", ""]),
          describeField(["T", "string", ""]),
        ]);
        const filter = Object.fromEntries(
          lines.map(({ operator, name, operand }) => [operator + name, operand]),
        );
        const store = new Table(data.length, (id) => data[id - 1] as Row);
        const page = listPage(store, fields, zone, { filter, order: { ID: down ? "DESC" : "ASC" }, start });
        const all = data.filter((row) =>
          Object.entries(filter).every(([key, operand]) => means(row, key, operand)),
        );
        if (down) all.reverse();
        const skip = start < 0 ? 0 : Math.floor(start / 50) * 50;
        assert.deepEqual(page.rows, all.slice(skip, skip + 50));
        assert.equal(page.total, start < 0 ? null : all.length);
      },
    ),
    { numRuns: 300 },
  );
});

/** The meaning of one filter line, said as plainly as possible. */
function means(row: Row, key: string, operand: unknown): boolean {
  const [, operator = "", name = ""] = /^([^A-Z]*)([A-Z]+)$/.exec(key) as RegExpExecArray;
  const stored = row[name] as Value;
  const list = Array.isArray(operand) ? operand : [operand];
  const read = (x: unknown) =>
    name === "T" ? String(x ?? "").toLowerCase() : Number.parseFloat(String(x)) || 0;
  const some = (test: (a: number | string, b: number | string) => boolean) =>
    stored !== null && list.some((member) => test(read(stored), read(member)));
  switch (operator.replace("!", "")) {
    case ">":
      return some((a, b) => a > b);
    case ">=":
      return some((a, b) => a >= b);
    case "<":
      return some((a, b) => a < b);
    case "<=":
      return some((a, b) => a <= b);
    case "%":
      return (
        some(() =>
          list.some((member) => String(stored).toLowerCase().includes(String(member).toLowerCase())),
        ) !== operator.includes("!")
      );
    default:
      return some((a, b) => a === b) !== operator.includes("!");
  }
}
