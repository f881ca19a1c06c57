import type { Entity, Row, Value } from "../values.ts";
import type { EventOrigin } from "./origin.ts";
import { recordEvents } from "./record-events.ts";

/** Something that happened in the portal, as its subscribers will hear of it. */
export interface DomainEvent {
  /** In capitals: `ONCRMDEALADD`. */
  event: string;
  /** Becomes `data[FIELDS]`. */
  fields?: Row;
  /** The whole `data`, for the events that have no FIELDS. */
  data?: { [key: string]: Value };
  /** Who acted; 0 for robots and agents: their events carry no tokens. */
  userId: number;
  origin: EventOrigin;
  /** client_id of the one application that hears it. */
  onlyFor?: string;
}

/** One of the four entities was added (`before` is null), changed, or deleted (`after` is null). */
export interface RecordChange {
  entity: Entity;
  id: number;
  before: Row | null;
  after: Row | null;
  userId: number;
  origin: EventOrigin;
  /** Imported records start no robots. */
  imported?: boolean;
}

type Listener<T> = (happened: T) => void;

/** Where writes say what they did. Listeners are the fan-out to handlers, the offline queue and the robots. */
export class PortalEvents {
  readonly #onEvent: Listener<DomainEvent>[] = [];
  readonly #onRecord: Listener<RecordChange>[] = [];

  /** For anything that is no record of the four entities: user fields, tasks, people. */
  emit(event: DomainEvent): void {
    for (const listener of this.#onEvent) listener(event);
  }

  /** For leads, deals, contacts and companies: emits the right event and lets robots see the change. */
  recordChanged(change: RecordChange): void {
    const { userId, origin } = change;
    for (const { event, fields } of recordEvents(change)) this.emit({ event, fields, userId, origin });
    for (const listener of this.#onRecord) listener(change);
  }

  onEvent(listener: Listener<DomainEvent>): void {
    this.#onEvent.push(listener);
  }

  onRecord(listener: Listener<RecordChange>): void {
    this.#onRecord.push(listener);
  }
}
