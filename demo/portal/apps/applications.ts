import type { Change, Journal } from "../store/journal.ts";
import type { Application } from "./application.ts";

interface ApplicationChange extends Change {
  kind: "application";
  application: Application;
}

/** The applications of a portal, removed ones included. */
export class Applications {
  readonly #journal: Journal;
  readonly #known = new Map<string, Application>();

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => this.#known.clear());
    journal.on<ApplicationChange>("application", ({ application }) => {
      this.#known.set(application.clientId, application);
    });
  }

  /** Those that are on the portal now, oldest first. */
  list(): Application[] {
    return [...this.#known.values()].filter((application) => !application.removed);
  }

  get(clientId: string): Application | undefined {
    const application = this.#known.get(clientId);
    return application?.removed ? undefined : application;
  }

  /** Also one that was removed. */
  remember(clientId: string): Application | undefined {
    return this.#known.get(clientId);
  }

  byId(id: number): Application | undefined {
    return this.list().find((application) => application.id === id);
  }

  get nextId(): number {
    return this.#known.size + 1;
  }

  /** Adds an application, or changes the one with its client_id. */
  save(application: Application): Application {
    this.#journal.commit<ApplicationChange>({ kind: "application", application });
    return application;
  }
}
