import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RecordBatchStreamWriter, type Table, tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import fc from "fast-check";
import { readTable } from "./arrow.ts";

const rows = 5000;
const one = tableFromArrays({
  n: Float64Array.from({ length: rows }, (_, i) => i / 3),
  id: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
  t: Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? null : `v${i % 5}`)),
});
/** Several batches, as a server streams them. */
const stream = (() => {
  const writer = new RecordBatchStreamWriter();
  for (let at = 0; at < rows; at += 1000)
    for (const batch of one.slice(at, at + 1000).batches) writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
})();

function respond(parts: readonly Uint8Array[], fault?: Error): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      if (fault) controller.error(fault);
      else controller.close();
    },
  });
  return new Response(body);
}

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i]));
}

const toRows = (table: Table) => table.toArray().map((row) => row.toJSON());
const broken = { code: "api_answer_broken" };

describe("reading a table", () => {
  it("gives the same rows wherever the network cuts the bytes", async () => {
    const wanted = toRows(tableFromIPC(stream));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 60 }), async (cuts) => {
        assert.deepEqual(toRows(await readTable(respond(split(stream, cuts)))), wanted);
      }),
      { numRuns: 15 },
    );
  });

  it("reads a body to its end, so that nobody takes the answer for a broken one", async () => {
    let cancelled = false;
    const parts = [stream];
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => (parts.length ? controller.enqueue(parts.pop()!) : controller.close()),
        cancel() {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    await readTable(new Response(body));
    assert.equal(cancelled, false);
  });

  it("shows the rows so far, batch by batch", async () => {
    const seen: number[] = [];
    const table = await readTable(respond([stream]), { onBatch: (soFar) => seen.push(soFar.numRows) });
    assert.deepEqual(seen, [1000, 2000, 3000, 4000, 5000]);
    assert.equal(table.numRows, rows);
  });

  it("shows the first batch before the rest has come", async () => {
    let rest: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        rest = controller;
        controller.enqueue(stream.subarray(0, stream.length >> 1));
      },
    });
    let first: (soFar: Table) => void = () => {};
    const firstBatch = new Promise<Table>((resolve) => {
      first = resolve;
    });
    const whole = readTable(new Response(body), { onBatch: (soFar) => first(soFar) });
    assert.equal((await firstBatch).numRows, 1000);
    rest!.enqueue(stream.subarray(stream.length >> 1));
    rest!.close();
    assert.equal((await whole).numRows, rows);
  });

  it("of no rows has its schema", async () => {
    const table = await readTable(respond([tableToIPC(one.slice(0, 0), "stream")]));
    assert.equal(table.numRows, 0);
    assert.deepEqual(table.schema.names, ["n", "id", "t"]);
  });

  it("never takes a cut stream for a whole one, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: stream.length - 1 }), async (length) => {
        await assert.rejects(readTable(respond([stream.subarray(0, length)])), broken);
      }),
      { numRuns: 60 },
    );
  });

  it("not even between two messages, where Arrow's own reader does", async () => {
    const withoutEnd = stream.subarray(0, stream.length - 8);
    assert.equal(tableFromIPC(withoutEnd).numRows, rows);
    await assert.rejects(readTable(respond([withoutEnd])), broken);
  });

  it("tells a lost connection", async () => {
    await assert.rejects(readTable(respond([stream.subarray(0, 5000)], new TypeError("terminated"))), broken);
  });

  for (const [what, text] of [
    ["a page", "<!doctype html><title>Sign in</title>"],
    ["JSON", '{"rows":[1,2,3]}'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readTable(new Response(text)), { code: "api_answer_invalid" });
    });
  }

  it("stops by the signal and lets the body go", async () => {
    const controller = new AbortController();
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(stream.subarray(0, 3000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const table = readTable(new Response(body), { signal: controller.signal });
    controller.abort(new Error("enough"));
    await assert.rejects(table, /enough/);
    assert.equal(cancelled, true);
  });
});
