import { ConnectionError } from "./errors.ts";

/** A message starts with this mark and the size of its metadata; a size of zero ends the stream. */
const MARK = 0xffffffff;
const PREFIX = 8;
/** Metadata of our own streams is a few kilobytes; more means that these bytes are no Arrow stream. */
const MOST_METADATA = 64 << 20;

/**
 * Cuts a body into encapsulated Arrow messages, each in a buffer of its own, aligned as Arrow's typed arrays need it.
 * Arrow's own readers take a body that ends between two messages for a whole one; here only the end mark is an end.
 */
export async function* readMessages(
  body: ReadableStream<Uint8Array> | null,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!body) throw invalid("the answer has no body");
  const bytes = new ByteReader(body, signal);
  try {
    for (;;) {
      const prefix = await bytes.take(PREFIX);
      const head = new DataView(prefix.buffer);
      const metadataSize = head.getInt32(4, true);
      if (head.getUint32(0, true) !== MARK || metadataSize < 0 || metadataSize > MOST_METADATA) {
        throw invalid("the answer is not an Arrow stream");
      }
      if (metadataSize === 0) {
        await bytes.finish();
        yield prefix;
        return;
      }
      const metadata = await bytes.take(metadataSize);
      const bodySize = readBodySize(metadata);
      yield join(prefix, metadata);
      if (bodySize > 0) yield await bytes.take(bodySize);
      // Arrow's reader asks for one more piece where a read ends exactly with what it holds. Without this empty one a
      // batch would show only when the one behind it has come.
      yield new Uint8Array(0);
    }
  } finally {
    await bytes.close();
  }
}

/**
 * `bodyLength` of a flatbuffer Message: field 3 of its root table, int64, absent when zero. Reading just this keeps
 * Arrow's code out of the cutting.
 */
function readBodySize(metadata: Uint8Array): number {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  try {
    const table = view.getUint32(0, true);
    const fields = table - view.getInt32(table, true);
    const hasBody = view.getUint16(fields, true) >= 12;
    const offset = hasBody ? view.getUint16(fields + 10, true) : 0;
    const size = offset === 0 ? 0 : Number(view.getBigInt64(table + offset, true));
    if (size >= 0 && Number.isSafeInteger(size)) return size;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw invalid("a message of the Arrow stream is malformed");
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

  /** The next `size` bytes, copied. @throws ConnectionError where the stream ends before */
  async take(size: number): Promise<Uint8Array<ArrayBuffer>> {
    const all = new Uint8Array(size);
    for (let filled = 0; filled < size; ) {
      if (this.#chunk.length === 0) this.#chunk = await this.#next();
      const part = this.#chunk.subarray(0, size - filled);
      all.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return all;
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

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function brokenOff(cause?: unknown): ConnectionError {
  const detail = "The rows stopped before the end of the table.";
  return new ConnectionError("api_answer_broken", detail, cause === undefined ? undefined : { cause });
}

function invalid(detail: string): ConnectionError {
  return new ConnectionError("api_answer_invalid", detail);
}
