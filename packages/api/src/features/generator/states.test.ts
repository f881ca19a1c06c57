import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GeneratorState } from "@b24kit/client/contract";
import {
  activeStates,
  type RunEvent,
  stateAfter,
  statesBefore,
  TRANSITIONS,
  workingStates,
} from "./states.ts";

const events = Object.keys(TRANSITIONS.queued) as RunEvent[];

describe("states of a generation", () => {
  it("know every state of the contract, and lead to one state an event", () => {
    assert.deepEqual(Object.keys(TRANSITIONS).sort(), [...GeneratorState.options].sort());
    for (const event of events) assert.ok(statesBefore(event).length > 0 && stateAfter(event), event);
  });

  it("can be left by a person or a process, whichever they are", () => {
    const reached = new Set<string>(["queued"]);
    for (const row of Object.values(TRANSITIONS))
      for (const to of Object.values(row)) if (to) reached.add(to);
    assert.deepEqual([...reached].sort(), [...GeneratorState.options].sort());
    for (const state of GeneratorState.options)
      assert.ok(Object.values(TRANSITIONS[state]).some(Boolean), `${state} is a dead end`);
  });

  it("never let a run that was deleted go on", () => {
    assert.equal(TRANSITIONS.undone.resume, null);
    assert.deepEqual(
      activeStates.filter((state) => !workingStates.includes(state)),
      ["held"],
    );
  });
});
