import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerFrame } from "@b24kit/client/contract";
import type { Caller } from "../auth/caller.ts";
import type { BusEvent, OnEvent } from "../bus/bus.ts";
import { newest } from "./newest.ts";
import { subscribe } from "./subscription.ts";

const caller: Caller = { kind: "page", subject: "p", rights: new Set(["data:read"]), portals: "all" };
const event = (seq: number, key: string): BusEvent => ({
  seq,
  topic: "sync",
  portalId: 1,
  data: { key, seq },
});
const keyOf = (data: unknown) => (data as { key: string }).key;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A bus in memory and a client whose side can be made slow. */
function scene(options: { after?: number; since?: BusEvent[] | null } = {}) {
  const sent: ServerFrame[] = [];
  const client = { buffered: 0 };
  let head = 0;
  let emit: OnEvent = () => {};
  let holdSnapshot: Promise<void> = Promise.resolve();
  const end = subscribe({
    hub: {
      bus: {
        subscribe: (_topic, _portal, onEvent) => {
          emit = onEvent;
          return () => {
            emit = () => {};
          };
        },
        since: async () => options.since ?? null,
        head: async () => head,
      },
      topics: {
        sync: {
          right: "data:read",
          keyOf,
          async snapshot() {
            await holdSnapshot;
            return { head };
          },
        },
        generator: { right: "data:read", snapshot: async () => ({}) },
      },
      resolvePortal: async () => ({ id: 1 }),
    },
    outlet: { send: (frame) => sent.push(frame), buffered: () => client.buffered },
    topic: "sync",
    portalId: 1,
    portalName: undefined,
    caller,
    after: options.after,
    onFailure: (error) => assert.fail(String(error)),
  });
  return {
    sent,
    client,
    end,
    emit(seq: number, key: string) {
      head = seq;
      emit(event(seq, key));
    },
    hold(until: Promise<void>) {
      holdSnapshot = until;
    },
    seqs: () => sent.map((frame) => `${frame.type} ${"seq" in frame ? frame.seq : ""}`),
  };
}

test("of changes with one key the newest is sent, in order", () => {
  const events = [event(1, "a"), event(2, "b"), event(3, "a"), event(4, "c")];
  assert.deepEqual(
    newest(events, keyOf).map(({ seq }) => seq),
    [2, 3, 4],
  );
  assert.equal(newest(events, undefined).length, 4);
});

test("changes that come while the snapshot is read follow it: one that it may hold already comes again rather than never", async () => {
  let release = () => {};
  const s = scene();
  s.hold(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  s.emit(5, "a");
  await settle();
  s.emit(6, "b");
  release();
  await settle();
  assert.deepEqual(s.seqs(), ["snapshot 0", "change 5", "change 6"]);
  s.end();
});

test("a client that falls behind is left alone and then told everything at once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const s = scene();
  await settle();
  s.emit(1, "a");
  assert.deepEqual(s.seqs(), ["snapshot 0", "change 1"]);
  s.client.buffered = 1024 * 1024;
  for (let seq = 2; seq < 50; seq += 1) s.emit(seq, `k${seq}`);
  for (let i = 0; i < 10; i += 1) t.mock.timers.tick(200);
  assert.equal(s.sent.length, 2);
  s.client.buffered = 0;
  t.mock.timers.tick(200);
  await settle();
  assert.deepEqual(s.seqs(), ["snapshot 0", "change 1", "snapshot 49"]);
  s.emit(50, "a");
  t.mock.timers.tick(200);
  assert.equal(s.seqs().at(-1), "change 50");
  s.end();
});

test("an ended subscription sends nothing more", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const s = scene({ after: 3, since: [event(4, "a")] });
  await settle();
  s.emit(5, "a");
  s.emit(6, "a");
  s.end();
  t.mock.timers.tick(1_000);
  assert.deepEqual(s.seqs(), ["change 4", "change 5"]);
});
