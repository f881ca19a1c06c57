import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { phpList, phpMap, phpQuery } from "./php.ts";
import { type Parsed, parseStr } from "./test/parse-str.ts";

test("scalars, nesting, clearing", () => {
  const params = {
    id: 5,
    flags: { yes: true, no: false },
    empty: null,
    none: undefined,
    list: ["a", "b"],
    cleared: [],
  };
  assert.deepEqual(parseStr(phpQuery(params)), {
    id: "5",
    flags: { yes: "1", no: "0" },
    empty: "",
    list: { 0: "a", 1: "b" },
  });
  assert.deepEqual(parseStr(phpQuery({ fields: { UF_CRM_1: [], TITLE: "Дом № 5 & co=100%+" } })), {
    fields: { UF_CRM_1: "", TITLE: "Дом № 5 & co=100%+" },
  });
  assert.equal(phpQuery({ filter: { ">ID": 7 } }), "filter%5B%3EID%5D=7");
  assert.equal(phpQuery({ at: new Date(0) }), "at=1970-01-01T00%3A00%3A00.000Z");
});

test("a name with brackets cannot be carried", () => {
  assert.throws(() => phpQuery({ filter: { "a[b]": 1 } }), RangeError);
});

// PHP itself changes dots and spaces of outer names, so those are left out there.
const outer = fc.stringMatching(/^[A-Za-z_>@%!=][\w>@%!=]{0,8}$/);
const inner = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
  .filter((name) => !/[[\]\0]/.test(name));
const scalar = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(inner, tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const isEmptyMap = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

function expected(value: unknown): Parsed {
  if (value === null || isEmptyMap(value)) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "object") return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, expected(item)]));
}

test("property: PHP reads back what was written", () => {
  fc.assert(
    fc.property(fc.dictionary(outer, tree, { maxKeys: 4, noNullPrototype: true }), (params) => {
      const kept = Object.entries(params).filter(([, value]) => !isEmptyMap(value));
      assert.deepEqual(
        parseStr(phpQuery(params)),
        Object.fromEntries(kept.map(([name, value]) => [name, expected(value)])),
      );
    }),
    { numRuns: 400 },
  );
});

test("an empty map, a map with keys from zero and any other map are one kind", () => {
  assert.deepEqual(phpMap([]), {});
  assert.deepEqual(phpMap(["a", "b"]), { 0: "a", 1: "b" });
  assert.deepEqual(phpMap({ x: 1 }), { x: 1 });
  assert.equal(phpMap("x"), null);
  assert.equal(phpMap(null), null);
  assert.deepEqual(phpList({ 0: "a", 2: "b" }), ["a", "b"]);
  assert.equal(phpList({ items: [] }), null);
});
