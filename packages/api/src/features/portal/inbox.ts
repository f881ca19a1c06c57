import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import {
  type InboxEvent,
  orderInbox,
  selectCursor,
  selectInbox,
  trimInbox,
  updateCursor,
} from "./store/inbox.ts";
import type { Queryable } from "./store/queryable.ts";

export type { InboxEvent } from "./store/inbox.ts";

/** Topic of the bus that wakes readers; it carries nothing. */
export const INBOX_TOPIC = "portal.inbox";

/**
 * Events of all portals, in the order of becoming visible. A reader keeps its own place under a name of its own:
 * `read`, do the work, `advance` in the work's own transaction. A wake may be lost; so look now and then too.
 */
export interface Inbox {
  /** Events behind `after`; behind the reader's place where it is not given. A new reader begins with what is kept. */
  read(consumer: string, after: number | null, limit: number): Promise<InboxEvent[]>;
  /** Everything up to `seq` is done. Given a client inside a transaction, exactly if that commits. */
  advance(consumer: string, seq: number, client?: Queryable): Promise<void>;
  /** Calls when something may have come. Returns the unsubscriber. */
  onArrival(wake: () => void): () => void;
  /** Tells readers that something came: at once, then at most every 200 ms. */
  arrived(): void;
  trim(): Promise<number>;
}

const WAKE_EVERY_MS = 200;
const KEEP_DAYS = 7;

export function createInbox(db: Database, bus: Pick<Bus, "publish" | "subscribe">): Inbox {
  let resting = false;
  let again = false;

  /** Readers find by themselves what a failing wake did not tell. */
  function wake(): void {
    resting = true;
    bus.publish(INBOX_TOPIC, null, {}).catch(() => {});
    setTimeout(() => {
      resting = false;
      if (!again) return;
      again = false;
      wake();
    }, WAKE_EVERY_MS).unref();
  }

  return {
    async read(consumer, after, limit) {
      await orderInbox(db.pool);
      return selectInbox(db.pool, after ?? (await selectCursor(db.pool, consumer)), limit);
    },
    advance: (consumer, seq, client) => updateCursor(client ?? db.pool, consumer, seq),
    onArrival: (fn) => bus.subscribe(INBOX_TOPIC, null, () => fn()),
    arrived() {
      if (resting) again = true;
      else wake();
    },
    trim: () => trimInbox(db.pool, KEEP_DAYS),
  };
}
