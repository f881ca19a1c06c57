import type { RecordBatch, Table } from "apache-arrow";
import { readMessages } from "./arrow-messages.ts";

export interface ReadTableOptions {
  /** Called with the rows so far whenever a batch has come; the first comes early. */
  onBatch?: ((soFar: Table) => void) | undefined;
  /** Stops reading; the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

let arrow: Promise<typeof import("apache-arrow")> | undefined;

/** Kept, since some module loaders are slow to answer again; asked again where the network failed. */
function loadArrow(): Promise<typeof import("apache-arrow")> {
  arrow ??= import("apache-arrow").catch((error: unknown) => {
    arrow = undefined;
    throw error;
  });
  return arrow;
}

/**
 * Reads an Arrow stream, batch by batch. The Arrow code is loaded with the first call.
 * @throws ConnectionError `api_answer_broken` where the stream breaks off (a short table is never returned),
 *   `api_answer_invalid` where it is no Arrow stream
 */
export async function readTable(response: Response, options: ReadTableOptions = {}): Promise<Table> {
  const { onBatch, signal } = options;
  signal?.throwIfAborted();
  const { RecordBatchReader, Table } = await loadArrow();
  const messages = readMessages(response.body, signal);
  try {
    const reader = await RecordBatchReader.from(messages);
    await reader.open();
    const batches: RecordBatch[] = [];
    for await (const batch of reader) {
      batches.push(batch);
      if (batch.numRows > 0) onBatch?.(new Table(reader.schema, [...batches]));
    }
    return new Table(reader.schema, batches);
  } finally {
    await messages.return(undefined);
  }
}
