import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import type { Right, ServerFrame } from "@b24kit/client/contract";
import { WebSocket } from "ws";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import type { Caller } from "../auth/caller.ts";
import { type Bus, openBus } from "../bus/bus.ts";
import { AppError } from "../http/app-error.ts";
import { type Listening, listen } from "../http/listen.ts";
import { createOrigins } from "../http/origins.ts";
import { createShell } from "../http/shell.ts";
import { createLogger } from "../log/logger.ts";
import { countConnections } from "./connections.ts";
import { routes } from "./routes.ts";

const log = createLogger({ level: "silent", form: "json" });
let testDatabase: TestDatabase;
let bus: Bus;
let server: Listening;
let snapshots = 0;
/** Comings and goings of tabs, as the topic heard them. */
const attended: string[] = [];
const revoked = new Set<string>();
const connections = countConnections({ user: 2, page: 100, key: 100 });
/** How long tokens named "soon…" live. */
const SOON_MS = 300;

function callerOf(token: string): Caller {
  if (revoked.has(token) || token.startsWith("wrong")) throw new AppError("unauthenticated");
  const [kind = "page", subject = token, right = "data:read", renewed] = token.split("/");
  const rights = new Set([right as Right]);
  const expiresAt = subject.startsWith("soon") && !renewed ? Date.now() + SOON_MS : undefined;
  return {
    kind: kind as Caller["kind"],
    subject,
    rights,
    portals: subject === "one" ? [1] : "all",
    expiresAt,
  };
}

before(async () => {
  testDatabase = await createTestDatabase();
  bus = await openBus({ db: testDatabase.db, log });
  const auth = { fromToken: async (token: string) => callerOf(token) };
  const origins = createOrigins(["https://shop.example"], undefined);
  const authenticate = async (c: { req: { header(name: string): string | undefined } }) =>
    callerOf(c.req.header("Authorization")?.slice(7) ?? "wrong");
  const app = createShell({ log, authenticate, origins });
  routes(app, {
    log,
    auth,
    origins,
    connections,
    now: Date.now,
    authWithin: 200,
    recheckEvery: 100,
    hub: {
      bus,
      topics: {
        sync: {
          right: "data:read",
          keyOf: (change) => (change as { key: string }).key,
          async snapshot(portalId) {
            snapshots += 1;
            return { portalId, snapshots };
          },
        },
        generator: {
          right: "data:read",
          snapshot: async () => ({}),
          view(change, _portalId, caller) {
            const { owner, text } = change as { owner: string; text: string };
            return owner === caller.subject ? { text } : undefined;
          },
          attend(_portalId, _caller, session) {
            attended.push(`${session} came`);
            return () => attended.push(`${session} left`);
          },
        },
      },
      async resolvePortal(caller, name) {
        const id = Number(name ?? 1);
        if (!Number.isInteger(id)) throw new AppError("unknown_portal");
        if (caller.portals !== "all" && !caller.portals.includes(id)) throw new AppError("unknown_portal");
        return { id };
      },
    },
  });
  server = await listen(app, { host: "127.0.0.1", port: 0 });
});

after(async () => {
  const closed = server.close();
  connections.closeAll();
  await closed;
  await bus.close();
  await testDatabase.drop();
});

type Frame = ServerFrame & Record<string, unknown>;

/** A client that keeps what it receives; `frame` waits for the n-th that fits. */
async function connect(token?: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { headers });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let closed: number | undefined;
  const changed = () => {
    for (const check of [...waiting]) check();
  };
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)) as Frame);
    changed();
  });
  socket.on("close", (code) => {
    closed = code;
    changed();
  });
  socket.on("error", () => {});
  await once(socket, "open");
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const send = (frame: object | string) =>
    socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  const client = {
    socket,
    frames,
    send,
    async frame(type: string, n = 1): Promise<Frame> {
      const found = () => frames.filter((frame) => frame.type === type)[n - 1];
      await until(() => found() !== undefined || closed !== undefined);
      return found() ?? assert.fail(`closed with ${closed} before ${type} came`);
    },
    async closing(): Promise<number> {
      await until(() => closed !== undefined);
      return closed as number;
    },
  };
  if (token !== undefined) {
    send({ type: "auth", token });
    await client.frame("ready");
  }
  return client;
}

const codeOf = (frame: Frame) => (frame as { problem?: { code: string } }).problem?.code;

test("subscribing brings the snapshot, then changes with growing numbers, of this portal only", async () => {
  const client = await connect("page/a");
  client.send({ type: "subscribe", topic: "sync", portal: "4" });
  const snapshot = await client.frame("snapshot");
  assert.equal((snapshot.data as { portalId: number }).portalId, 4);
  await bus.publish("sync", 5, { key: "deal", n: 0 });
  await bus.publish("sync", 4, { key: "deal", n: 1 });
  const first = await client.frame("change");
  await bus.publish("sync", 4, { key: "lead", n: 2 });
  const second = await client.frame("change", 2);
  assert.deepEqual(
    [first.data, second.data],
    [
      { key: "deal", n: 1 },
      { key: "lead", n: 2 },
    ],
  );
  assert.equal(first.portal, "4");
  assert.ok(Number(snapshot.seq) < Number(first.seq) && Number(first.seq) < Number(second.seq));
  client.socket.close();
});

