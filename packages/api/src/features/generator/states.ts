import type { GeneratorState } from "@b24kit/client/contract";

/**
 * What happens to a run. `claim`: a process takes it, also over from a dead one; `release`: its process ends in good
 * order; `hold` and `return`: its tab goes and comes back; `stop`: no batch may start any more; `settle`: what was
 * under way is known; `resume`: a person lets it go on; `undo` and `clear`: its records are to be, and are, deleted.
 */
export type RunEvent =
  | "claim"
  | "release"
  | "hold"
  | "return"
  | "stop"
  | "settle"
  | "finish"
  | "fail"
  | "resume"
  | "undo"
  | "clear";

const nothing: Readonly<Record<RunEvent, null>> = {
  claim: null,
  release: null,
  hold: null,
  return: null,
  stop: null,
  settle: null,
  finish: null,
  fail: null,
  resume: null,
  undo: null,
  clear: null,
};

/** The state after an event; null where the event does not apply. Total: a forgotten state does not compile. */
export const TRANSITIONS: Readonly<
  Record<GeneratorState, Readonly<Record<RunEvent, GeneratorState | null>>>
> = {
  queued: { ...nothing, claim: "running", hold: "held", stop: "stopping", fail: "failed" },
  running: {
    ...nothing,
    claim: "running",
    release: "queued",
    hold: "held",
    stop: "stopping",
    finish: "completed",
    fail: "failed",
  },
  held: { ...nothing, return: "queued", stop: "stopping" },
  stopping: { ...nothing, settle: "stopped", fail: "failed" },
  completed: { ...nothing, undo: "undoing" },
  stopped: { ...nothing, resume: "queued", undo: "undoing" },
  failed: { ...nothing, resume: "queued", undo: "undoing" },
  undoing: { ...nothing, clear: "undone", fail: "failed" },
  undone: { ...nothing, undo: "undoing" },
};

const states = Object.keys(TRANSITIONS) as GeneratorState[];

/** States in which an event applies: what a guarded UPDATE compares with. */
export function statesBefore(event: RunEvent): GeneratorState[] {
  return states.filter((state) => TRANSITIONS[state][event] !== null);
}

/** The state an event leads to; every event leads to one state only, wherever it applies. */
export function stateAfter(event: RunEvent): GeneratorState {
  const [target, another] = new Set(statesBefore(event).map((state) => TRANSITIONS[state][event]));
  if (!target || another) throw new Error(`"${event}" must lead to exactly one state`);
  return target;
}

/** States in which a process has something to do. */
export const workingStates: readonly GeneratorState[] = ["queued", "running", "stopping", "undoing"];

/** States in which a person may start no other run. */
export const activeStates: readonly GeneratorState[] = [...workingStates, "held"];

/** States in which the run is to make records. */
export const makingStates: readonly GeneratorState[] = ["queued", "running"];
