import type { RunState } from "@b24kit/client/contract";

/**
 * What happens to a run. `claim`: a process takes it (also over from a dead one); `hold`: a limit of the portal stops
 * it for a while; `resume`: the limit let go; `release`: its process ends in good order; `pause` and `unpause`: a person
 * holds it and lets it go on.
 */
export type RunEvent =
  | "claim"
  | "hold"
  | "resume"
  | "release"
  | "pause"
  | "unpause"
  | "finish"
  | "fail"
  | "cancel";

/** The state after an event; null where the event does not apply. Total: a forgotten pair does not compile. */
export const TRANSITIONS: Record<RunState, Record<RunEvent, RunState | null>> = {
  queued: {
    claim: "running",
    hold: null,
    resume: null,
    release: null,
    pause: "paused",
    unpause: null,
    finish: null,
    fail: "failed",
    cancel: "cancelled",
  },
  running: {
    claim: "running",
    hold: "waiting",
    resume: null,
    release: "queued",
    pause: "paused",
    unpause: null,
    finish: "completed",
    fail: "failed",
    cancel: "cancelled",
  },
  waiting: {
    claim: "running",
    hold: "waiting",
    resume: "running",
    release: "queued",
    pause: "paused",
    unpause: null,
    finish: "completed",
    fail: "failed",
    cancel: "cancelled",
  },
  paused: { ...nothing(), unpause: "queued", cancel: "cancelled" },
  completed: nothing(),
  failed: nothing(),
  cancelled: nothing(),
};

/** No event applies. */
function nothing(): Record<RunEvent, null> {
  return {
    claim: null,
    hold: null,
    resume: null,
    release: null,
    pause: null,
    unpause: null,
    finish: null,
    fail: null,
    cancel: null,
  };
}

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

/** States in which a run is worked on, or waits for somebody who does. */
export const workingStates: readonly RunState[] = ["queued", "running", "waiting"];

/** States in which a run is still to end: no second one of its entity may begin. */
export const activeStates: readonly RunState[] = [...workingStates, "paused"];
