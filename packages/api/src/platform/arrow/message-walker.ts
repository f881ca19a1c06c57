import { MESSAGE } from "./wire.ts";

/** Takes whole DataRow messages out of a chunk; answers where it stopped. */
export type TakeRows = (chunk: Buffer, view: DataView, from: number, end: number) => number;

/** Type byte, and the message with its head. Answers whether walking goes on. */
export type TakeMessage = (type: number, message: Buffer) => boolean;

const HEAD = 5;

/**
 * Cuts the server's bytes into messages, however the network split them. Rows are read where they lie; only a message
 * that spans two chunks is copied.
 */
export class MessageWalker {
  private readonly takeRows: TakeRows;
  private readonly takeMessage: TakeMessage;
  private partial: Buffer = Buffer.allocUnsafe(8192);
  private held = 0;
  private stopped = false;

  constructor(takeRows: TakeRows, takeMessage: TakeMessage) {
    this.takeRows = takeRows;
    this.takeMessage = takeMessage;
  }

  /** Walks a chunk. Answers the bytes behind the message that ended the walk; null while the walk goes on. */
  push(chunk: Buffer): Buffer | null {
    let position = 0;
    if (this.held > 0) {
      position = this.completePartial(chunk);
      if (this.held > 0) return null;
    }
    if (!this.stopped) position = this.walk(chunk, position);
    if (this.stopped) return chunk.subarray(position);
    if (position < chunk.length) this.keep(chunk, position, chunk.length);
    return null;
  }

  private walk(chunk: Buffer, from: number): number {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    const end = chunk.length;
    let position = from;
    while (position + HEAD <= end) {
      if (chunk[position] === MESSAGE.dataRow) {
        position = this.takeRows(chunk, view, position, end);
        if (position + HEAD > end || chunk[position] === MESSAGE.dataRow) return position;
      }
      const next = position + 1 + view.getInt32(position + 1);
      if (next > end) return position;
      const goesOn = this.takeMessage(chunk[position]!, chunk.subarray(position, next));
      position = next;
      if (!goesOn) {
        this.stopped = true;
        return position;
      }
    }
    return position;
  }

  /** Fills up the message that the last chunk left unfinished, and walks it; answers how much of `chunk` it took. */
  private completePartial(chunk: Buffer): number {
    let position = 0;
    if (this.held < HEAD) {
      position = Math.min(HEAD - this.held, chunk.length);
      this.keep(chunk, 0, position);
      if (this.held < HEAD) return position;
    }
    const missing = 1 + this.partial.readInt32BE(1) - this.held;
    const taken = Math.min(missing, chunk.length - position);
    this.keep(chunk, position, position + taken);
    if (taken < missing) return position + taken;
    const whole = this.partial.subarray(0, this.held);
    this.held = 0;
    this.walk(whole, 0);
    return position + taken;
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    const size = this.held + to - from;
    if (size > this.partial.length) {
      const larger = Buffer.allocUnsafe(Math.max(size, this.partial.length * 2));
      this.partial.copy(larger, 0, 0, this.held);
      this.partial = larger;
    }
    chunk.copy(this.partial, this.held, from, to);
    this.held = size;
  }
}
