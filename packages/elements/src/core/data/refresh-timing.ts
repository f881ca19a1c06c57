/** When a live change may lead to the next refresh. All in ms; `cost` is how long the last one took. */
export interface RefreshInput {
  now: number;
  lastFinished: number;
  cost: number;
  /** A run has ended: the final rows should show soon. */
  final: boolean;
}

const LEAST_PAUSE = 2000;
const SETTLE = 300;

/** Delay before the next refresh: a slow query is asked less often, so that live views never load a server by more than a fifth. */
export function refreshDelay({ now, lastFinished, cost, final }: RefreshInput): number {
  const pause = final ? SETTLE : Math.max(LEAST_PAUSE, cost * 4);
  return Math.max(SETTLE, lastFinished + pause - now);
}
