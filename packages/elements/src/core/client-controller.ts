import type { B24Client } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import type { LitElement, ReactiveController } from "lit";
import { clientContext } from "./contexts.ts";

/**
 * The provider's client, and a call to `onClient` whenever there is another one: on the first, after the provider has
 * signed in somebody else. The signal ends when the client does, or the element leaves.
 */
export class ClientController implements ReactiveController {
  readonly #host: LitElement;
  readonly #clients: ContextConsumer<typeof clientContext, LitElement>;
  readonly #onClient: (client: B24Client, signal: AbortSignal) => void;
  #source: B24Client | undefined;
  #abort = new AbortController();

  constructor(host: LitElement, onClient: (client: B24Client, signal: AbortSignal) => void) {
    this.#host = host;
    this.#onClient = onClient;
    this.#clients = new ContextConsumer(host, { context: clientContext, subscribe: true });
    host.addController(this);
  }

  get current(): B24Client | undefined {
    return this.#clients.value;
  }

  /** Ends with the client in use. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#abort.abort();
    this.#source = undefined;
  }

  hostUpdate(): void {
    if (this.current === this.#source) return;
    this.#source = this.current;
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.current) this.#onClient(this.current, this.#abort.signal);
  }
}
