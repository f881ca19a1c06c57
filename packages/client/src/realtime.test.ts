import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { WebSocket as NodeWebSocket } from "ws";
import { json, type Seen, type SocketLoopback, serveSocket } from "../test/loopback.ts";
import { until, VirtualTiming } from "../test/virtual-timing.ts";
import { createClient } from "./client.ts";
import type { ClientFrame, ServerFrame } from "./contract/realtime.ts";
import type { EntityStatus, SyncStatus } from "./contract/sync.ts";
import { Realtime } from "./realtime.ts";
import type { ConnectionState } from "./transport/connection.ts";
import type { ApiError } from "./transport/errors.ts";
import { Http } from "./transport/http.ts";
import { type GetToken, TokenKeeper } from "./transport/token.ts";

const WebSocket = NodeWebSocket as unknown as typeof globalThis.WebSocket;
const snapshot: SyncStatus = { portal: "p", entities: [] };
const status = (rows: number): EntityStatus => ({
  entity: "deal",
  label: { ru: "Сделки", en: "Deals" },
  rows,
  run: null,
  lastCompletedAt: null,
  nextRunAt: null,
});

let loopback: SocketLoopback | undefined;
let realtime: Realtime | undefined;
afterEach(async () => {
  realtime?.close();
  await loopback?.close();
});

type Answer = Parameters<typeof serveSocket>[0];

/** As the API does: ready after the auth frame, a snapshot for each subscription without a number. */
const usual: Answer = (frame, send) => {
  if (frame.type === "auth") send({ type: "ready", rights: [] });
  if (frame.type === "subscribe" && frame.after === undefined) {
    send({ type: "snapshot", topic: frame.topic, seq: 10, data: snapshot });
  }
  if (frame.type === "ping") send({ type: "pong" });
};

/** Answers a ping so that the test can see the answer arrive. */
const lively: Answer = (frame, send, socket) => {
  usual(frame, send, socket);
  if (frame.type === "ping") send(change(11, 11));
};

interface Heard {
  snapshots: number;
  rows: number[];
  states: ConnectionState[];
  errors: unknown[];
}

async function setUp(options: {
  onFrame?: Answer;
  answer?: (seen: Seen) => void;
  getToken?: GetToken;
  WebSocket?: typeof globalThis.WebSocket | null;
  page?: EventTarget;
}) {
  loopback = await serveSocket(options.onFrame ?? usual, options.answer);
  const timing = new VirtualTiming();
  const tokens = new TokenKeeper(options.getToken ?? (() => "key-1"), timing);
  const http = new Http({ baseUrl: loopback.url, tokens, fetch, timing });
  const socket = options.WebSocket === null ? undefined : (options.WebSocket ?? WebSocket);
  realtime = new Realtime({ http, tokens, timing, WebSocket: socket, page: options.page });
  return { loopback, timing, realtime };
}

function listen(to: Realtime, portal?: string): Heard & { stop(): void } {
  const heard: Heard = { snapshots: 0, rows: [], states: [], errors: [] };
  const stop = to.subscribe(
    "sync",
    {
      onSnapshot: () => {
        heard.snapshots += 1;
      },
      onChange: ({ rows }) => heard.rows.push(rows),
      onState: (state) => heard.states.push(state),
      onError: (error) => heard.errors.push(error),
    },
    { portal },
  );
  return Object.assign(heard, { stop });
}

const change = (seq: number, rows: number): ServerFrame => ({
  type: "change",
  topic: "sync",
  seq,
  data: status(rows),
});
const kinds = (from: SocketLoopback, socket: number) =>
  from.frames.filter((one) => one.socket === socket).map(({ frame }) => frame);