test("after a break the client resumes behind the last number, without a snapshot", async () => {
  const client = await connect("page/b");
  client.send({ type: "subscribe", topic: "sync", portal: "6" });
  const { seq } = await client.frame("snapshot");
  client.socket.terminate();
  await bus.publish("sync", 6, { key: "deal", n: 1 });
  await bus.publish("sync", 6, { key: "deal", n: 2 });
  await bus.publish("sync", 6, { key: "lead", n: 3 });
  const again = await connect("page/b");
  again.send({ type: "subscribe", topic: "sync", portal: "6", after: seq });
  await again.frame("change", 2);
  assert.deepEqual(
    again.frames.filter(({ type }) => type !== "ready").map(({ type, data }) => ({ type, data })),
    [
      { type: "change", data: { key: "deal", n: 2 } },
      { type: "change", data: { key: "lead", n: 3 } },
    ],
  );
  again.socket.close();
});

test("a number that cannot be resumed from brings a snapshot", async () => {
  const client = await connect("page/c");
  client.send({ type: "subscribe", topic: "sync", after: 1e9 });
  await client.frame("snapshot");
  client.socket.close();
});

test("a burst is thinned to the newest state of each key, in order", async () => {
  const client = await connect("page/d");
  client.send({ type: "subscribe", topic: "sync", portal: "7" });
  await client.frame("snapshot");
  for (let n = 1; n <= 100; n += 1) await bus.publish("sync", 7, { key: n % 2 ? "deal" : "lead", n });
  const last = () =>
    client.frames.filter(({ data }) => [99, 100].includes((data as { n: number } | undefined)?.n ?? 0));
  for (let i = 1; last().length < 2; i += 1) await client.frame("change", i);
  const changes = client.frames.filter(({ type }) => type === "change");
  assert.ok(changes.length < 40, `${changes.length} frames for 100 changes`);
  const seqs = changes.map(({ seq }) => Number(seq));
  assert.deepEqual(
    seqs,
    [...new Set(seqs)].sort((a, b) => a - b),
  );
  client.socket.close();
});

test("after unsubscribing nothing comes", async () => {
  const client = await connect("page/e");
  client.send({ type: "subscribe", topic: "sync", portal: "8" });
  await client.frame("snapshot");
  client.send({ type: "unsubscribe", topic: "sync", portal: "8" });
  client.send({ type: "ping" });
  await client.frame("pong");
  await bus.publish("sync", 8, { key: "deal" });
  await bus.catchUp();
  client.send({ type: "ping" });
  await client.frame("pong", 2);
  assert.ok(!client.frames.some(({ type }) => type === "change"));
  client.socket.close();
});

test("who does not authenticate, or wrongly, or speaks first, is closed with 4401 and told why", async () => {
  const silent = await connect();
  assert.equal(await silent.closing(), 4401);
  assert.equal(codeOf(silent.frames[0]!), "unauthenticated");
  const wrong = await connect();
  wrong.send({ type: "auth", token: "wrong" });
  assert.equal(await wrong.closing(), 4401);
  const early = await connect();
  early.send({ type: "subscribe", topic: "sync" });
  assert.equal(await early.closing(), 4401);
});

test("an ended token closes with 4401; a new one sent in time keeps the connection and its subscriptions", async () => {
  const renews = await connect("page/soon-2");
  renews.send({ type: "subscribe", topic: "sync", portal: "9" });
  await renews.frame("snapshot");
  renews.send({ type: "auth", token: "page/soon-2/data:read/renewed" });
  await renews.frame("ready", 2);
  // Opened later with a token as short as the first: when it ends, the first would have ended too.
  const ends = await connect("page/soon-1");
  assert.equal(await ends.closing(), 4401);
  assert.equal(codeOf(ends.frames.at(-1)!), "token_expired");
  await bus.publish("sync", 9, { key: "deal" });
  await renews.frame("change");
  renews.socket.close();
});

test("a connection does not change its person", async () => {
  const client = await connect("page/f");
  client.send({ type: "auth", token: "page/g" });
  assert.equal(await client.closing(), 4401);
});

test("a revoked key loses its open connections", async () => {
  const client = await connect("key/r");
  revoked.add("key/r");
  assert.equal(await client.closing(), 4401);
});

