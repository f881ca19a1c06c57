import { withClaim } from "../../platform/jobs/claim.ts";
import { coalesced } from "../../platform/jobs/coalesced.ts";
import { every } from "../../platform/jobs/every.ts";
import type { SyncDeps } from "./deps.ts";
import { refetchTouched } from "./refetch-touched.ts";
import { selectTouchedPortals } from "./store/touched.ts";
import { takeEvents } from "./take-events.ts";

/** The part of a process that follows what portals tell. */
export interface Follower {
  stop(): Promise<void>;
}

/** Events wake us; a wake may be lost. */
const LOOK_EVERY_MS = 5_000;

/** Requests for events of one portal begin so far apart: what comes meanwhile is read together. */
const PACE_MS = 1_000;

/** In a storm, how many times as long as a round's own work we leave the process to those who bring the events. */
const LEAVE = 4;

/** Follows events until `stop`. `onFields`: fields of an entity may have changed, somebody should look. */
export function followEvents(deps: SyncDeps, onFields: () => void): Follower {
  const stopping = new AbortController();

  async function look(): Promise<void> {
    const taken = await takeEvents(deps, deps.events);
    if (taken.fields) onFields();
    const resting = await deps.portals.waiting();
    for (const portalId of await selectTouchedPortals(deps.db.pool))
      if (!resting.has(portalId)) reading.ask(portalId);
  }

  // Asked for once more, not passed over, where the work under way has seen that nothing was left and is about to end.
  const reading = coalesced(async (portalId: number) => {
    try {
      await withClaim(deps.db, `sync.refetch:${portalId}`, async (claim) => {
        const signal = AbortSignal.any([stopping.signal, claim.signal]);
        for (;;) {
          const { taken, ownMs } = await refetchTouched(deps, portalId, claim, signal);
          if (taken === 0) return;
          await deps.clock.sleep(Math.max(PACE_MS, LEAVE * ownMs), signal);
        }
      });
    } catch (err) {
      if (!stopping.signal.aborted)
        deps.log.warn({ err, portalId }, "records that a portal told of could not be read; they are kept");
    }
  });

  const loop = every(LOOK_EVERY_MS, look, { log: deps.log, name: "sync.events" });

  const unsubscribe = deps.events.onArrival(loop.wake);
  return {
    async stop() {
      unsubscribe();
      stopping.abort(new Error("the process stops"));
      await loop.stop();
      await reading.stop();
    },
  };
}