describe("a subscription", () => {
  it("authenticates first, then hears the snapshot and changes, each once", async () => {
    const { loopback, realtime } = await setUp({});
    const heard = listen(realtime);
    await until(() => heard.snapshots === 1);
    for (const frame of [change(11, 1), change(12, 2), change(12, 99)]) loopback.send(frame);
    loopback.send(change(13, 3));
    await until(() => heard.rows.includes(3));
    assert.deepEqual(heard.rows, [1, 2, 3]);
    assert.deepEqual(heard.states, ["connecting", "open"]);
    assert.deepEqual(kinds(loopback, 0), [
      { type: "auth", token: "key-1" },
      { type: "subscribe", topic: "sync" },
    ] satisfies ClientFrame[]);
  });

  it("of two portals are told apart", async () => {
    const { loopback, realtime } = await setUp({});
    const a = listen(realtime, "a");
    const b = listen(realtime, "b");
    await until(() => loopback.frames.length === 3);
    loopback.send({ ...change(11, 1), portal: "a" } as ServerFrame);
    loopback.send({ ...change(12, 2), portal: "b" } as ServerFrame);
    await until(() => b.rows.length === 1);
    assert.deepEqual([a.rows, b.rows], [[1], [2]]);
  });

  it("that comes later to a running topic gets a snapshot too", async () => {
    const { loopback, realtime } = await setUp({});
    const first = listen(realtime);
    await until(() => first.snapshots === 1);
    const second = listen(realtime);
    await until(() => second.snapshots === 1);
    assert.equal(loopback.sockets.length, 1);
  });

  it("ends on the server when the last one leaves, and the socket a little later", async () => {
    const { loopback, realtime, timing } = await setUp({});
    const [one, two] = [listen(realtime), listen(realtime)];
    await until(() => one.snapshots > 0 && two.snapshots > 0);
    one.stop();
    two.stop();
    await until(() => loopback.frames.some(({ frame }) => frame.type === "unsubscribe"));
    assert.equal(realtime.state, "open");
    timing.advance(2000);
    await until(() => realtime.state === "closed");
  });

  it("hears when it is refused", async () => {
    const { realtime } = await setUp({
      onFrame: (frame, send) => {
        if (frame.type === "auth") send({ type: "ready", rights: [] });
        else send({ type: "error", topic: "sync", problem: problemOf(404, "unknown_portal") });
      },
    });
    const heard = listen(realtime);
    await until(() => heard.errors.length === 1);
    assert.equal((heard.errors[0] as ApiError).code, "unknown_portal");
    assert.equal(realtime.state, "open");
  });
});

describe("a break", () => {
  it("is resumed behind the last change, after growing pauses", async () => {
    const { loopback, realtime, timing } = await setUp({});
    const heard = listen(realtime);
    await until(() => heard.snapshots === 1);
    loopback.send(change(17, 1));
    await until(() => heard.rows.length === 1);
    loopback.sockets[0]?.terminate();
    await until(() => timing.sleeping(375));
    assert.equal(heard.states.at(-1), "offline");
    timing.advance(375);
    await until(() => kinds(loopback, 1).length === 2);
    assert.deepEqual(kinds(loopback, 1)[1], { type: "subscribe", topic: "sync", after: 17 });
    assert.equal(heard.snapshots, 1);
    await until(() => heard.states.at(-1) === "open");
  });

  it("by silence is noticed by a ping without an answer", async () => {
    let mute = false;
    const { realtime, timing } = await setUp({
      onFrame: (...args) => mute || lively(...args),
    });
    const heard = listen(realtime);
    await until(() => heard.snapshots === 1);
    await until(() => timing.sleeping(25_000));
    timing.advance(25_000);
    await until(() => heard.rows.length === 1 && timing.sleeping(10_000));
    timing.advance(10_000);
    await until(() => timing.sleeping(25_000));
    assert.equal(realtime.state, "open", "an answered ping keeps it");
    mute = true;
    timing.advance(25_000);
    await until(() => timing.sleeping(10_000));
    timing.advance(10_000);
    await until(() => realtime.state === "offline");
  });

  it("ends at once when the page comes back online", async () => {
    const page = new EventTarget();
    const { loopback, realtime, timing } = await setUp({ page });
    const heard = listen(realtime);
    await until(() => heard.snapshots === 1);
    loopback.sockets[0]?.terminate();
    await until(() => timing.sleeping(375));
    page.dispatchEvent(new Event("online"));
    await until(() => loopback.sockets.length === 2);
  });
});

