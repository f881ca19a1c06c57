import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** One thing that happened to a portal. Replaying all of them in order gives its state back. */
export interface Change {
  kind: string;
}

type Apply = (change: never) => void;

/**
 * An append-only file of changes, one JSON object in a line. A change is applied, then handed to the operating system
 * before anyone hears of it: `kill -9` loses nothing that was answered. A torn last line is cut off at the next start.
 */
export class Journal {
  readonly #path: string | null;
  readonly #kinds = new Map<string, Apply[]>();
  #file = -1;

  /** @param path null keeps nothing. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /** Says how a kind of change is applied, now and at replay. Several rooms may heed one kind. */
  on<T extends Change>(kind: T["kind"], apply: (change: T) => void): void {
    this.#kinds.set(kind, [...(this.#kinds.get(kind) ?? []), apply as Apply]);
  }

  /** Reads back what was kept. False when there was nothing. */
  replay(): boolean {
    if (!this.#path) return false;
    mkdirSync(dirname(this.#path), { recursive: true });
    const kept = existsSync(this.#path) ? readFileSync(this.#path) : Buffer.alloc(0);
    const whole = kept.lastIndexOf(0x0a) + 1;
    const lines = kept.subarray(0, whole).toString("utf8").split("\n").slice(0, -1);
    for (const line of lines) this.#apply(JSON.parse(line) as Change);
    this.#file = openSync(this.#path, "a");
    if (whole < kept.length) ftruncateSync(this.#file, whole);
    return lines.length > 0;
  }

  commit<T extends Change>(change: T): void {
    this.#apply(change);
    if (this.#file >= 0) writeSync(this.#file, `${JSON.stringify(change)}\n`);
  }

  /** Forgets all that happened and starts over from these changes. */
  restart(changes: readonly Change[]): void {
    for (const change of changes) this.#apply(change);
    if (!this.#path) return;
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, changes.map((change) => `${JSON.stringify(change)}\n`).join(""));
    this.close();
    renameSync(fresh, this.#path);
    this.#file = openSync(this.#path, "a");
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #apply(change: Change): void {
    const heeding = this.#kinds.get(change.kind);
    if (!heeding) throw new Error(`The portal's journal holds a change of an unknown kind: ${change.kind}`);
    for (const apply of heeding) apply(change as never);
  }
}