test("a portal that may not be seen and a missing right are refused by frame, and the connection lives", async () => {
  const client = await connect("page/one");
  client.send({ type: "subscribe", topic: "sync", portal: "2" });
  const refused = await client.frame("error");
  assert.deepEqual([codeOf(refused), refused.topic, refused.portal], ["unknown_portal", "sync", "2"]);
  client.send({ type: "ping" });
  await client.frame("pong");
  client.socket.close();
  const without = await connect("page/h/sync:run");
  without.send({ type: "subscribe", topic: "sync" });
  assert.equal(codeOf(await without.frame("error")), "forbidden");
  without.socket.close();
});

test("what is not a frame, and frames that are too large, end the connection", async () => {
  for (const [text, code] of [
    ["{", 1008],
    ['{"type":"nonsense"}', 1008],
    ["x".repeat(70_000), 1009],
  ] as const) {
    const client = await connect("page/i");
    client.send(text);
    assert.equal(await client.closing(), code);
  }
  const binary = await connect("page/i");
  binary.socket.send(Buffer.from("{}"));
  assert.equal(await binary.closing(), 1008);
});

test("a person has so many connections and no more", async () => {
  const [one, two] = [await connect("user/u"), await connect("user/u")];
  const three = await connect();
  three.send({ type: "auth", token: "user/u" });
  await three.closing();
  assert.equal(codeOf(three.frames[0]!), "too_many_requests");
  one.socket.close();
  await once(one.socket, "close");
  two.socket.close();
});

test("pages of other sites may not open a socket, those of ALLOWED_ORIGINS may", async () => {
  const statusOf = async (origin: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { origin });
    socket.on("error", () => {});
    return new Promise<number>((resolve) => {
      socket.on("unexpected-response", (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      socket.on("open", () => {
        socket.close();
        resolve(101);
      });
    });
  };
  assert.equal(await statusOf("https://evil.example"), 403);
  assert.equal(await statusOf("https://shop.example"), 101);
  assert.equal(await statusOf(`http://127.0.0.1:${server.port}`), 101);
});

test("a plain request to the socket's address is answered with a problem", async () => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/ws`);
  assert.equal(answer.status, 404);
});

/** Frames of an event stream as they come. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data) as Frame;
    }
  }
}

const stream = (token: string, subscriptions: string, signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${server.port}/api/v1/events?subscriptions=${encodeURIComponent(subscriptions)}`, {
    headers: { Authorization: `Bearer ${token}` },
    ...(signal ? { signal } : {}),
  });

test("the event stream carries the same frames", async () => {
  const leaving = new AbortController();
  const answer = await stream("page/s", '[{"topic":"sync","portal":"11"}]', leaving.signal);
  assert.match(answer.headers.get("Content-Type") ?? "", /^text\/event-stream/);
  const frames = eventsOf(answer.body!);
  assert.equal((await frames.next()).value.type, "ready");
  assert.equal((await frames.next()).value.type, "snapshot");
  await bus.publish("sync", 11, { key: "deal", n: 1 });
  const { value } = await frames.next();
  assert.deepEqual([value.type, value.portal, value.data], ["change", "11", { key: "deal", n: 1 }]);
  const open = connections.count();
  leaving.abort();
  await assert.rejects(frames.next());
  while (connections.count() === open) await new Promise((resolve) => setImmediate(resolve));
});

test("the event stream ends with its token, and refuses before it begins", async () => {
  const ending = await stream("page/soon-3", '[{"topic":"sync"}]');
  const types: string[] = [];
  for await (const frame of eventsOf(ending.body!)) types.push(codeOf(frame) ?? frame.type);
  assert.deepEqual(types, ["ready", "snapshot", "token_expired"]);
  assert.equal((await stream("wrong", '[{"topic":"sync"}]')).status, 401);
  assert.equal((await stream("page/t", "nonsense")).status, 400);
  assert.equal((await stream("page/t", '[{"topic":"nonsense"}]')).status, 400);
  assert.equal((await stream("page/one", '[{"topic":"sync","portal":"2"}]')).status, 404);
});

test("a change is shown as its topic lets the caller see it, or not at all", async () => {
  const client = await connect("page/ann");
  client.send({ type: "subscribe", topic: "generator" });
  await client.frame("snapshot");
  await bus.publish("generator", 1, { owner: "bob", text: "not for Ann" });
  await bus.publish("generator", 1, { owner: "ann", text: "for Ann" });
  assert.deepEqual((await client.frame("change")).data, { text: "for Ann" });
  client.socket.close();
});

test("a tab that names its session is present from its subscription until its connection ends", async () => {
  attended.length = 0;
  const client = await connect("page/tab");
  client.send({ type: "subscribe", topic: "generator", session: "session-1" });
  await client.frame("snapshot");
  assert.deepEqual(attended, ["session-1 came"]);
  client.send({ type: "subscribe", topic: "generator", session: "session-1" });
  await client.frame("snapshot", 2);
  assert.deepEqual(attended.slice(1), ["session-1 came", "session-1 left"], "never missed in between");
  const before = connections.count();
  client.socket.close();
  while (connections.count() === before) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(attended.at(-1), "session-1 left");
  assert.equal(attended.length, 4);
});