describe("a token", () => {
  it("that is refused is replaced without a word", async () => {
    let count = 0;
    const { loopback, realtime, timing } = await setUp({
      getToken: () => `t${++count}`,
      onFrame: (frame, send, socket) => {
        if (frame.type !== "auth" || frame.token === "t2") return usual(frame, send, socket);
        send({ type: "error", problem: problemOf(401, "token_expired") });
        socket.close(4401);
      },
    });
    const heard = listen(realtime);
    await until(() => timing.sleeping(375));
    timing.advance(375);
    await until(() => heard.snapshots === 1);
    assert.deepEqual(kinds(loopback, 1)[0], { type: "auth", token: "t2" });
    assert.deepEqual(heard.errors, []);
  });

  it("is handed over on the open socket before it ends", async () => {
    const expiresAt = new Date(Date.parse("2026-05-12T09:01:00Z")).toISOString();
    let count = 0;
    const { loopback, realtime, timing } = await setUp({
      getToken: () => ({ token: `t${++count}`, expiresAt }),
      onFrame: lively,
    });
    const heard = listen(realtime);
    await until(() => heard.snapshots === 1);
    await until(() => timing.sleeping(25_000));
    timing.advance(25_000);
    await until(() => heard.rows.length === 1 && timing.sleeping(10_000));
    timing.advance(10_000);
    await until(() => timing.sleeping(25_000));
    timing.advance(25_000);
    await until(() => loopback.frames.some(({ frame }) => frame.type === "auth" && frame.token === "t2"));
    assert.equal(loopback.sockets.length, 1);
    assert.equal(heard.snapshots, 1);
  });

  it("that cannot be had is told", async () => {
    const { realtime } = await setUp({ getToken: () => Promise.reject(new Error("no")) });
    const heard = listen(realtime);
    await until(() => heard.errors.length === 1);
    assert.equal((heard.errors[0] as ApiError).code, "token_unavailable");
  });
});

describe("where WebSockets are forbidden", () => {
  const events = (frames: ServerFrame[]) => (seen: Seen) => {
    if (!seen.url.startsWith("/api/v1/events")) return json(seen.response, {}, 404);
    seen.response.writeHead(200, { "content-type": "text/event-stream" });
    seen.response.write(": hello\n\n");
    for (const frame of frames) seen.response.write(`id: 1\ndata: ${JSON.stringify(frame)}\n\n`);
  };
  const first: ServerFrame[] = [
    { type: "ready", rights: [] },
    { type: "snapshot", topic: "sync", seq: 10, data: snapshot },
    change(11, 1),
  ];
  const subscriptionsOf = (seen: Seen | undefined) =>
    JSON.parse(new URL(seen?.url ?? "", "http://x").searchParams.get("subscriptions") ?? "null");

  /** Connections to `/ws` are cut before they open, as some proxies do. */
  class CutSocket extends NodeWebSocket {
    constructor(url: string) {
      super(url.replace("/ws", "/nothing-here"));
    }
  }

  it("two failed sockets lead to the event stream, resumed behind the last change", async () => {
    const { loopback, realtime, timing } = await setUp({
      WebSocket: CutSocket as unknown as typeof globalThis.WebSocket,
      answer: events(first),
    });
    const heard = listen(realtime);
    for (const wait of [375, 750]) {
      await until(() => timing.sleeping(wait));
      timing.advance(wait);
    }
    await until(() => heard.rows.length === 1);
    assert.equal(realtime.state, "open");
    const stream = loopback.seen.at(-1);
    assert.equal(stream?.headers.authorization, "Bearer key-1");
    assert.deepEqual(subscriptionsOf(stream), [{ topic: "sync" }]);
    stream?.response.destroy();
    await until(() => timing.sleeping(375));
    timing.advance(375);
    await until(() => loopback.seen.at(-1) !== stream);
    assert.deepEqual(subscriptionsOf(loopback.seen.at(-1)), [{ topic: "sync", after: 11 }]);
  });

  it("a second topic opens the stream anew", async () => {
    const { loopback, realtime } = await setUp({ WebSocket: null, answer: events(first) });
    const a = listen(realtime);
    await until(() => a.snapshots === 1);
    listen(realtime, "b");
    await until(() => loopback.seen.length === 2);
    assert.deepEqual(subscriptionsOf(loopback.seen[1]), [
      { topic: "sync", after: 11 },
      { topic: "sync", portal: "b" },
    ]);
  });
});

it("a client of Node 20 without a WebSocket works too", async () => {
  loopback = await serveSocket(usual);
  const client = createClient({ baseUrl: loopback.url, getToken: () => "k", WebSocket });
  const heard = await new Promise<SyncStatus>((onSnapshot) =>
    client.realtime.subscribe("sync", { onSnapshot }),
  );
  assert.deepEqual(heard, snapshot);
  client.close();
});

function problemOf(code: number, name: "token_expired" | "unknown_portal") {
  return {
    type: "about:blank",
    code: name,
    title: "T",
    status: code,
    detail: "",
    remedy: "R",
    requestId: "r",
  };
}
