/** Rows of one page, fixed by the portal. */
export const PAGE_ROWS = 50;

const TARGET_SECONDS = 25;
/** With nothing known about the method, a request that even slow pages finish in time. */
export const FIRST_WIDTH = 12;
const SMOOTHING = 0.3;

/** Smoothed seconds of a page; a sudden rise counts at once, a fall slowly. */
export const smooth = (known: number | undefined, seconds: number): number =>
  known === undefined || seconds > known ? seconds : known + SMOOTHING * (seconds - known);

export interface WidthKnowledge {
  max: number;
  /** Upper bound after failures; it doubles with every good request. */
  cap: number;
  pageSeconds: number | undefined;
  /** Rows that are likely left; null while unknown. */
  remaining: number | null;
  /** Ids up to the upper bound, none of which need exist; null without a bound. */
  span: number | null;
}

/** How many pages the next request asks for: what fits the time, and what is likely there. */
export function pagesToAsk({ max, cap, pageSeconds, remaining, span }: WidthKnowledge): number {
  const byTime =
    pageSeconds === undefined ? FIRST_WIDTH : Math.floor(TARGET_SECONDS / Math.max(pageSeconds, 1e-6));
  // One page more than expected: a full last page would need another request to see the end.
  const byRest = remaining === null ? max : Math.ceil((remaining * 1.1) / PAGE_ROWS) + 1;
  const bySpan = span === null ? max : Math.ceil(span / PAGE_ROWS);
  return Math.max(1, Math.min(max, cap, byTime, byRest, bySpan));
}
