import type { B24Client, GeneratorChange, GeneratorRun, GeneratorStatus } from "@b24kit/client";
import type { LitElement } from "lit";
import { LiveFeed } from "../core/index.ts";
import { isActive } from "./run-state.ts";
import { tabSession } from "./tab-session.ts";

export interface GeneratorFeedHooks {
  portal(): string | undefined;
  /** A run moved to another state. Not called for the first picture. */
  onTurn(run: GeneratorRun, before: GeneratorRun | undefined): void;
}

/** Lines of the log that are kept on the page. */
const LINES = 500;

/** The person's generations as they are now, as the tab that this is. */
export class GeneratorFeed extends LiveFeed<GeneratorStatus> {
  /** This tab; empty until it has settled for a name. */
  session = "";

  readonly #hooks: GeneratorFeedHooks;

  constructor(host: LitElement, hooks: GeneratorFeedHooks) {
    super(host, { portal: () => hooks.portal(), right: "generator:run" });
    this.#hooks = hooks;
  }

  /** Takes a run's new state, from the live connection or from the answer to a request. */
  apply({ run, log }: GeneratorChange): void {
    if (!this.status) return;
    const { runs, run: shown } = this.status;
    const before = runs.find(({ id }) => id === run.id);
    const list = before ? runs.map((one) => (one === before ? run : one)) : [run, ...runs];
    const front = shown === null || shown.id === run.id || isActive(run) ? run : shown;
    const known = front.id === shown?.id ? this.status.log : [];
    const last = known.at(-1)?.id ?? 0;
    const news = front.id === run.id ? log.filter(({ id }) => id > last) : [];
    this.show({ ...this.status, runs: list, run: front, log: [...known, ...news].slice(-LINES) });
    if (run.state !== before?.state) this.#hooks.onTurn(run, before);
  }

  protected override begin(client: B24Client, signal: AbortSignal): void {
    void this.showFirst(client.generator.status({ signal, portal: this.portal }), signal);
    void this.#follow(client, signal);
  }

  async #follow(client: B24Client, signal: AbortSignal): Promise<void> {
    const { portal } = this;
    this.session = await tabSession();
    if (signal.aborted) return;
    const leave = client.realtime.subscribe(
      "generator",
      {
        onSnapshot: (status) => this.#takeSnapshot(status),
        onChange: (change) => this.apply(change),
        onState: (state) => this.takeState(state),
        onError: (error) => this.fail(error),
      },
      { portal, session: this.session },
    );
    signal.addEventListener("abort", leave, { once: true });
    this.host.requestUpdate();
  }

  #takeSnapshot(status: GeneratorStatus): void {
    const before = this.status?.run;
    this.showLive(status);
    const now = status.run;
    if (before && now && now.id === before.id && now.state !== before.state) this.#hooks.onTurn(now, before);
  }
}
