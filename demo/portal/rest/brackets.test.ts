import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseQuery } from "./brackets.ts";

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test("brackets nest, empty brackets count up, lists become arrays", () => {
  const read = (query: string) => plain(parseQuery(query));
  assert.deepEqual(read("a=1&b[c]=2&b[d][e]=3"), { a: "1", b: { c: "2", d: { e: "3" } } });
  assert.deepEqual(read("s[]=x&s[]=y"), { s: ["x", "y"] });
  assert.deepEqual(read("s[5]=x&s[]=y"), { s: { 5: "x", 6: "y" } });
  assert.deepEqual(read("fields[PHONE][0][VALUE]=%2B7&fields[PHONE][0][VALUE_TYPE]=WORK"), {
    fields: { PHONE: [{ VALUE: "+7", VALUE_TYPE: "WORK" }] },
  });
  assert.deepEqual(read("filter[%3E%3DDATE]=2026-01-01T00:00:00%2B03:00"), {
    filter: { ">=DATE": "2026-01-01T00:00:00+03:00" },
  });
});

test("the last value of a name wins and a scalar gives way to a map", () => {
  assert.deepEqual(plain(parseQuery("a=1&a=2&b=1&b[c]=2")), { a: "2", b: { c: "2" } });
});

test("names that look dangerous are only names", () => {
  parseQuery("__proto__[x]=1&constructor[prototype][x]=2&a[__proto__][x]=3");
  assert.equal(({} as { x?: string }).x, undefined);
});

test("what PHP would write is read back", () => {
  const name = fc.stringMatching(/^[A-Za-z_>=!@%][A-Za-z_0-9>=!@%]{0,8}$/);
  const leaf = fc.string();
  const tree = fc.letrec((tie) => ({
    node: fc.dictionary(
      name,
      fc.oneof({ maxDepth: 3 }, leaf, tie("node"), fc.array(leaf, { minLength: 1 })),
      { minKeys: 1 },
    ),
  })).node as fc.Arbitrary<Record<string, unknown>>;
  fc.assert(
    fc.property(tree, (value) => {
      const pairs = new URLSearchParams();
      write(pairs, "", value);
      assert.deepEqual(plain(parseQuery(pairs.toString())), plain(value));
    }),
  );
});

function write(pairs: URLSearchParams, prefix: string, value: unknown): void {
  if (typeof value === "string") pairs.append(prefix, value);
  else
    for (const [key, member] of Object.entries(value as object))
      write(pairs, prefix ? `${prefix}[${key}]` : key, member);
}

test("any text at all can be read", () => {
  fc.assert(fc.property(fc.string(), (query) => void JSON.stringify(parseQuery(query))));
});
