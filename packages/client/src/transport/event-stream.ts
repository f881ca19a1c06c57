import type { ClientFrame, ServerFrame, streamEvents, Topic } from "../contract/realtime.ts";
import type { Http, Route } from "./http.ts";
import { parseFrame, type SubscribeFrame, type Wire, type WireHandlers } from "./wire.ts";

const EVENTS: Route<typeof streamEvents> = { method: "get", path: "/api/v1/events" };

/** Splits the text of an event stream into the `data` of its events; comments give nothing but a sign of life. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onActivity: () => void,
): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onActivity();
      const events = (rest + value).split(/\r\n\r\n|\n\n|\r\r/);
      rest = events.pop() ?? "";
      for (const event of events) {
        const data = event.split(/\r\n?|\n/).filter((line) => line.startsWith("data:"));
        if (data.length > 0) yield data.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

const keyOf = (frame: { topic: Topic; portal?: string | undefined }) =>
  `${frame.topic} ${frame.portal ?? ""}`;

/** The same frames over server-sent events. A changed set of subscriptions opens the stream anew, behind what was seen. */
export function openEventStream(http: Http, handlers: WireHandlers): Wire {
  const wanted = new Map<string, SubscribeFrame>();
  let current: AbortController | undefined;
  let planned = false;
  let opened = false;
  let over = false;

  function note(frame: ServerFrame): void {
    if (frame.type !== "snapshot" && frame.type !== "change") return;
    const subscription = wanted.get(keyOf(frame)) ?? wanted.get(keyOf({ topic: frame.topic }));
    if (subscription) subscription.after = frame.seq;
  }

  async function run(abort: AbortController): Promise<void> {
    const subscriptions = [...wanted.values()].map(({ topic, portal, after, session }) => ({
      topic,
      portal,
      after,
      session,
    }));
    const request = { query: { subscriptions: JSON.stringify(subscriptions) } };
    const response = await http.stream(EVENTS, request, "text/event-stream", { signal: abort.signal });
    opened = true;
    handlers.onReady();
    if (!response.body) return;
    for await (const data of readEvents(response.body, handlers.onActivity)) {
      if (abort.signal.aborted) return;
      const frame = parseFrame(data);
      if (!frame || frame.type === "ready") continue;
      note(frame);
      handlers.onFrame(frame);
    }
  }

  function restart(): void {
    planned = false;
    current?.abort();
    if (over || wanted.size === 0) return;
    const abort = new AbortController();
    current = abort;
    const lost = (error?: unknown) => {
      if (over || abort.signal.aborted) return;
      over = true;
      handlers.onLost({ opened, error });
    };
    run(abort).then(() => lost(), lost);
  }

  function plan(): void {
    if (planned) return;
    planned = true;
    queueMicrotask(restart);
  }

  for (const frame of handlers.subscriptions()) wanted.set(keyOf(frame), { ...frame });
  plan();
  return {
    answersWithin: 20_000, // nothing answers a ping here, but a comment comes every 15 s
    send(frame: ClientFrame) {
      if (frame.type === "subscribe") wanted.set(keyOf(frame), { ...frame });
      else if (frame.type === "unsubscribe") wanted.delete(keyOf(frame));
      else return;
      plan();
    },
    close() {
      over = true;
      current?.abort();
    },
  };
}
