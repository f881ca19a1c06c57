import { randomBytes } from "node:crypto";
import type { Change, Journal } from "../store/journal.ts";

/** A subscription that an administrator made by hand: no application, no tokens, a secret of its own. */
export interface OutgoingWebhook {
  id: number;
  url: string;
  /** In capitals. */
  events: readonly string[];
  /** `auth[application_token]` of its deliveries. */
  token: string;
}

interface WebhookSaved extends Change {
  kind: "outgoingWebhook";
  webhook: OutgoingWebhook;
}

interface WebhookGone extends Change {
  kind: "outgoingWebhookGone";
  id: number;
}

export class OutgoingWebhooks {
  readonly #journal: Journal;
  readonly #known = new Map<number, OutgoingWebhook>();
  #lastId = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.on("seed", () => {
      this.#known.clear();
      this.#lastId = 0;
    });
    journal.on<WebhookSaved>("outgoingWebhook", ({ webhook }) => {
      this.#known.set(webhook.id, webhook);
      this.#lastId = Math.max(this.#lastId, webhook.id);
    });
    journal.on<WebhookGone>("outgoingWebhookGone", ({ id }) => void this.#known.delete(id));
  }

  list(): OutgoingWebhook[] {
    return [...this.#known.values()];
  }

  add(url: string, events: readonly string[]): OutgoingWebhook {
    const webhook = { id: this.#lastId + 1, url, events, token: randomBytes(16).toString("hex") };
    this.#journal.commit<WebhookSaved>({ kind: "outgoingWebhook", webhook });
    return webhook;
  }

  /** False where there is none. */
  remove(id: number): boolean {
    if (!this.#known.has(id)) return false;
    this.#journal.commit<WebhookGone>({ kind: "outgoingWebhookGone", id });
    return true;
  }
}
