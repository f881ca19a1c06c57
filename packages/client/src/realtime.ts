import type { ServerFrame, Topic, TopicData } from "./contract/realtime.ts";
import { Connection, type ConnectionOptions, type ConnectionState } from "./transport/connection.ts";
import { toApiError } from "./transport/errors.ts";
import type { SubscribeFrame } from "./transport/wire.ts";

/** What a subscriber hears; all optional but it should take the snapshot, which may come again after a break. */
export interface TopicHandlers<T extends Topic> {
  onSnapshot?(data: TopicData[T]["snapshot"]): void;
  onChange?(data: TopicData[T]["change"]): void;
  /** Of the one connection: called at once with the present state, then with every change. */
  onState?(state: ConnectionState): void;
  /** The API refuses this topic, or the page's credential. */
  onError?(error: unknown): void;
}

interface Channel {
  topic: Topic;
  portal: string | undefined;
  seq: number | undefined;
  session: string | undefined;
  handlers: Set<TopicHandlers<Topic>>;
}

/** After the last subscriber left, the connection is kept so long: elements are often moved, not removed. */
const LINGER = 2000;

/** Topics over the page's one connection: a snapshot, then changes, resumed behind the last one after a break. */
export class Realtime {
  readonly #connection: Connection;
  readonly #options: ConnectionOptions;
  readonly #portal: string | undefined;
  readonly #channels = new Map<string, Channel>();
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #lingering: AbortController | undefined;

  constructor(options: ConnectionOptions, portal?: string) {
    this.#options = options;
    this.#portal = portal;
    this.#connection = new Connection(options, {
      subscriptions: () => [...this.#channels.values()].map(toSubscribe),
      onFrame: (frame) => this.#receive(frame),
      onState: (state) => this.#tellState(state),
      onError: (error) => this.#tellAll((handlers) => handlers.onError?.(error)),
    });
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Hears the connection's state; returns how to stop. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Subscribes to a topic of the portal (the client's own where none is named); returns how to stop. `session` is the
   * tab's own name, where the topic wants to know which tabs are there.
   */
  subscribe<T extends Topic>(
    topic: T,
    handlers: TopicHandlers<T>,
    options: { portal?: string | undefined; session?: string | undefined } = {},
  ): () => void {
    const portal = options.portal ?? this.#portal;
    const key = `${topic} ${portal ?? ""}`;
    const channel = this.#channels.get(key) ?? {
      topic,
      portal,
      seq: undefined,
      session: undefined,
      handlers: new Set(),
    };
    const own = { ...handlers } as TopicHandlers<Topic>;
    channel.handlers.add(own);
    this.#channels.set(key, channel);
    // A newcomer to a running topic needs a snapshot too; asking anew brings one to all.
    channel.seq = undefined;
    channel.session = options.session ?? channel.session;
    this.#lingering?.abort();
    this.#connection.send(toSubscribe(channel));
    const before = this.state;
    this.#connection.open();
    if (this.state === before) own.onState?.(before); // else it has just been told
    return () => this.#leave(key, channel, own);
  }

  /** Ends the connection for good or until the next subscription. */
  close(): void {
    this.#lingering?.abort();
    this.#channels.clear();
    this.#connection.close();
  }

  #leave(key: string, channel: Channel, handlers: TopicHandlers<Topic>): void {
    if (!channel.handlers.delete(handlers) || channel.handlers.size > 0) return;
    if (this.#channels.get(key) === channel) this.#channels.delete(key);
    this.#connection.send({ type: "unsubscribe", topic: channel.topic, ...portalOf(channel) });
    if (this.#channels.size === 0) void this.#closeLater();
  }

  async #closeLater(): Promise<void> {
    const lingering = new AbortController();
    this.#lingering = lingering;
    await this.#options.timing.sleep(LINGER, lingering.signal).catch(() => {});
    if (!lingering.signal.aborted && this.#channels.size === 0) this.#connection.close();
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === "ready" || frame.type === "pong") return;
    const channel = frame.topic && this.#channelOf(frame.topic, "portal" in frame ? frame.portal : undefined);
    if (!channel) return;
    if (frame.type === "error") {
      tell(channel, (handlers) => handlers.onError?.(toApiError(frame.problem)));
      return;
    }
    if (frame.type === "change" && channel.seq !== undefined && frame.seq <= channel.seq) return;
    channel.seq = frame.seq;
    const call = frame.type === "snapshot" ? "onSnapshot" : "onChange";
    tell(channel, (handlers) => handlers[call]?.(frame.data as never));
  }

  /** A subscription without a portal may be answered under the portal's name. */
  #channelOf(topic: Topic, portal: string | undefined): Channel | undefined {
    return this.#channels.get(`${topic} ${portal ?? ""}`) ?? this.#channels.get(`${topic} `);
  }

  #tellState(state: ConnectionState): void {
    for (const listener of this.#listeners) listener(state);
    this.#tellAll((handlers) => handlers.onState?.(state));
  }

  #tellAll(call: (handlers: TopicHandlers<Topic>) => void): void {
    for (const channel of this.#channels.values()) tell(channel, call);
  }
}

function tell(channel: Channel, call: (handlers: TopicHandlers<Topic>) => void): void {
  for (const handlers of [...channel.handlers]) call(handlers);
}

function portalOf(channel: Channel): { portal?: string } {
  return channel.portal === undefined ? {} : { portal: channel.portal };
}

function toSubscribe(channel: Channel): SubscribeFrame {
  const after = channel.seq === undefined ? {} : { after: channel.seq };
  const session = channel.session === undefined ? {} : { session: channel.session };
  return { type: "subscribe", topic: channel.topic, ...portalOf(channel), ...after, ...session };
}
