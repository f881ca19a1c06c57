import type { B24Client, ConnectionState, EntityStatus, SyncRun, SyncStatus } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import type { LitElement, ReactiveController } from "lit";
import { clientContext, type Failure, portalContext, toFailure } from "../core/index.ts";

export interface SyncFeedHooks {
  /** The portal that the element itself names; the provider's where it names none. */
  portal(): string | undefined;
  /** An entity's run moved from one state to another, or a new run appeared. Not called for the first picture. */
  onTurn(status: EntityStatus, before: SyncRun | null): void;
}

/** State of the sync as it is now: asked once over HTTP for a quick first picture, then live. */
export class SyncFeed implements ReactiveController {
  status: SyncStatus | undefined;
  failure: Failure | undefined;
  connection: ConnectionState = "closed";
  /** When the status was last known to be true, epoch ms. */
  asOf = 0;
  /** Whether the caller may start runs; assumed until the API says otherwise. */
  mayRun = true;

  readonly #host: LitElement;
  readonly #hooks: SyncFeedHooks;
  readonly #clients: ContextConsumer<typeof clientContext, LitElement>;
  readonly #portals: ContextConsumer<typeof portalContext, LitElement>;
  #source: B24Client | undefined;
  #portal: string | undefined;
  #abort: AbortController | undefined;
  #live = false;

  constructor(host: LitElement, hooks: SyncFeedHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#clients = new ContextConsumer(host, { context: clientContext, subscribe: true });
    this.#portals = new ContextConsumer(host, { context: portalContext, subscribe: true });
    host.addController(this);
  }

  get client(): B24Client | undefined {
    return this.#clients.value;
  }

  get portal(): string | undefined {
    return this.#hooks.portal() ?? this.#portals.value;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop();
    this.#source = undefined;
  }

  hostUpdate(): void {
    if (this.client === this.#source && this.portal === this.#portal) return;
    this.#source = this.client;
    this.#portal = this.portal;
    this.#stop();
    this.status = undefined;
    this.failure = undefined;
    this.mayRun = true;
    if (this.client) this.#begin(this.client);
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#stop();
    this.failure = undefined;
    if (this.client) this.#begin(this.client);
    this.#host.requestUpdate();
  }

  /** Takes an entity's new state, from the live connection or from the answer to a request. */
  apply(change: EntityStatus): void {
    if (!this.status) return;
    const before = this.status.entities.find(({ entity }) => entity === change.entity);
    const entities = before
      ? this.status.entities.map((status) => (status === before ? change : status))
      : [...this.status.entities, change];
    this.#show({ ...this.status, entities });
    if (before) this.#notice(change, before.run);
  }

  #begin(client: B24Client): void {
    const abort = new AbortController();
    this.#abort = abort;
    this.#live = false;
    const { signal } = abort;
    const portal = this.portal;
    const leave = client.realtime.subscribe(
      "sync",
      {
        onSnapshot: (status) => this.#takeSnapshot(status),
        onChange: (change) => this.apply(change),
        onState: (state) => this.#takeState(state),
        onError: (error) => this.#fail(error),
      },
      { portal },
    );
    signal.addEventListener("abort", leave, { once: true });
    client.sync.status({ signal, portal }).then(
      (status) => this.#live || signal.aborted || this.#show(status),
      (error) => signal.aborted || this.#fail(error),
    );
    client.whoami({ signal }).then(
      ({ rights }) => {
        this.mayRun = rights.includes("sync:run") || rights.includes("admin");
        this.#host.requestUpdate();
      },
      () => {}, // the status's own failure says it better
    );
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #takeSnapshot(status: SyncStatus): void {
    const before = this.#live || this.status ? this.status : undefined;
    this.#live = true;
    this.#show(status);
    for (const now of status.entities) {
      const earlier = before?.entities.find(({ entity }) => entity === now.entity);
      if (earlier) this.#notice(now, earlier.run);
    }
  }

  #takeState(state: ConnectionState): void {
    if (this.connection === "open" && state !== "open") this.asOf = Date.now();
    this.connection = state;
    this.#host.requestUpdate();
  }

  #notice(now: EntityStatus, before: SyncRun | null): void {
    if (now.run && (now.run.id !== before?.id || now.run.state !== before.state))
      this.#hooks.onTurn(now, before);
  }

  #show(status: SyncStatus): void {
    this.status = status;
    this.failure = undefined;
    this.asOf = Date.now();
    this.#host.requestUpdate();
  }

  #fail(error: unknown): void {
    this.failure = toFailure(error);
    this.#host.requestUpdate();
  }
}
