import { setTimeout as delay } from "node:timers/promises";

/** Where a portal takes its time from: milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** How long work takes that callers wait for; the machine's own milliseconds where it is not said. */
  sleep?(ms: number): Promise<void>;
}

export type ClockMode = "real" | "virtual";

/** A clock that can be set, stopped and moved by `POST /_emulator/clock`. */
export class PortalClock implements Clock {
  #mode: ClockMode = "real";
  #base: Clock;
  #shift = 0;
  #stopped = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(base: Clock = { now: Date.now }) {
    this.#base = base;
  }

  get mode(): ClockMode {
    return this.#mode;
  }

  now(): number {
    return this.#mode === "virtual" ? this.#stopped : this.#base.now() + this.#shift;
  }

  /** Stops ("virtual") or runs ("real") the clock from its present time; a running clock keeps what it was set to. */
  setMode(mode: ClockMode): void {
    const now = this.now();
    this.#mode = mode;
    this.set(now);
  }

  set(now: number): void {
    if (this.#mode === "virtual") this.#stopped = now;
    else this.#shift = now - this.#base.now();
    for (const listener of this.#listeners) listener();
  }

  /** Waits as long as the work of a request does. */
  sleep(ms: number): Promise<void> {
    return this.#base.sleep ? this.#base.sleep(ms) : delay(ms);
  }

  /** Calls back whenever the clock was set, stopped or started; not as it runs. */
  onTurn(listener: () => void): void {
    this.#listeners.push(listener);
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }
}
