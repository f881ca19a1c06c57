import { randomInt } from "node:crypto";

/** Past these, known values are forgotten: they may get a second code, but the server's memory stays bounded. */
const MOST_VALUES = 1 << 17;
const MOST_BYTES = 8 << 20;

/** Where hashes start: unknown to whoever writes the data, so that nobody can prepare values that collide. */
const seed = randomInt(2 ** 31);

/** New dictionary values since the last batch, as Arrow wants them. */
export interface DictionaryDelta {
  readonly length: number;
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

/**
 * Text values numbered in the order of their first appearance. Works on UTF-8 bytes: no string is ever made.
 * Codes are never reused, so a dictionary that was sent stays true and grows by deltas.
 */
export class TextDictionary {
  private bytes: Uint8Array = new Uint8Array(4096);
  private offsets = new Int32Array(257);
  private hashes = new Int32Array(256);
  /** Open addressing: 0 is free, else index + 1. At least twice as large as the number of values. */
  private slots = new Int32Array(512);
  private count = 0;
  private forgotten = 0;
  private sent = 0;

  /** Number of values met so far. */
  get size(): number {
    return this.forgotten + this.count;
  }

  /** Code of the text in `source[from, from + length)`. */
  codeOf(source: Uint8Array, from: number, length: number): number {
    const end = from + length;
    let hash = seed ^ length;
    for (let i = from; i < end; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.hashes[entry - 1] === hash && this.holds(entry - 1, source, from, length)) {
        return this.forgotten + entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    return this.add(slot, hash, source, from, length);
  }

  /** Values that came since the last call; their bytes are only valid until the next value is added. */
  takeDelta(): DictionaryDelta {
    const offsets = this.offsets.slice(this.sent, this.count + 1);
    const delta = { length: this.count - this.sent, offsets, bytes: this.bytes };
    this.sent = this.count;
    if (this.count > MOST_VALUES || this.offsets[this.count]! > MOST_BYTES) this.forget();
    return delta;
  }

  /** Copies a value's bytes into `target` at `at`; answers how many. */
  copyValue(code: number, target: Uint8Array, at: number): number {
    const index = code - this.forgotten;
    const from = this.offsets[index]!;
    const to = this.offsets[index + 1]!;
    target.set(this.bytes.subarray(from, to), at);
    return to - from;
  }

  /** Length in bytes of a value. */
  lengthOf(code: number): number {
    const index = code - this.forgotten;
    return this.offsets[index + 1]! - this.offsets[index]!;
  }

  private holds(index: number, source: Uint8Array, from: number, length: number): boolean {
    const start = this.offsets[index]!;
    if (this.offsets[index + 1]! - start !== length) return false;
    const bytes = this.bytes;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== source[from + i]) return false;
    return true;
  }

  private add(slot: number, hash: number, source: Uint8Array, from: number, length: number): number {
    const index = this.count;
    const start = this.offsets[index]!;
    if (start + length > this.bytes.length) this.bytes = grown(this.bytes, start + length);
    this.bytes.set(source.subarray(from, from + length), start);
    this.slots[slot] = index + 1;
    this.hashes[index] = hash;
    this.offsets[index + 1] = start + length;
    this.count = index + 1;
    if (this.count === this.hashes.length) this.widen();
    return this.forgotten + index;
  }

  private widen(): void {
    const capacity = this.hashes.length * 2;
    const hashes = new Int32Array(capacity);
    hashes.set(this.hashes);
    const offsets = new Int32Array(capacity + 1);
    offsets.set(this.offsets);
    const slots = new Int32Array(capacity * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = hashes[index]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.hashes = hashes;
    this.offsets = offsets;
    this.slots = slots;
  }

  private forget(): void {
    this.forgotten += this.count;
    this.count = 0;
    this.sent = 0;
    this.slots.fill(0);
  }
}

/** A copy with room for at least `size` bytes. */
export function grown(bytes: Uint8Array, size: number): Uint8Array {
  const next = new Uint8Array(Math.max(size, bytes.length * 2));
  next.set(bytes);
  return next;
}
