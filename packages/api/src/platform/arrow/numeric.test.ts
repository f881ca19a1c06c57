import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { numericToNumber, numericToText } from "./numeric.ts";

/** PostgreSQL's binary numeric of a decimal text, at an odd place in a larger buffer. */
function toWire(text: string): { view: DataView; at: number } {
  const specials: Record<string, number> = { NaN: 0xc000, Infinity: 0xd000, "-Infinity": 0xf000 };
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const left = whole.padStart(Math.ceil(whole.length / 4) * 4, "0");
  const right = fraction.padEnd(Math.ceil(fraction.length / 4) * 4, "0");
  let groups = text in specials ? [] : (`${left}${right}`.match(/\d{4}/g) ?? []).map(Number);
  let weight = left.length / 4 - 1;
  while (groups.length > 0 && groups[0] === 0) {
    groups = groups.slice(1);
    weight--;
  }
  while (groups.length > 0 && groups.at(-1) === 0) groups = groups.slice(0, -1);
  const at = 3;
  const view = new DataView(new ArrayBuffer(at + 8 + groups.length * 2));
  view.setUint16(at, groups.length);
  view.setInt16(at + 2, groups.length === 0 ? 0 : weight);
  view.setUint16(at + 4, specials[text] ?? (negative ? 0x4000 : 0));
  view.setUint16(at + 6, fraction.length);
  for (const [i, group] of groups.entries()) view.setUint16(at + 8 + i * 2, group);
  return { view, at };
}

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${most}}$`));
const decimal = fc.tuple(fc.boolean(), digits(40), digits(30)).map(([negative, whole, fraction]) => {
  const clean = whole.replace(/^0+/, "") || "0";
  const text = fraction === "" ? clean : `${clean}.${fraction}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
});

describe("numeric", () => {
  it("becomes the nearest double of its text", () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const { view, at } = toWire(text);
        assert.equal(numericToNumber(view, at), Number(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps every digit as text", () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const { view, at } = toWire(text);
        assert.equal(numericToText(view, at), text);
      }),
      { numRuns: 3000 },
    );
  });

  for (const text of [
    "0",
    "0.00",
    "NaN",
    "Infinity",
    "-Infinity",
    "9007199254740991",
    "9007199254740993",
    "0.1",
    "-0.3",
  ]) {
    it(`reads ${text}`, () => {
      const { view, at } = toWire(text);
      assert.equal(numericToNumber(view, at), Number(text));
      assert.equal(numericToText(view, at), text);
    });
  }
});
