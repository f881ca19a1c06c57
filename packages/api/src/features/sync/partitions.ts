import { PAGE_ROWS } from "../../platform/bitrix/list-width.ts";

/** How a run is read. */
export interface Reading {
  readonly readers: number;
  /** Records that one request brings, or owners whose records it brings. */
  readonly inRequest: number;
}

/** How many ids a full request gets over: a page of them with every command, or one where a command asks for an owner's. */
export const idsInRequest = (commands: number, byOwner: boolean): number =>
  byOwner ? commands : commands * PAGE_ROWS;

/** Requests that a partition takes at most. */
const REQUESTS_PER_PARTITION = 4;

/** Partitions of each reader: with fewer, some would have nothing left while others have whole ones before them. */
const ROUNDS = 4;

/** Ids above `lo` up to and with `hi`. */
export interface IdRange {
  readonly lo: number;
  readonly hi: number;
}

export interface Extent {
  /** Highest id of the portal; 0 where it has no record. */
  readonly highest: number;
  readonly lowest: number;
  /** Number of records, known or estimated. */
  readonly total: number;
}

/**
 * Cuts all ids up to the highest into adjoining ranges, each a whole number of full requests as far as the density
 * tells, and small enough that every reader gets some. Without holes a range is met exactly.
 */
export function cutRanges({ lowest, highest, total }: Extent, { readers, inRequest }: Reading): IdRange[] {
  if (highest <= 0) return [];
  const span = Math.max(1, highest - lowest + 1);
  const density = Math.min(1, Math.max(total / span, 1e-6));
  const requests = Math.ceil(total / inRequest);
  const each = Math.min(REQUESTS_PER_PARTITION, Math.max(1, Math.floor(requests / (readers * ROUNDS))));
  // The first of several requests asks for the end too, which takes one of its pages.
  const pageForEnd = each > 1 && inRequest > PAGE_ROWS ? PAGE_ROWS : 0;
  // Holes are uneven: a range planned to the last row would often need a request for a handful of rows.
  const fill = density > 0.999 ? 1 : 0.96;
  const width = Math.max(1, Math.floor(((each * inRequest - pageForEnd) * fill) / density));
  const ranges: IdRange[] = [];
  for (let lo = lowest - 1; lo < highest; lo += width) ranges.push({ lo, hi: Math.min(lo + width, highest) });
  // The first range starts at zero, so that what the portal lost below its lowest id is missed too.
  return ranges.map((range, at) => (at === 0 ? { ...range, lo: 0 } : range));
}
