import type { AppSettings } from "../apps/settings.ts";
import type { PortalClock } from "../clock.ts";
import { Random } from "../seed/random.ts";
import { encodeForm, type FormValue } from "./form.ts";

/** One form that the portal posts to a handler. */
export interface Post {
  url: string;
  /** The event or robot, for the record. */
  label: string;
  form: { [key: string]: FormValue };
}

export interface DeliveryRecord {
  id: number;
  label: string;
  /** Without its query, which may hold a key. */
  url: string;
  /** Milliseconds by the portal's clock. */
  queuedAt: number;
  /** `lost` never left; `failed` met no HTTP answer in time. Neither is tried again. */
  outcome: "waiting" | "sending" | "answered" | "failed" | "lost";
  /** The handler's HTTP status. */
  status: number | null;
}

/** A post that waits over a restart. */
export interface KeptPost {
  post: Post;
  /** Milliseconds by the portal's clock. */
  dueAt: number;
}

interface Waiting {
  dueAt: number;
  post: Post;
  record: DeliveryRecord;
}

interface Sending {
  notBefore: number;
  lost: boolean;
  random: Random;
}

const MOST_RECORDS = 2_000;

/**
 * Posts forms to handlers once each, unless told to repeat some: no second try, no promised order. Waiting follows the portal's clock, the time
 * that a handler has to answer is real.
 */
export class Delivery {
  readonly #clock: PortalClock;
  readonly #settings: () => AppSettings["delivery"];
  readonly #stop = new AbortController();
  #waiting: Waiting[] = [];
  #sending = 0;
  #records: DeliveryRecord[] = [];
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakers: (() => void)[] = [];

  constructor(clock: PortalClock, settings: () => AppSettings["delivery"]) {
    this.#clock = clock;
    this.#settings = settings;
    clock.onTurn(() => this.#schedule());
  }

  /** The last of them, oldest first. */
  get records(): readonly DeliveryRecord[] {
    return this.#records;
  }

  /** @param notBefore milliseconds by the portal's clock */
  send(post: Post, notBefore = 0): void {
    const { loss, duplicates } = this.#settings();
    const random = new Random(1, "delivery", ++this.#count);
    const lost = random.chance(loss);
    this.#queue(post, { notBefore, lost, random });
    if (!lost && random.chance(duplicates)) {
      this.#count++;
      this.#queue(post, { notBefore, lost, random });
    }
    this.#schedule();
  }

  /** Resolves when nothing is under way; with a stopped clock, what is not due yet does not count. */
  async settled(): Promise<void> {
    while (this.#sending > 0 || this.#waits()) {
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  /** What has not left yet, to be sent by the next start. */
  get kept(): KeptPost[] {
    return this.#waiting.map(({ post, dueAt }) => ({ post, dueAt }));
  }

  /** Sends what an earlier process has left, when it is due. */
  restore(kept: readonly KeptPost[]): void {
    for (const { post, dueAt } of kept) {
      const random = new Random(1, "delivery", ++this.#count);
      this.#queue(post, { notBefore: dueAt, lost: false, random });
    }
    this.#schedule();
  }

  /** Forgets what waits and what was. */
  clear(): void {
    this.#waiting = [];
    this.#records = [];
    this.#wake();
  }

  close(): void {
    this.clear();
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  #waits(): boolean {
    if (this.#clock.mode === "real") return this.#waiting.length > 0;
    const first = this.#waiting[0];
    return first !== undefined && first.dueAt <= this.#clock.now();
  }

  #queue(post: Post, { notBefore, lost, random }: Sending): void {
    const { delayMs, jitterMs } = this.#settings();
    const now = this.#clock.now();
    const record: DeliveryRecord = {
      id: this.#count,
      label: post.label,
      url: post.url.split(/[?#]/)[0] as string,
      queuedAt: now,
      outcome: lost ? "lost" : "waiting",
      status: null,
    };
    this.#records.push(record);
    if (this.#records.length > 2 * MOST_RECORDS) this.#records = this.#records.slice(-MOST_RECORDS);
    if (lost) return;
    const dueAt = Math.max(notBefore, now + delayMs + Math.floor(random.next() * jitterMs));
    this.#enqueue({ dueAt, post, record });
  }

  /** Keeps what is due first in front; most of it goes to the end. */
  #enqueue(waiting: Waiting): void {
    let place = this.#waiting.length;
    while (place > 0 && (this.#waiting[place - 1] as Waiting).dueAt > waiting.dueAt) place--;
    this.#waiting.splice(place, 0, waiting);
  }

  /** Never sends at once: a write is answered before its events leave. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (!first || this.#stop.signal.aborted) return;
    const wait = first.dueAt - this.#clock.now();
    if (wait > 0 && this.#clock.mode === "virtual") return;
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.max(0, wait), 2_147_483_647));
    this.#timer.unref();
  }

  #pump(): void {
    const now = this.#clock.now();
    const { parallel } = this.#settings();
    while (this.#sending < parallel && this.#waiting[0] && this.#waiting[0].dueAt <= now) {
      void this.#post(this.#waiting.shift() as Waiting);
    }
    if (this.#sending < parallel) this.#schedule();
  }

  async #post({ post, record }: Waiting): Promise<void> {
    this.#sending++;
    record.outcome = "sending";
    try {
      const response = await fetch(post.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "user-agent": "Bitrix24 Webhook Engine",
        },
        body: encodeForm(post.form),
        redirect: "manual",
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#settings().timeoutMs)]),
      });
      await response.body?.cancel();
      Object.assign(record, { outcome: "answered", status: response.status });
    } catch {
      record.outcome = "failed";
    }
    this.#sending--;
    this.#wake();
    this.#schedule();
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}
