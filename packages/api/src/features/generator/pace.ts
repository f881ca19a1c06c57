import { STANDARD_PLAN } from "../../platform/bitrix/bucket.ts";
import type { Clock } from "../../platform/bitrix/clock.ts";

/** Batches under way that no portal is asked to bear more of. */
const MOST_LANES = 8;
/** Batches differ: with half as many again as the average asks for, the pace is kept over a slow one. */
const MARGIN = 1.5;
const SMOOTHING = 0.3;

/** How many batches have to be under way at once to use all that the portal lets through. */
export interface Pace {
  lanes(): number;
  /** A batch is sent; call the answer when everything of it is written down. */
  begin(): () => void;
}

/**
 * A portal lets two requests a second through. Where a batch takes a tenth of a second, one at a time keeps that up;
 * where it takes three seconds, six have to be under way. More would only wait, and be more to wait for at a stop.
 */
export function createPace(clock: Pick<Clock, "now">): Pace {
  let seconds: number | null = null;
  return {
    lanes: () => Math.max(1, Math.min(MOST_LANES, Math.ceil((seconds ?? 0) * STANDARD_PLAN.drain * MARGIN))),
    begin() {
      const since = clock.now();
      return () => {
        const took = (clock.now() - since) / 1000;
        seconds = seconds === null ? took : seconds + SMOOTHING * (took - seconds);
      };
    },
  };
}
