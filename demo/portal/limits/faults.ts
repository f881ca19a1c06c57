import { setMaxListeners } from "node:events";
import { RestError } from "../rest/error.ts";

export const FAULT_EFFECTS = [
  "drop",
  "delay",
  "reset",
  "html502",
  "503",
  "429",
  "wrongJson",
  "loseResponse",
  "expiredToken",
  "resultError",
] as const;
export type FaultEffect = (typeof FAULT_EFFECTS)[number];

export interface Fault {
  /** A method name, `*` standing for any text; a batch matches by its own name and by those of its commands. */
  match: string;
  effect: FaultEffect;
  /** How many requests (for resultError: calls) it still strikes. */
  times: number;
  /** How many matching ones it lets pass first. */
  after: number;
  /** Wait of `delay`, milliseconds. */
  delayMs: number;
  /** Words of `resultError`, and its HTTP status where the call stands alone. */
  error: string;
  description: string;
  status: number;
}

/** The faults that a portal was told to make, in the order in which they were given. */
export class Faults {
  #list: Fault[] = [];
  #cleared = patient();

  /** Aborted once the faults of now are cleared, which ends what waits for them. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  add(fault: Fault): void {
    this.#list.push({ ...fault });
  }

  list(): readonly Fault[] {
    return this.#list;
  }

  clear(): void {
    this.#list = [];
    this.#cleared.abort();
    this.#cleared = patient();
  }

  /** The fault that strikes this request, if any, and counts it. */
  strike(methods: readonly string[]): Fault | null {
    return this.#use(
      (fault) => fault.effect !== "resultError" && methods.some((name) => fits(fault.match, name)),
    );
  }

  /** The error that this one call is to answer with, if any. */
  take(method: string): RestError | null {
    const fault = this.#use(
      (candidate) => candidate.effect === "resultError" && fits(candidate.match, method),
    );
    return fault ? new RestError(fault.error, fault.description, fault.status) : null;
  }

  #use(matches: (fault: Fault) => boolean): Fault | null {
    for (const fault of this.#list) {
      if (!matches(fault)) continue;
      if (fault.after > 0) {
        fault.after--;
        continue;
      }
      fault.times--;
      this.#list = this.#list.filter((other) => other.times > 0);
      return fault;
    }
    return null;
  }
}

/** As many requests as like may wait for it. */
function patient(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

function fits(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${source}$`, "i").test(name);
}
