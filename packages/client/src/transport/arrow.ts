import type { Table } from "@uwdata/flechette";
import { type ArrowMessage, invalidStream, readMessages } from "./arrow-messages.ts";

export interface ReadTableOptions {
  /** Called with the rows so far: with the first batch, then whenever there are twice as many. */
  onBatch?: ((soFar: Table) => void) | undefined;
  /** Stops reading; the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

let decoder: Promise<typeof import("./decode.ts")> | undefined;

/** Kept, since some module loaders are slow to answer again; asked again where the network failed. */
function loadDecoder(): Promise<typeof import("./decode.ts")> {
  decoder ??= import("./decode.ts").catch((error: unknown) => {
    decoder = undefined;
    throw error;
  });
  return decoder;
}

/** Has the decoder's code come while the API thinks; `readTable` awaits it. */
export function expectTable(): void {
  void loadDecoder().catch(() => {});
}

/** Messages of a stream, in the order in which they are decoded. */
class Messages {
  /** The schema and the dictionaries: in front of every batch. */
  readonly #front: Uint8Array[] = [];
  readonly #rest: Uint8Array[] = [];
  #replaced = false;

  /**
   * A dictionary that only grows, as the API's do, is given whole before the first batch: so all batches share it, and
   * each text is decoded once instead of once a batch. One that is given anew holds for the batches behind it only.
   */
  add({ bytes, kind }: ArrowMessage): void {
    if (kind === "dictionary" && this.#rest.length > 0) this.#replaced = true;
    (kind === "batch" || this.#replaced ? this.#rest : this.#front).push(bytes);
  }

  decode(tableFromIPC: (messages: Uint8Array[]) => Table): Table {
    try {
      return tableFromIPC([...this.#front, ...this.#rest]);
    } catch (cause) {
      throw invalidStream("the Arrow stream is malformed", cause);
    }
  }
}

/**
 * Reads an Arrow stream, batch by batch. The decoder is loaded with the first call.
 * @throws ConnectionError `api_answer_broken` where the stream breaks off (a short table is never returned),
 *   `api_answer_invalid` where it is no Arrow stream
 */
export async function readTable(response: Response, options: ReadTableOptions = {}): Promise<Table> {
  const { onBatch, signal } = options;
  signal?.throwIfAborted();
  const { tableFromIPC } = await loadDecoder();
  const messages = new Messages();
  let rows = 0;
  let shown = 0;
  for await (const message of readMessages(response.body, signal)) {
    messages.add(message);
    rows += message.rows;
    // Twice as many each time, so that all the decoding in between costs no more than the last one.
    if (!onBatch || message.rows === 0 || rows < 2 * shown) continue;
    shown = rows;
    onBatch(messages.decode(tableFromIPC));
  }
  return messages.decode(tableFromIPC);
}
