import type { ColumnBuffer } from "./column-buffer.ts";

/** Rows under construction. `fullAt` bounds the wire bytes of a batch, so that wide rows make shorter batches. */
export interface Batch {
  columns: ColumnBuffer[];
  rows: number;
  capacity: number;
  wireBytes: number;
  fullAt: number;
}

/** Batches start small, so that the first rows are drawn early, and grow, so that there are few of them. */
export const FIRST_ROWS = 2048;
const GROWTH = 4;
const FULL_AT = 8 << 20;

export function newBatch(columns: ColumnBuffer[]): Batch {
  const batch = { columns, rows: 0, capacity: 0, wireBytes: 0, fullAt: FULL_AT };
  resetBatch(batch, FIRST_ROWS);
  return batch;
}

/** Empties the batch for the next rows, up to `mostRows` of them. */
export function growBatch(batch: Batch, mostRows: number): void {
  resetBatch(batch, Math.min(mostRows, batch.capacity * GROWTH));
}

function resetBatch(batch: Batch, capacity: number): void {
  batch.rows = 0;
  batch.wireBytes = 0;
  batch.capacity = capacity;
  for (const column of batch.columns) column.reset(capacity);
}

export function isFull(batch: Batch): boolean {
  return batch.rows >= batch.capacity || batch.wireBytes >= batch.fullAt;
}
