import type { B24Client, ConnectionState, Right } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import type { LitElement, ReactiveController } from "lit";
import { clientContext, portalContext } from "./contexts.ts";
import { type Failure, toFailure } from "./errors/failure.ts";

/**
 * What a topic tells, as it is now. A feed asks once over HTTP for a quick first picture, then follows the topic; it begins
 * anew with another client or portal and ends when its element leaves.
 */
export abstract class LiveFeed<Status> implements ReactiveController {
  status: Status | undefined;
  failure: Failure | undefined;
  connection: ConnectionState = "closed";
  /** When the status was last known to be true, epoch ms. */
  asOf = 0;
  /** Whether the caller may start runs; assumed until the API says otherwise. */
  mayRun = true;

  protected readonly host: LitElement;
  readonly #right: Right;
  readonly #ownPortal: () => string | undefined;
  readonly #clients: ContextConsumer<typeof clientContext, LitElement>;
  readonly #portals: ContextConsumer<typeof portalContext, LitElement>;
  #source: B24Client | undefined;
  #portal: string | undefined;
  #abort: AbortController | undefined;
  #live = false;

  /** `portal`: the one that the element itself names; the provider's where it names none. `right`: what runs want. */
  constructor(host: LitElement, { portal, right }: { portal: () => string | undefined; right: Right }) {
    this.host = host;
    this.#right = right;
    this.#ownPortal = portal;
    this.#clients = new ContextConsumer(host, { context: clientContext, subscribe: true });
    this.#portals = new ContextConsumer(host, { context: portalContext, subscribe: true });
    host.addController(this);
  }

  get client(): B24Client | undefined {
    return this.#clients.value;
  }

  get portal(): string | undefined {
    return this.#ownPortal() ?? this.#portals.value;
  }

  /** Ends with the client and portal in use; undefined where there is none. */
  protected get signal(): AbortSignal | undefined {
    return this.#abort?.signal;
  }

  /** Asks for the first picture and follows the topic until the signal ends. */
  protected abstract begin(client: B24Client, signal: AbortSignal): void;

  /** Shows what HTTP answers, unless the topic was quicker. */
  protected async showFirst(asked: Promise<Status>, signal: AbortSignal): Promise<void> {
    try {
      const status = await asked;
      if (!this.#live && !signal.aborted) this.show(status);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** Shows the topic's own picture: from now on it is the newer one. */
  protected showLive(status: Status): void {
    this.#live = true;
    this.show(status);
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#abort?.abort();
    this.#source = undefined;
  }

  hostUpdate(): void {
    if (this.client === this.#source && this.portal === this.#portal) return;
    this.#source = this.client;
    this.#portal = this.portal;
    this.status = undefined;
    this.mayRun = true;
    this.retry();
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#abort?.abort();
    this.#abort = new AbortController();
    this.#live = false;
    this.failure = undefined;
    if (this.client) {
      const { signal } = this.#abort;
      this.begin(this.client, signal);
      void this.#askRights(this.client, signal);
    }
    this.host.requestUpdate();
  }

  async #askRights(client: B24Client, signal: AbortSignal): Promise<void> {
    try {
      const { rights } = await client.whoami({ signal });
      this.mayRun = rights.includes(this.#right) || rights.includes("admin");
      this.host.requestUpdate();
    } catch {
      // The status's own failure says it better.
    }
  }

  protected takeState(state: ConnectionState): void {
    if (this.connection === "open" && state !== "open") this.asOf = Date.now();
    this.connection = state;
    this.host.requestUpdate();
  }

  protected show(status: Status): void {
    this.status = status;
    this.failure = undefined;
    this.asOf = Date.now();
    this.host.requestUpdate();
  }

  protected fail(error: unknown): void {
    this.failure = toFailure(error);
    this.host.requestUpdate();
  }
}
