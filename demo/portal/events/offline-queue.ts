import { randomBytes } from "node:crypto";
import type { Change, Journal } from "../store/journal.ts";
import type { Value } from "../values.ts";

/** The last change of one object that an application has not fetched yet. */
export interface OfflineEvent {
  id: number;
  clientId: string;
  connector: string;
  event: string;
  data: Record<string, Value>;
  /** Who acted; 0 for nobody. */
  userId: number;
  /** Milliseconds. */
  at: number;
  messageId: string;
  /** The reading that reserved it, or null. */
  processId: string | null;
  /** The application could not work it off. */
  error: boolean;
}

interface OfflineChange extends Change {
  kind: "offline";
  events: OfflineEvent[];
}

interface OfflineGone extends Change {
  kind: "offlineGone";
  ids: number[];
}

/** Reserved events that nobody cleared are dropped after this time. */
const KEPT_MS = 30 * 86_400_000;

export class OfflineQueue {
  readonly #journal: Journal;
  readonly #known = new Map<number, OfflineEvent>();
  /** Unreserved events by what they are about. */
  readonly #open = new Map<string, number>();
  /** When each ONOFFLINEEVENT handler may be pinged again, milliseconds; not kept over a restart. */
  readonly nextPing = new Map<number, number>();
  #lastId = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => {
      this.#known.clear();
      this.#open.clear();
      this.nextPing.clear();
      this.#lastId = 0;
    });
    journal.on<OfflineChange>("offline", ({ events }) => {
      for (const event of events) this.#keep(event);
    });
    journal.on<OfflineGone>("offlineGone", ({ ids }) => {
      for (const id of ids) this.#forget(id);
    });
  }

  of(clientId: string, connector: string): OfflineEvent[] {
    return [...this.#known.values()].filter(
      (event) => event.clientId === clientId && event.connector === connector,
    );
  }

  /** One row per event and object: a later change takes the place of an earlier one that was not fetched. */
  add(event: Pick<OfflineEvent, "clientId" | "connector" | "event" | "data" | "userId" | "at">): void {
    const before = this.#open.get(objectKey(event));
    if (before !== undefined) this.remove([before]);
    const row = {
      ...event,
      id: this.#lastId + 1,
      messageId: randomBytes(16).toString("hex"),
      processId: null,
      error: false,
    };
    this.#journal.commit<OfflineChange>({ kind: "offline", events: [row] });
  }

  /** Keeps these for one reader, who names the answer when clearing them. */
  reserve(events: readonly OfflineEvent[]): string {
    const processId = randomBytes(16).toString("hex");
    this.change(events.map((event) => ({ ...event, processId })));
    return processId;
  }

  change(events: OfflineEvent[]): void {
    if (events.length > 0) this.#journal.commit<OfflineChange>({ kind: "offline", events });
  }

  remove(ids: number[]): void {
    if (ids.length > 0) this.#journal.commit<OfflineGone>({ kind: "offlineGone", ids });
  }

  dropOld(now: number): void {
    const old = [...this.#known.values()].filter((event) => event.processId && event.at < now - KEPT_MS);
    this.remove(old.map((event) => event.id));
  }

  removeOf(clientId: string): void {
    this.remove([...this.#known.values()].filter((e) => e.clientId === clientId).map((e) => e.id));
  }

  #keep(event: OfflineEvent): void {
    this.#known.set(event.id, event);
    this.#lastId = Math.max(this.#lastId, event.id);
    if (event.processId === null) this.#open.set(objectKey(event), event.id);
    else if (this.#open.get(objectKey(event)) === event.id) this.#open.delete(objectKey(event));
  }

  #forget(id: number): void {
    const event = this.#known.get(id);
    if (!event) return;
    this.#known.delete(id);
    if (this.#open.get(objectKey(event)) === id) this.#open.delete(objectKey(event));
  }
}

function objectKey({
  clientId,
  connector,
  event,
  data,
}: Pick<OfflineEvent, "clientId" | "connector" | "event" | "data">) {
  return JSON.stringify([clientId, connector, event, data]);
}
