import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readEvents } from "./event-stream.ts";

async function read(chunks: string[]): Promise<{ events: string[]; signs: number }> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
  let signs = 0;
  const events: string[] = [];
  for await (const event of readEvents(body, () => signs++)) events.push(event);
  return { events, signs };
}

describe("an event stream", () => {
  it("is cut into events, whatever the line ends", async () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = [": hello", "", "id: 1", "data: one", "", "data: two", "data: lines", "", ""].join(end);
      assert.deepEqual((await read([text])).events, ["one", "two\nlines"]);
    }
  });

  it("is the same however it is cut on the way, letters of two bytes included", async () => {
    const bytes = new TextEncoder().encode("data: щи\r\n\r\ndata: борщ\r\n\r\n");
    for (let at = 1; at < bytes.length; at++) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes.slice(0, at));
          controller.enqueue(bytes.slice(at));
          controller.close();
        },
      });
      const events: string[] = [];
      for await (const event of readEvents(body, () => {})) events.push(event);
      assert.deepEqual(events, ["щи", "борщ"], `cut at ${at}`);
    }
  });

  it("takes a comment as a sign of life, and an unfinished event for nothing", async () => {
    const { events, signs } = await read([": still here\n\n", "data: half"]);
    assert.deepEqual(events, []);
    assert.equal(signs, 2);
  });
});
