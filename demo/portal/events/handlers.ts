import type { Change, Journal } from "../store/journal.ts";

/** One `event.bind`. */
export interface EventHandler {
  /** `event_handler_id` of its deliveries. */
  id: number;
  clientId: string;
  /** In capitals. */
  event: string;
  /** "" for the offline queue. */
  url: string;
  /** Whose tokens come with the event; 0 means who acted. */
  authType: number;
  offline: boolean;
  /** `auth_connector`: writes that name it are not told to it. */
  connector: string;
  /** Of ONOFFLINEEVENT: seconds between two pings. */
  minTimeout: number;
}

interface HandlerChange extends Change {
  kind: "eventHandler";
  handler: EventHandler;
}

interface HandlersGone extends Change {
  kind: "eventHandlersGone";
  ids: number[];
}

/** Who wants to hear what. */
export class EventHandlers {
  readonly #journal: Journal;
  readonly #known = new Map<number, EventHandler>();
  #lastId = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => {
      this.#known.clear();
      this.#lastId = 0;
    });
    journal.on<HandlerChange>("eventHandler", ({ handler }) => {
      this.#known.set(handler.id, handler);
      this.#lastId = Math.max(this.#lastId, handler.id);
    });
    journal.on<HandlersGone>("eventHandlersGone", ({ ids }) => {
      for (const id of ids) this.#known.delete(id);
    });
  }

  list(): EventHandler[] {
    return [...this.#known.values()];
  }

  of(clientId: string): EventHandler[] {
    return this.list().filter((handler) => handler.clientId === clientId);
  }

  add(handler: Omit<EventHandler, "id">): void {
    this.#journal.commit<HandlerChange>({
      kind: "eventHandler",
      handler: { id: this.#lastId + 1, ...handler },
    });
  }

  remove(handlers: readonly EventHandler[]): void {
    if (handlers.length === 0) return;
    this.#journal.commit<HandlersGone>({ kind: "eventHandlersGone", ids: handlers.map(({ id }) => id) });
  }
}
