import { setTimeout as delay } from "node:timers/promises";
import { toFailure } from "../../platform/http/app-error.ts";

/** An event as it came, with the token that it shows. */
export interface GivenEvent {
  readonly memberId: string;
  /** Host of the portal, for those that are known by a webhook only. */
  readonly host: string;
  /** Hash of the token. */
  readonly token: Buffer;
  readonly key: Buffer;
  readonly event: string;
  readonly entityId: string | null;
  readonly userId: number | null;
  /** Unix time. */
  readonly ts: number | null;
  /** JSON. */
  readonly data: string;
}

/** Whose event it was; null where no portal has such a token. */
export type KeptEvent = {
  readonly portalId: number;
  readonly kind: "application" | "webhook";
} | null;

/** Keeps one event; resolves when it is safe. */
export type KeepEvent = (event: GivenEvent) => Promise<KeptEvent>;

interface Waiting {
  readonly event: GivenEvent;
  readonly resolve: (kept: KeptEvent) => void;
  readonly reject: (reason: unknown) => void;
}

/** More would make the first of them wait for the last. */
const MOST = 200;
/** Between two statements: in a storm the next one carries what comes meanwhile, and whoever comes alone waits for none. */
const REST_MS = 5;

/**
 * Events that come in one turn of the event loop, or while others are being written, are written together: in a storm a
 * statement and its commit carry many. Nobody is told that an event is kept before its statement has committed.
 */
export function createEventKeeper(
  insert: (events: readonly GivenEvent[]) => Promise<readonly KeptEvent[]>,
  rest: () => Promise<unknown> = () => delay(REST_MS),
): KeepEvent {
  const waiting: Waiting[] = [];
  let writing = false;

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const kept = await insert(batch.map(({ event }) => event));
      for (const [n, { resolve }] of batch.entries()) resolve(kept[n] ?? null);
    } catch (error) {
      // A database that cannot serve now serves none of them; asking it for each would only make the last ones wait.
      if (batch.length === 1 || toFailure(error).code !== "internal")
        for (const { reject } of batch) reject(error);
      else {
        // One that cannot be stored must not take the others along.
        const half = batch.length >> 1;
        await write(batch.slice(0, half));
        await write(batch.slice(half));
      }
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      await write(waiting.splice(0, MOST));
      await rest();
    }
    writing = false;
  }

  return (event) =>
    new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      if (writing) return;
      writing = true;
      setImmediate(() => void writeAll());
    });
}
