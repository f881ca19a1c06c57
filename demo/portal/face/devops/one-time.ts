import { randomBytes } from "node:crypto";

/** A secret with the name under which a person copies it. */
export interface Secret {
  name: string;
  value: string;
}

const MOST = 100;

/** Secrets that the next page shows once; nothing of them is in the page's address or stays after it. */
export class OneTime {
  readonly #kept = new Map<string, { userId: number; secrets: readonly Secret[] }>();

  /** Answers the key under which the page asks for them. */
  keep(userId: number, secrets: readonly Secret[]): string {
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= MOST) this.#kept.delete(oldest);
    const key = randomBytes(12).toString("hex");
    this.#kept.set(key, { userId, secrets });
    return key;
  }

  /** Empty where they were shown already, or belong to someone else. */
  take(userId: number, key: string | undefined): readonly Secret[] {
    const kept = key === undefined ? undefined : this.#kept.get(key);
    if (!key || kept?.userId !== userId) return [];
    this.#kept.delete(key);
    return kept.secrets;
  }
}
