import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  activeStates,
  type RunEvent,
  stateAfter,
  statesBefore,
  TRANSITIONS,
  workingStates,
} from "./states.ts";

const events = Object.keys(TRANSITIONS.queued) as RunEvent[];

describe("states of a run", () => {
  it("lead from every event to exactly one state", () => {
    for (const event of events) assert.ok(stateAfter(event), event);
  });

  it("end for good", () => {
    for (const state of ["completed", "failed", "cancelled"] as const) {
      for (const event of events) assert.equal(TRANSITIONS[state][event], null, `${state} ${event}`);
    }
  });

  it("can be claimed and paused while a run is worked on, cancelled until it has ended", () => {
    assert.deepEqual(statesBefore("claim"), workingStates);
    assert.deepEqual(statesBefore("pause"), workingStates);
    assert.deepEqual(statesBefore("cancel"), activeStates);
  });

  it("leave a pause only by a person", () => {
    const ways = events.filter((event) => TRANSITIONS.paused[event] !== null);
    assert.deepEqual(ways, ["unpause", "cancel"]);
  });

  it("complete only what is worked on", () => {
    assert.deepEqual(statesBefore("finish"), ["running", "waiting"]);
    assert.equal(TRANSITIONS.queued.finish, null);
  });
});
