import { ConnectionError } from "./errors.ts";

/** A message starts with this mark and the size of its metadata; a size of zero ends the stream. */
const MARK = 0xffffffff;
const PREFIX = 8;
/** Metadata of our own streams is a few kilobytes; more means that these bytes are no Arrow stream. */
const MOST_METADATA = 64 << 20;

/** One message with its body, as the decoder takes it. */
export interface ArrowMessage {
  bytes: Uint8Array;
  /** `delta` adds to a dictionary that was sent before. */
  kind: "schema" | "dictionary" | "delta" | "batch" | "other";
  /** Rows of a batch. */
  rows: number;
}

/**
 * Cuts a body into encapsulated Arrow messages, each in a buffer of its own, aligned as Arrow's typed arrays need it.
 * Arrow's own readers take a body that ends between two messages for a whole one; here only the end mark is an end.
 */
export async function* readMessages(
  body: ReadableStream<Uint8Array> | null,
  signal?: AbortSignal,
): AsyncGenerator<ArrowMessage, void, undefined> {
  if (!body) throw invalidStream("the answer has no body");
  const source = new ByteReader(body, signal);
  try {
    for (;;) {
      const prefix = await source.fill(new Uint8Array(PREFIX));
      const head = new DataView(prefix.buffer);
      const metadataSize = head.getInt32(4, true);
      if (head.getUint32(0, true) !== MARK || metadataSize < 0 || metadataSize > MOST_METADATA) {
        throw invalidStream("the answer is not an Arrow stream");
      }
      if (metadataSize === 0) {
        await source.finish();
        return;
      }
      const metadata = await source.fill(new Uint8Array(metadataSize));
      const { bodySize, ...header } = readHeader(metadata);
      const bytes = new Uint8Array(PREFIX + metadataSize + bodySize);
      bytes.set(prefix);
      bytes.set(metadata, PREFIX);
      await source.fill(bytes.subarray(PREFIX + metadataSize));
      yield { bytes, ...header };
    }
  } finally {
    await source.close();
  }
}

const KINDS: Record<number, ArrowMessage["kind"]> = { 1: "schema", 2: "dictionary", 3: "batch" };

/**
 * What has to be known of a message before it is decoded: where it ends, and what it is. Reading just this of the
 * flatbuffer (Message: header type, header, body length; RecordBatch: length; DictionaryBatch: id, data, isDelta)
 * keeps Arrow's code out of the cutting.
 */
function readHeader(metadata: Uint8Array): Omit<ArrowMessage, "bytes"> & { bodySize: number } {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  /** Where a field of a table stands; undefined where it is absent, and so has its default. */
  const fieldAt = (table: number, field: number): number | undefined => {
    const slots = table - view.getInt32(table, true);
    const slot = 4 + 2 * field;
    const offset = slot < view.getUint16(slots, true) ? view.getUint16(slots + slot, true) : 0;
    return offset === 0 ? undefined : table + offset;
  };
  const sizeAt = (at: number | undefined) => (at === undefined ? 0 : Number(view.getBigInt64(at, true)));
  try {
    const message = view.getUint32(0, true);
    const typeAt = fieldAt(message, 1);
    const headerAt = fieldAt(message, 2);
    const bodySize = sizeAt(fieldAt(message, 3));
    if (bodySize < 0 || !Number.isSafeInteger(bodySize)) throw new RangeError("no size");
    const kind = (typeAt && KINDS[view.getUint8(typeAt)]) || "other";
    const header = headerAt === undefined ? 0 : headerAt + view.getUint32(headerAt, true);
    const rows = kind === "batch" ? sizeAt(fieldAt(header, 0)) : 0;
    const deltaAt = kind === "dictionary" ? fieldAt(header, 2) : undefined;
    const isDelta = deltaAt !== undefined && view.getUint8(deltaAt) !== 0;
    return { bodySize, rows, kind: isDelta ? "delta" : kind };
  } catch (cause) {
    if (cause instanceof RangeError) throw invalidStream("a message of the Arrow stream is malformed", cause);
    throw cause;
  }
}

/** Takes exact amounts of bytes off a stream. */
class ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  #chunk = new Uint8Array(0);
  #stop: (() => void) | undefined;

  constructor(body: ReadableStream<Uint8Array>, signal: AbortSignal | undefined) {
    this.#reader = body.getReader();
    this.#signal = signal;
    if (!signal) return;
    this.#stop = () => void this.#reader.cancel(signal.reason).catch(() => {});
    signal.addEventListener("abort", this.#stop, { once: true });
  }

  /** Fills all of `target` with the next bytes. @throws ConnectionError where the stream ends before */
  async fill(target: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    for (let filled = 0; filled < target.length; ) {
      if (this.#chunk.length === 0) this.#chunk = await this.#next();
      const part = this.#chunk.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return target;
  }

  /** Waits for the body's end, which follows at once: a body that is cancelled counts as an answer broken off. */
  async finish(): Promise<void> {
    await this.#read().catch(() => {});
  }

  /** Lets go of the stream; what was not read is not wanted. */
  async close(): Promise<void> {
    if (this.#stop) this.#signal?.removeEventListener("abort", this.#stop);
    await this.#reader.cancel().catch(() => {});
  }

  async #next(): Promise<Uint8Array<ArrayBuffer>> {
    const { done, value } = await this.#read();
    this.#signal?.throwIfAborted();
    if (done) throw brokenOff();
    return value as Uint8Array<ArrayBuffer>;
  }

  async #read(): Promise<ReadableStreamReadResult<Uint8Array>> {
    try {
      return await this.#reader.read();
    } catch (cause) {
      this.#signal?.throwIfAborted();
      throw cause instanceof TypeError || isDisconnect(cause) ? brokenOff(cause) : cause;
    }
  }
}

function isDisconnect(error: unknown): boolean {
  return error instanceof Error && /terminated|reset|network/i.test(error.message);
}

function brokenOff(cause?: unknown): ConnectionError {
  const detail = "The rows stopped before the end of the table.";
  return new ConnectionError("api_answer_broken", detail, cause === undefined ? undefined : { cause });
}

/** The error of bytes that are no Arrow stream. */
export function invalidStream(detail: string, cause?: unknown): ConnectionError {
  return new ConnectionError("api_answer_invalid", detail, cause === undefined ? undefined : { cause });
}
