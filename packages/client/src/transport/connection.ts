import type { ClientFrame, ServerFrame } from "../contract/realtime.ts";
import { toApiError } from "./errors.ts";
import { openEventStream } from "./event-stream.ts";
import type { Http } from "./http.ts";
import { openSocket } from "./socket.ts";
import { backoff, type Timing } from "./timing.ts";
import type { TokenKeeper } from "./token.ts";
import type { SubscribeFrame, Wire, WireHandlers } from "./wire.ts";

/** `connecting` at first, `open` when live, `offline` between attempts (what is shown is stale), `closed` when unused. */
export type ConnectionState = "connecting" | "open" | "offline" | "closed";

export interface ConnectionOptions {
  http: Http;
  tokens: TokenKeeper;
  timing: Timing;
  /** Absent where there is none (Node 20): the event stream serves at once. */
  WebSocket: typeof WebSocket | undefined;
  /** Where `online`, `offline` and `visibilitychange` are heard; absent in Node. */
  page: Pick<EventTarget, "addEventListener" | "removeEventListener"> | undefined;
}

export interface ConnectionHandlers {
  subscriptions(): SubscribeFrame[];
  onFrame(frame: ServerFrame): void;
  onState(state: ConnectionState): void;
  onError(error: unknown): void;
}

/** Silence after which a ping is sent, and the time that a new wire has to become ready, in milliseconds. */
const QUIET = 25_000;
const READY_WITHIN = 15_000;
/** So many sockets that never opened make us try the event stream. */
const SOCKET_FAILURES = 2;
const PAGE_EVENTS = ["online", "offline", "visibilitychange"];

/** Keeps one way for frames open: reconnects with growing pauses, notices silent deaths, renews refused tokens. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  #state: ConnectionState = "closed";
  #wire: Wire | undefined;
  #life: AbortController | undefined;
  #pause: AbortController | undefined;
  #attempt = 0;
  #socketFailures = 0;
  #token: string | undefined;
  #refused: string | undefined;
  #heardAt = 0;
  #heard = 0;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Opens unless open or opening. */
  open(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    for (const event of PAGE_EVENTS) this.#options.page?.addEventListener(event, this.#onPage);
    void this.#connect(this.#life.signal);
  }

  close(): void {
    for (const event of PAGE_EVENTS) this.#options.page?.removeEventListener(event, this.#onPage);
    this.#life?.abort();
    this.#life = undefined;
    this.#wire?.close();
    this.#wire = undefined;
    this.#attempt = 0;
    this.#become("closed");
  }

  /** Sends when open; what must survive a break is in `subscriptions()`. */
  send(frame: ClientFrame): void {
    if (this.#state === "open") this.#wire?.send(frame);
  }

  async #connect(life: AbortSignal): Promise<void> {
    this.#become(this.#attempt === 0 ? "connecting" : "offline");
    try {
      const { tokens } = this.#options;
      this.#token = await (this.#refused === undefined ? tokens.current() : tokens.replace(this.#refused));
      this.#refused = undefined;
    } catch (error) {
      if (life.aborted) return;
      this.#handlers.onError(error);
      return this.#retryLater(life);
    }
    if (!life.aborted) this.#wire = this.#openWire(life);
  }

  #openWire(life: AbortSignal): Wire {
    const { http, timing, WebSocket } = this.#options;
    const asSocket = WebSocket !== undefined && this.#socketFailures < SOCKET_FAILURES;
    const over = new AbortController();
    const signal = AbortSignal.any([life, over.signal]);
    let ready = false;
    const handlers: WireHandlers = {
      subscriptions: this.#handlers.subscriptions,
      onReady: () => {
        if (ready) return;
        ready = true;
        this.#attempt = 0;
        if (asSocket) this.#socketFailures = 0;
        this.#become("open");
        void this.#watch(signal);
      },
      onActivity: () => {
        this.#heard++;
        this.#heardAt = timing.now();
      },
      onFrame: (frame) => this.#receive(frame),
      onLost: ({ opened, error }) => {
        if (signal.aborted) return;
        over.abort();
        if (!opened) this.#socketFailures = asSocket ? this.#socketFailures + 1 : 0;
        if (error) this.#handlers.onError(error);
        void this.#retryLater(life);
      },
    };
    const late = () => ready || handlers.onLost({ opened: false });
    timing.sleep(READY_WITHIN, signal).then(late, () => {});
    if (!asSocket) return openEventStream(http, handlers);
    return openSocket({ url: `${http.baseUrl}/ws`, token: this.#token, WebSocket }, handlers);
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === "error" && frame.topic === undefined) {
      const refused = frame.problem.status === 401;
      // The first refusal of an old token is healed by the next attempt; only what stays is worth a word.
      if (!refused || this.#attempt > 0) this.#handlers.onError(toApiError(frame.problem));
      if (!refused) return;
      this.#refused = this.#token;
      this.#giveUp();
    } else this.#handlers.onFrame(frame);
  }

  async #retryLater(life: AbortSignal): Promise<void> {
    this.#wire?.close();
    this.#wire = undefined;
    const wait = backoff(this.#attempt, this.#options.timing.random);
    this.#attempt++;
    this.#become("offline");
    const pause = new AbortController();
    this.#pause = pause;
    await this.#options.timing.sleep(wait, AbortSignal.any([life, pause.signal])).catch(() => {});
    if (!life.aborted) await this.#connect(life);
  }

  /** Pings into silence, gives the wire up when nothing comes back, and hands over a renewed token in time. */
  async #watch(over: AbortSignal): Promise<void> {
    const { timing } = this.#options;
    this.#heardAt = timing.now();
    while (!over.aborted) {
      await timing.sleep(QUIET, over).catch(() => {});
      if (over.aborted) return;
      await this.#renewToken(over);
      if (!over.aborted && timing.now() - this.#heardAt >= QUIET) await this.#probe(over);
    }
  }

  async #renewToken(over: AbortSignal): Promise<void> {
    const token = await this.#options.tokens.current().catch(() => this.#token);
    if (over.aborted || token === this.#token || token === undefined) return;
    this.#token = token;
    this.#wire?.send({ type: "auth", token });
  }

  async #probe(over: AbortSignal): Promise<void> {
    const wire = this.#wire;
    const heard = this.#heard;
    if (!wire) return;
    wire.send({ type: "ping" });
    await this.#options.timing.sleep(wire.answersWithin, over).catch(() => {});
    if (!over.aborted && this.#heard === heard && this.#wire === wire) this.#giveUp();
  }

  #giveUp(): void {
    const life = this.#life;
    if (!life) return;
    // A new life ends the watch of the old wire.
    life.abort();
    this.#life = new AbortController();
    void this.#retryLater(this.#life.signal);
  }

  /** The network came back, or the page did: look at once. Going offline is only a hint, so it is checked. */
  readonly #onPage = (): void => {
    this.#pause?.abort();
    if (this.#state === "open" && this.#life) void this.#probe(this.#life.signal);
  };

  #become(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#handlers.onState(state);
  }
}
