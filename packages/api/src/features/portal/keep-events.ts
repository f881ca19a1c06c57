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

/** Whose event it was, and whether it is new; null where no portal has such a token. */
export type KeptEvent = {
  readonly portalId: number;
  readonly kind: "application" | "webhook";
  readonly fresh: boolean;
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
/** While one batch is written the next one gathers. */
const AT_ONCE = 2;

/**
 * Events that come while others are being written are written together: in a storm a statement carries many, and
 * otherwise one. Nobody is told that an event is kept before its statement has committed.
 */
export function createEventKeeper(
  insert: (events: readonly GivenEvent[]) => Promise<readonly KeptEvent[]>,
): KeepEvent {
  const waiting: Waiting[] = [];
  let writing = 0;

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const kept = await insert(batch.map(({ event }) => event));
      for (const [n, { resolve }] of batch.entries()) resolve(kept[n] ?? null);
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error);
      // One that cannot be stored must not take the others along.
      for (const one of batch) await write([one]);
    }
  }

  function next(): void {
    if (waiting.length === 0 || writing >= AT_ONCE) return;
    writing += 1;
    void write(waiting.splice(0, MOST)).finally(() => {
      writing -= 1;
      next();
    });
  }

  return (event) =>
    new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      next();
    });
}
