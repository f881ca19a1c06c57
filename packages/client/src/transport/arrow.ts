import { type RecordBatch, RecordBatchReader, Table } from "apache-arrow";

export interface ReadOptions {
  /** Called with the rows so far after every batch, the first one early. */
  onBatch?: ((soFar: Table) => void) | undefined;
}

/** Reads an Arrow stream as it arrives. */
export async function readTable(response: Response, options: ReadOptions = {}): Promise<Table> {
  const reader = await RecordBatchReader.from(response);
  await reader.open();
  const batches: RecordBatch[] = [];
  for await (const batch of reader) {
    batches.push(batch);
    options.onBatch?.(new Table(batches));
  }
  return batches.length > 0 ? new Table(batches) : new Table(reader.schema);
}
