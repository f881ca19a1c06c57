import type { RunState } from "@b24kit/client/contract";

/**
 * What happens to a run. `claim`: a process takes it (also over from a dead one); `hold`: a limit of the portal stops
 * it for a while; `resume`: the limit let go; `release`: its process ends in good order.
 */
export type RunEvent = "claim" | "hold" | "resume" | "release" | "finish" | "fail" | "cancel";

/** The state after an event; null where the event does not apply. Total: a forgotten pair does not compile. */
export const TRANSITIONS: Record<RunState, Record<RunEvent, RunState | null>> = {
  queued: {
    claim: "running",
    hold: null,
    resume: null,
    release: null,
    finish: null,
    fail: "failed",
    cancel: "cancelled",
  },
  running: {
    claim: "running",
    hold: "waiting",
    resume: null,
    release: "queued",
    finish: "completed",
    fail: "failed",
    cancel: "cancelled",
  },
  waiting: {
    claim: "running",
    hold: "waiting",
    resume: "running",
    release: "queued",
    finish: "completed",
    fail: "failed",
    cancel: "cancelled",
  },
  completed: { claim: null, hold: null, resume: null, release: null, finish: null, fail: null, cancel: null },
  failed: { claim: null, hold: null, resume: null, release: null, finish: null, fail: null, cancel: null },
  cancelled: { claim: null, hold: null, resume: null, release: null, finish: null, fail: null, cancel: null },
};

const states = Object.keys(TRANSITIONS) as RunState[];

/** States in which an event applies: what a guarded UPDATE compares with. */
export function statesBefore(event: RunEvent): RunState[] {
  return states.filter((state) => TRANSITIONS[state][event] !== null);
}

/** The state an event leads to; every event leads to one state only, wherever it applies. */
export function stateAfter(event: RunEvent): RunState {
  const targets = new Set(
    states.map((state) => TRANSITIONS[state][event]).filter((target) => target !== null),
  );
  const [target, another] = targets;
  if (target === undefined || another !== undefined)
    throw new Error(`"${event}" must lead to exactly one state`);
  return target;
}

/** States in which a run still has something to do. */
export const activeStates: readonly RunState[] = ["queued", "running", "waiting"];
