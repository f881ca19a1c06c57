import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { MessageWalker } from "./message-walker.ts";
import { MESSAGE } from "./wire.ts";

function message(type: number, body: string): Buffer {
  const bytes = Buffer.alloc(5 + Buffer.byteLength(body));
  bytes[0] = type;
  bytes.writeInt32BE(bytes.length - 1, 1);
  bytes.write(body, 5);
  return bytes;
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i]));
}

const body = fc.string({ maxLength: 40 });
const one = fc.tuple(fc.constantFrom(MESSAGE.dataRow, MESSAGE.notice, MESSAGE.commandComplete), body);

describe("a message walker", () => {
  it("finds the same messages wherever the network cuts the bytes", () => {
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (messages, cuts) => {
          const tail = "behind the end";
          const all = Buffer.concat([
            ...messages.map(([type, text]) => message(type, text)),
            message(MESSAGE.readyForQuery, "I"),
            Buffer.from(tail),
          ]);
          const seen: [number, string][] = [];
          const see = (bytes: Buffer) => seen.push([bytes[0]!, bytes.toString("utf8", 5)]);
          const walker = new MessageWalker(
            (chunk, view, from, end) => {
              let at = from;
              while (
                at + 5 <= end &&
                chunk[at] === MESSAGE.dataRow &&
                at + 1 + view.getInt32(at + 1) <= end
              ) {
                const next = at + 1 + view.getInt32(at + 1);
                see(chunk.subarray(at, next));
                at = next;
              }
              return at;
            },
            (type, bytes) => {
              if (type === MESSAGE.readyForQuery) return false;
              see(bytes);
              return true;
            },
          );
          let rest = "";
          let ended = false;
          for (const chunk of split(all, cuts)) {
            if (ended) rest += chunk.toString();
            else {
              const left = walker.push(chunk);
              ended = left !== null;
              rest += left?.toString() ?? "";
            }
          }
          assert.deepEqual(seen, messages);
          assert.equal(rest, tail);
        },
      ),
      { numRuns: 500 },
    );
  });
});
