import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type DictionaryDelta, TextDictionary } from "./text-dictionary.ts";

function textsOf({ length, offsets, bytes }: DictionaryDelta): string[] {
  return Array.from({ length }, (_, i) =>
    Buffer.from(bytes.subarray(offsets[i]!, offsets[i + 1]!)).toString(),
  );
}

describe("a text dictionary", () => {
  it("gives equal texts one code, in order of appearance, and deltas that add up", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 80 })),
        (batches) => {
          const dictionary = new TextDictionary();
          const sent: string[] = [];
          for (const batch of batches) {
            const codes = batch.map((text) => {
              const bytes = Buffer.from(`##${text}##`);
              return dictionary.codeOf(bytes, 2, bytes.length - 4);
            });
            sent.push(...textsOf(dictionary.takeDelta()));
            assert.deepEqual(
              codes.map((code) => sent[code]),
              batch,
            );
          }
          assert.equal(sent.length, new Set(sent).size);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("stays bounded when texts never repeat, and its codes stay true", () => {
    const dictionary = new TextDictionary();
    const sent: string[] = [];
    const wanted = new Map<number, string>();
    for (let batch = 0; batch < 8; batch++) {
      for (let i = 0; i < 40_000; i++) {
        const text = `value ${batch * 40_000 + i}`;
        const bytes = Buffer.from(text);
        wanted.set(dictionary.codeOf(bytes, 0, bytes.length), text);
      }
      const delta = dictionary.takeDelta();
      assert.ok(delta.bytes.length < 8 << 20);
      sent.push(...textsOf(delta));
    }
    assert.equal(dictionary.size, 320_000);
    for (const [code, text] of wanted) assert.equal(sent[code], text);
    const again = Buffer.from("value 1");
    assert.equal(dictionary.codeOf(again, 0, again.length), 320_000, "a forgotten text gets a new code");
  });
});
