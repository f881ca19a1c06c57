/** Seconds that one request of a reader took. */
export interface Answered {
  /** Of the portal's work, for all of its pages and for one of them; null where there were too few to tell. */
  readonly portal: number;
  readonly page: number | null;
  /** Of ours: to convert and to write what came. */
  readonly own: number;
}

/** How many readers a run has just now. */
export interface Width {
  now(): number;
  answered(request: Answered): void;
  /** A request was refused or broke. */
  failed(): void;
}

/** Readers when it is known what a page takes. */
const FIRST = 4;
/** A page that takes so much longer than the quickest ones says that the portal has enough to do. */
const SLOWER = 1.6;
const BACK = 0.75;
/** The quickest page is forgotten little by little: portals have better and worse hours. */
const FORGET = 1.01;

/**
 * One reader until the first rows are in: by then it is known what a page takes. Then four, and one more with every
 * request that is answered as quickly as ever, fewer when pages get slower or requests break; never more than `most()`, nor than
 * there is waiting for the portal to fill: readers that only wait for each other hold memory for nothing.
 */
export function createWidth(most: () => number): Width {
  let wanted = 1;
  let quickest = Number.POSITIVE_INFINITY;
  let own = Number.POSITIVE_INFINITY;
  let portal = 0;
  /** Requests since the last step back: those that were under way then say nothing new. */
  let since = 0;

  function stepBack(factor: number): void {
    if (since < wanted) return;
    wanted = Math.max(1, wanted * factor);
    since = 0;
  }

  return {
    now: () =>
      Math.max(1, Math.min(Math.floor(wanted), most(), wanted === 1 ? 1 : 2 + Math.floor(portal / own))),
    answered(request) {
      since += 1;
      portal = request.portal;
      own = Math.min(own * FORGET, Math.max(request.own, 0.001));
      const { page } = request;
      if (page !== null && page > quickest * SLOWER) stepBack(BACK);
      else wanted = wanted === 1 ? FIRST : Math.min(most(), wanted + 1);
      if (page !== null) quickest = Math.min(page, quickest * FORGET);
    },
    failed() {
      since += 1;
      stepBack(1 / 2);
    },
  };
}
