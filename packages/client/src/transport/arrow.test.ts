import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Table, tableFromIPC } from "@uwdata/flechette";
import {
  type Data,
  Dictionary,
  Field,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
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

/** A batch for each list, whose texts are its dictionary; one that continues the list before is sent as a delta. */
function dictionaries(...lists: string[][]): Uint8Array {
  const type = new Dictionary(new Utf8(), new Int32(), 1);
  const schema = new Schema([new Field("t", type)]);
  const writer = new DictionaryWriter({ autoDestroy: false });
  writer.reset(undefined, schema);
  let before: string[] = [];
  for (const list of lists) {
    const grows = before.length > 0 && before.every((text, i) => text === list[i]);
    const texts = vectorFromArray(grows ? list.slice(before.length) : list, new Utf8());
    writer.writeDictionary(texts.data[0]!, grows);
    const codes = Int32Array.from(list.keys());
    const column = makeData({ type, length: list.length, nullCount: 0, data: codes, dictionary: texts });
    const rows = makeData({ type: new Struct(schema.fields), length: list.length, children: [column] });
    writer.write(new RecordBatch(schema, rows));
    before = list;
  }
  writer.finish();
  return writer.toUint8Array(true);
}

class DictionaryWriter extends RecordBatchStreamWriter {
  writeDictionary(values: Data<Utf8>, isDelta: boolean): void {
    this._writeDictionaryBatch(values, 1, isDelta);
  }
  protected override _writeDictionaries(): this {
    return this;
  }
}

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

const toRows = (table: Table) => table.toArray();
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

  it("shows the rows so far whenever there are twice as many", async () => {
    const seen: number[] = [];
    const table = await readTable(respond([stream]), { onBatch: (soFar) => seen.push(soFar.numRows) });
    assert.deepEqual(seen, [1000, 2000, 4000]);
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

  it("takes dictionaries that grow and dictionaries that are given anew", async () => {
    const grown = await readTable(respond([dictionaries(["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"])]));
    assert.deepEqual(grown.getChild("t").toArray(), ["a", "b", "a", "b", "c", "a", "b", "c", "d"]);
    const pieces = grown.getChild("t").data as unknown as { dictionary: unknown }[];
    assert.equal(new Set(pieces.map(({ dictionary }) => dictionary)).size, 1, "one for all batches");
    const anew = await readTable(respond([dictionaries(["a", "b"], ["x", "y"], ["x", "y", "z"])]));
    assert.deepEqual(anew.getChild("t").toArray(), ["a", "b", "x", "y", "x", "y", "z"]);
  });

  it("of no rows has its schema", async () => {
    const table = await readTable(respond([tableToIPC(one.slice(0, 0), "stream")]));
    assert.equal(table.numRows, 0);
    assert.deepEqual(table.names, ["n", "id", "t"]);
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
