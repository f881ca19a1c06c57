import type { Bus } from "../../platform/bus/bus.ts";
import { type CatalogueDeps, type ReadyCatalogue, readCatalogue } from "./read-catalogue.ts";

/** The topic on which sync tells that a mirror changed. */
const SYNC_TOPIC = "sync";

/** Beyond this a catalogue is read again even if nobody told that something changed. */
const FRESH_MS = 30_000;

interface Catalogues {
  get(portalId: number): Promise<ReadyCatalogue>;
  stop(): void;
}

/** Reads a portal's catalogue once for many questions: until its mirror changes, or for half a minute. */
export function keepCatalogues(
  deps: CatalogueDeps,
  bus: Pick<Bus, "subscribe">,
  now: () => number,
): Catalogues {
  const kept = new Map<number, { readonly until: number; readonly ready: Promise<ReadyCatalogue> }>();
  const unsubscribe = bus.subscribe(SYNC_TOPIC, "any", ({ portalId }) => {
    if (portalId !== null) kept.delete(portalId);
  });
  return {
    get(portalId) {
      const found = kept.get(portalId);
      if (found && found.until > now()) return found.ready;
      const ready = readCatalogue(deps, portalId);
      kept.set(portalId, { until: now() + FRESH_MS, ready });
      // A failure is told to those who wait for it, and is not kept.
      ready.catch(() => kept.get(portalId)?.ready === ready && kept.delete(portalId));
      return ready;
    },
    stop: unsubscribe,
  };
}
