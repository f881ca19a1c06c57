import type { ServerFrame, Topic } from "@b24kit/client/contract";
import type { Caller } from "../auth/caller.ts";
import type { BusEvent } from "../bus/bus.ts";
import { newest } from "./newest.ts";
import type { Hub, TopicSource } from "./topics.ts";

/** Where frames go: a WebSocket or an event stream. */
export interface Outlet {
  send(frame: ServerFrame): void;
  /** Bytes accepted but not yet taken by the client's side. */
  buffered(): number;
}

export interface SubscriptionOptions {
  readonly hub: Hub;
  readonly outlet: Outlet;
  readonly topic: Topic;
  readonly portalId: number;
  /** As the client named it: frames repeat it, so that the client finds its subscription. */
  readonly portalName: string | undefined;
  readonly caller: Caller;
  readonly after: number | undefined;
  /** Told of a failure to read a snapshot; the subscription has ended then. */
  readonly onFailure: (error: unknown) => void;
}

/** At most five rounds of changes a second. */
const ROUND_MS = 200;
/** A client this far behind gets a fresh snapshot instead of its backlog. */
const HIGH_WATER_BYTES = 512 * 1024;
const LOW_WATER_BYTES = 64 * 1024;

/** Sends a topic's snapshot and then its changes, in order, each once, until it is ended. Returns how to end it. */
export function subscribe(options: SubscriptionOptions): () => void {
  const { hub, outlet, topic, portalId, onFailure } = options;
  const source: TopicSource = hub.topics[topic];
  const name = options.portalName === undefined ? {} : { portal: options.portalName };
  /** Changes since the last round; `seq` says up to where the client knows everything. */
  let pending: BusEvent[] = [];
  let seq = options.after ?? 0;
  let timer: NodeJS.Timeout | undefined;
  let ready = false;
  let behind = false;
  let ended = false;

  /** The events as this caller may see them. */
  const own = (events: readonly BusEvent[]): BusEvent[] =>
    events.flatMap((event) => {
      if (!source.view) return [event];
      const data = source.view(event.data, portalId, options.caller);
      return data === undefined ? [] : [{ ...event, data }];
    });

  const unsubscribe = hub.bus.subscribe(topic, portalId, (event) => {
    // Of a client that is behind nothing is kept: the snapshot will tell it all.
    if (!behind) pending.push(...own([event]));
    if (ready && !timer && pending.length > 0) round();
  });

  async function start(): Promise<void> {
    const missed = options.after === undefined ? null : await hub.bus.since(topic, portalId, options.after);
    if (missed === null) return sendSnapshot();
    pending = [...own(missed), ...pending];
    sendPending();
  }

  async function sendSnapshot(): Promise<void> {
    // Read before the state: a change in between is sent again rather than never.
    const head = await hub.bus.head();
    const data = await source.snapshot(portalId, options.caller);
    if (ended) return;
    seq = head;
    outlet.send({ type: "snapshot", topic, ...name, seq, data });
    sendPending();
  }

  function sendPending(): void {
    if (ended) return;
    for (const event of newest(pending, source.keyOf)) {
      if (event.seq <= seq) continue;
      seq = event.seq;
      outlet.send({ type: "change", topic, ...name, seq, data: event.data });
    }
    pending = [];
  }

  /** Sends what came and opens the next window; a window in which nothing came is the last. */
  function round(): void {
    timer = undefined;
    if (ended || (!behind && pending.length === 0)) return;
    if (behind) catchUp();
    else if (outlet.buffered() > HIGH_WATER_BYTES) {
      behind = true;
      pending = [];
    } else sendPending();
    timer = setTimeout(round, ROUND_MS);
  }

  function catchUp(): void {
    if (outlet.buffered() > LOW_WATER_BYTES || !ready) return;
    behind = false;
    ready = false;
    sendSnapshot().then(begin, fail);
  }

  function begin(): void {
    ready = true;
    if (pending.length > 0 && !timer) round();
  }

  function fail(error: unknown): void {
    if (ended) return;
    end();
    onFailure(error);
  }

  function end(): void {
    ended = true;
    clearTimeout(timer);
    unsubscribe();
  }

  start().then(begin, fail);
  return end;
}
