import type { B24Client } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import type { Table } from "@uwdata/flechette";
import type { LitElement, ReactiveController } from "lit";
import { clientContext, portalContext } from "../contexts.ts";
import { toFailure } from "../errors/failure.ts";
import type { Language } from "../locale/locale.ts";
import { LocaleController } from "../locale/locale-controller.ts";
import { readTable } from "./column.ts";
import type { QueryState } from "./query-state.ts";
import type { QueryParams } from "./read-params.ts";
import { Renewal } from "./renewal.ts";

/** What the element was given: a ready table wins over a query. */
export interface QueryInput {
  query: string | undefined;
  params: QueryParams;
  data: Table | undefined;
}

/** Redrawing for each of many small batches would cost more than it shows. */
const PARTIAL_EVERY = 250;

/**
 * Runs an element's query through the client in context and keeps its state: first batches early, cancelled when the
 * input changes or the element leaves, renewed while a sync runs, old rows kept until new ones are complete. Rows that
 * say words of a language are read anew when the reader takes another one.
 */
export class QueryController implements ReactiveController {
  state: QueryState = { kind: "idle" };

  readonly #host: LitElement;
  readonly #read: () => QueryInput;
  readonly #client: ContextConsumer<typeof clientContext, LitElement>;
  readonly #portal: ContextConsumer<typeof portalContext, LitElement>;
  readonly #locale: LocaleController;
  /** In which the rows were asked for last. */
  #language: Language | undefined;
  #key: string | undefined;
  #source: B24Client | Table | undefined;
  #abort: AbortController | undefined;
  /** Ends with the input. */
  #left = new AbortController();
  readonly #renewal = new Renewal(() => this.refresh());

  constructor(host: LitElement, read: () => QueryInput) {
    this.#host = host;
    this.#read = read;
    this.#client = new ContextConsumer(host, { context: clientContext, subscribe: true });
    this.#portal = new ContextConsumer(host, { context: portalContext, subscribe: true });
    this.#locale = new LocaleController(host);
    host.addController(this);
  }

  hostUpdate(): void {
    const { query, params, data } = this.#read();
    const key = JSON.stringify([query, params, this.#portal.value]);
    const source = data ?? this.#client.value;
    if (source === this.#source && key === this.#key) {
      if (!data && this.#speaksOtherwise()) this.refresh();
      return;
    }
    this.#source = source;
    this.#key = key;
    this.#begin(query, data);
  }

  hostDisconnected(): void {
    this.#stop();
    this.#source = undefined;
    this.#key = undefined;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /** Runs the query again now; rows on the screen stay until the new ones are complete. */
  refresh(): void {
    const { query } = this.#read();
    if (this.#client.value && query) void this.#run(this.#client.value, query);
  }

  /** Complete rows have words in them, and the reader's language is not the one in which they were asked for. */
  #speaksOtherwise(): boolean {
    if (this.state.kind !== "ready" && this.state.kind !== "stale") return false;
    return this.#language !== this.#locale.language && readTable(this.state.table).language !== undefined;
  }

  #begin(query: string | undefined, data: Table | undefined): void {
    this.#stop();
    if (data) {
      this.#set({ kind: "ready", table: data, asOf: readTable(data).asOf ?? Date.now(), refreshing: false });
      return;
    }
    const client = this.#client.value;
    if (!query) this.#set({ kind: "idle" });
    else if (!client) this.#set({ kind: "loading" });
    else {
      this.#set({ kind: "loading" });
      void this.#run(client, query);
      this.#renewal.follow(client, this.#left.signal, { portal: this.#portal.value, steps: true });
    }
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#left.abort();
    this.#left = new AbortController();
  }

  #run(client: B24Client, query: string): Promise<void> {
    this.#abort?.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#markRefreshing();
    return this.#renewal.time(() => this.#load(client, query, signal));
  }

  async #load(client: B24Client, query: string, signal: AbortSignal): Promise<void> {
    this.#language = this.#locale.language;
    const params = { language: this.#language, ...this.#read().params };
    const options = { signal, portal: this.#portal.value, onBatch: this.#showPartial(signal) };
    try {
      const table = await client.queries.run(query, params, options);
      if (signal.aborted) return;
      this.#set({ kind: "ready", table, asOf: readTable(table).asOf ?? Date.now(), refreshing: false });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const failure = toFailure(error);
    const state = this.state;
    if (state.kind !== "ready" && state.kind !== "stale") this.#set({ kind: "failed", failure });
    else this.#set({ kind: "stale", table: state.table, asOf: state.asOf, failure, refreshing: false });
  }

  #markRefreshing(): void {
    if (this.state.kind === "ready" || this.state.kind === "stale")
      this.#set({ ...this.state, refreshing: true });
    else this.#set({ kind: "loading" });
  }

  /** Shows the first batch at once and later ones now and then, but never in place of complete rows. */
  #showPartial(signal: AbortSignal): (soFar: Table) => void {
    let shownAt = Number.NEGATIVE_INFINITY;
    return (soFar) => {
      if (signal.aborted || this.state.kind === "ready" || this.state.kind === "stale") return;
      if (soFar.numRows === 0 || performance.now() - shownAt < PARTIAL_EVERY) return;
      shownAt = performance.now();
      this.#set({ kind: "partial", table: soFar });
    };
  }

  #set(state: QueryState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
