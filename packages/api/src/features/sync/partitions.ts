/** Rows of a page. The first request of a list spends one of its pages on finding the end. */
const PAGE_ROWS = 50;

/** How a run is read. */
export interface Reading {
  readonly readers: number;
  /** Pages in a request: 50, where requests are full. */
  readonly pages: number;
}

/** Requests that a partition takes at most: about 10,000 rows are read again after a crash at the very worst. */
const REQUESTS_PER_PARTITION = 4;

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
export function cutRanges({ lowest, highest, total }: Extent, { readers, pages }: Reading): IdRange[] {
  if (highest <= 0) return [];
  const rowsPerRequest = pages * PAGE_ROWS;
  const pageForEnd = pages > 1 ? PAGE_ROWS : 0;
  const span = Math.max(1, highest - lowest + 1);
  const density = Math.min(1, Math.max(total / span, 1e-6));
  const requests = Math.ceil(total / (rowsPerRequest - pageForEnd));
  const each = Math.min(REQUESTS_PER_PARTITION, Math.max(1, Math.floor(requests / readers)));
  // Holes are uneven: a range planned to the last row would often need a request for a handful of rows.
  const fill = density > 0.999 ? 1 : 0.96;
  const width = Math.max(1, Math.floor(((each * rowsPerRequest - pageForEnd) * fill) / density));
  const ranges: IdRange[] = [];
  for (let lo = lowest - 1; lo < highest; lo += width) ranges.push({ lo, hi: Math.min(lo + width, highest) });
  // The first range starts at zero, so that what the portal lost below its lowest id is missed too.
  return ranges.map((range, at) => (at === 0 ? { ...range, lo: 0 } : range));
}
