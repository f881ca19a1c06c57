import type { B24Client, EntityStatus } from "@b24kit/client";

/** When a live change may lead to the next load. All in ms; `cost` is how long the last one took. */
export interface RefreshInput {
  now: number;
  lastFinished: number;
  cost: number;
  /** A run has ended: the final rows should show soon. */
  final: boolean;
}

const LEAST_PAUSE = 2000;
const SETTLE = 300;
const ENDED: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);

export interface Followed {
  /** The provider's where there is none. */
  portal?: string | undefined;
  /** Also while a run goes on, not only at its end. */
  steps?: boolean;
}

/** Delay before the next load: a slow one is asked less often, so that live views never load a server by more than a fifth. */
export function refreshDelay({ now, lastFinished, cost, final }: RefreshInput): number {
  const pause = final ? SETTLE : Math.max(LEAST_PAUSE, cost * 4);
  return Math.max(SETTLE, lastFinished + pause - now);
}

/**
 * Loads anew when what is shown has changed. A change never cuts a load short: what changes without pause would else
 * never be seen where loads are slow. It leads to one more load afterwards.
 */
export class Renewal {
  readonly #load: () => void;
  #loading = 0;
  #missed: "change" | "end" | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFinished = 0;
  #cost = 0;

  /** `load` is what a change leads to; it goes through `time`. */
  constructor(load: () => void) {
    this.#load = load;
  }

  /** A load is under way. */
  get busy(): boolean {
    return this.#loading > 0;
  }

  /** Runs a load, whoever asked for it, and learns from it how often it may be repeated. */
  async time(load: () => Promise<void>): Promise<void> {
    this.#clear();
    this.#loading += 1;
    const started = performance.now();
    try {
      await load();
    } finally {
      this.#loading -= 1;
      this.#lastFinished = Date.now();
      this.#cost = performance.now() - started;
      this.#catchUp();
    }
  }

  /** Loads anew when the portal's copy has changed, until the signal ends. */
  follow(client: B24Client, signal: AbortSignal, { portal, steps = false }: Followed = {}): void {
    const onChange = ({ run }: EntityStatus) => {
      const ended = run !== null && ENDED.has(run.state);
      if (ended || steps) this.changed(ended);
    };
    const leave = client.realtime.subscribe("sync", { onChange }, { portal });
    const end = () => {
      leave();
      this.stop();
    };
    signal.addEventListener("abort", end, { once: true });
  }

  /** `final`: nothing more is to come of this change. */
  changed(final: boolean): void {
    if (this.busy) {
      if (final || !this.#missed) this.#missed = final ? "end" : "change";
      return;
    }
    if (this.#timer !== undefined && !final) return;
    this.#clear();
    const past = { lastFinished: this.#lastFinished, cost: this.#cost };
    this.#timer = setTimeout(this.#load, refreshDelay({ now: Date.now(), ...past, final }));
  }

  /** Forgets what was told. */
  stop(): void {
    this.#missed = undefined;
    this.#clear();
  }

  #catchUp(): void {
    const missed = this.#missed;
    if (this.busy || !missed) return;
    this.#missed = undefined;
    this.changed(missed === "end");
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
