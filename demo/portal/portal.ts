import { createHash } from "node:crypto";
import { memberIdOf, PortalAddress } from "./address.ts";
import { Applications } from "./apps/applications.ts";
import type { Frame } from "./apps/frames.ts";
import { Placements } from "./apps/placements.ts";
import { type AppSettings, defaultAppSettings, type HandlerSwitches } from "./apps/settings.ts";
import { type Clock, PortalClock } from "./clock.ts";
import { Stats } from "./control/stats.ts";
import { Delivery, type KeptPost } from "./events/delivery.ts";
import { startFanOut } from "./events/fan-out.ts";
import { EventHandlers } from "./events/handlers.ts";
import { OfflineQueue } from "./events/offline-queue.ts";
import { OutgoingWebhooks } from "./events/outgoing-webhooks.ts";
import { PortalEvents } from "./events/portal-events.ts";
import { RequestBucket } from "./limits/bucket.ts";
import { Faults } from "./limits/faults.ts";
import { OperatingLedger } from "./limits/operating.ts";
import { defaultLimits, type LimitSettings, type Plan } from "./limits/settings.ts";
import { METHODS } from "./methods/registry.ts";
import { Tokens } from "./oauth/tokens.ts";
import type { Method } from "./rest/method.ts";
import { Robots } from "./robots/robots.ts";
import { startRobots } from "./robots/run-robots.ts";
import { ALL_SCOPES } from "./scopes.ts";
import { FIRST_WRITTEN_POINT } from "./seed/contact-points.ts";
import { type Counts, DEFAULT_COUNTS } from "./seed/plan.ts";
import type { BookName } from "./store/books.ts";
import { highestPointId, withoutEmptyPoints } from "./store/contact-points.ts";
import { type Crm, seedCrm, tableOf } from "./store/crm.ts";
import { type Change, Journal } from "./store/journal.ts";
import { keepBooks, writeBook } from "./store/keep-books.ts";
import type { Collection, Row } from "./values.ts";
import { createZone, type Zone } from "./zone.ts";

export interface SeedChange extends Change {
  kind: "seed";
  seed: number;
  counts: Counts;
  anchor: number;
  utcOffset: number;
}

interface WriteChange extends Change {
  kind: "add" | "update";
  entity: Collection;
  id: number;
  row: Row;
}

interface DeleteChange extends Change {
  kind: "delete";
  entity: Collection;
  id: number;
}

export interface WebhookChange extends Change {
  kind: "webhook";
  code: string;
  userId: number;
  /** null revokes it. */
  scopes: string[] | null;
}

/** What a portal that ended in good order had still to deliver; none once the next start has taken it. */
interface DeliveriesChange extends Change {
  kind: "deliveries";
  waiting: readonly KeptPost[];
}

export interface PortalOptions {
  /** Tells one portal's credentials and files from another's. */
  name: string;
  seed?: number;
  counts?: Partial<Counts>;
  /** The day on which the seeded story ends, milliseconds; today when a portal is first made. */
  anchor?: number;
  /** Minutes east of UTC; Moscow by default. */
  utcOffset?: number;
  clock?: Clock;
  /** Where it is reached, without a closing slash; the port it listens on tells otherwise. */
  url?: string;
  /** Handlers on this machine or on plain http, which a cloud portal refuses. */
  handlers?: HandlerSwitches;
  /** Whose bucket of requests it has: `ordinary` where nothing is said. */
  plan?: Plan;
  /** File that keeps the portal's state; null keeps none. */
  journalPath: string | null;
}

/** One portal: its records and credentials, which last, and its limits, faults and clock, which do not. */
export class Portal {
  readonly name: string;
  readonly clock: PortalClock;
  readonly methods: ReadonlyMap<string, Method> = METHODS;
  readonly webhooks = new Map<string, { userId: number; scopes: ReadonlySet<string> }>();
  readonly faults = new Faults();
  readonly bucket: RequestBucket;
  readonly ledger: OperatingLedger;
  readonly journal: Journal;
  readonly address: PortalAddress;
  readonly events = new PortalEvents();
  readonly applications: Applications;
  readonly tokens: Tokens;
  readonly handlers: EventHandlers;
  readonly outgoingWebhooks: OutgoingWebhooks;
  readonly offline: OfflineQueue;
  readonly placements: Placements;
  readonly robots: Robots;
  readonly delivery: Delivery;
  /** Opened frames by their APP_SID. */
  readonly frames = new Map<string, Frame>();
  readonly #handlerSwitches: HandlerSwitches;
  readonly #plan: Plan;
  appSettings!: AppSettings;
  limits!: LimitSettings;
  stats: Stats;
  #crm!: Crm;
  #lastPointId = FIRST_WRITTEN_POINT;

  constructor(options: PortalOptions) {
    this.name = options.name;
    this.clock = new PortalClock(options.clock);
    this.bucket = new RequestBucket(this.clock);
    this.ledger = new OperatingLedger(this.clock);
    this.stats = new Stats(this.clock);
    this.journal = new Journal(options.journalPath);
    this.address = new PortalAddress(this.journal, options.url ?? "http://127.0.0.1");
    this.#handlerSwitches = options.handlers ?? {};
    this.#plan = options.plan ?? "ordinary";
    this.resetSettings();
    this.#listen();
    keepBooks(this.journal, () => this.#crm);
    this.applications = new Applications(this.journal);
    this.tokens = new Tokens(this.journal, this.clock, () => this.appSettings.oauth);
    this.handlers = new EventHandlers(this.journal);
    this.outgoingWebhooks = new OutgoingWebhooks(this.journal);
    this.offline = new OfflineQueue(this.journal);
    this.placements = new Placements(this.journal);
    this.robots = new Robots(this.journal);
    this.delivery = new Delivery(this.clock, () => this.appSettings.delivery);
    startFanOut(this);
    startRobots(this);
    let left: readonly KeptPost[] = [];
    this.journal.on<DeliveriesChange>("deliveries", ({ waiting }) => {
      left = waiting;
    });
    if (!this.journal.replay()) this.journal.restart([this.#firstSeed(options), this.#defaultWebhook()]);
    if (left.length === 0) return;
    const waiting = left;
    this.journal.commit<DeliveriesChange>({ kind: "deliveries", waiting: [] });
    this.delivery.restore(waiting);
  }

  /** Ends in good order: deliveries that have not left are sent by the next start. */
  close(): void {
    const waiting = this.delivery.kept;
    if (waiting.length > 0) this.journal.commit<DeliveriesChange>({ kind: "deliveries", waiting });
    this.delivery.close();
    this.journal.close();
  }

  get crm(): Crm {
    return this.#crm;
  }

  get zone(): Zone {
    return this.#crm.plan.zone;
  }

  /** The code of the webhook that every portal has from the start, with all scopes. */
  get defaultCode(): string {
    return createHash("sha256").update(`b24kit portal ${this.name}`).digest("hex").slice(0, 16);
  }

  /** The portal's number at its auth server: the same through every renaming. */
  get memberId(): string {
    return memberIdOf(this.name, this.#crm.plan.seed);
  }

  /** Requests and applications are treated again as when the portal started. */
  resetSettings(): void {
    this.limits = defaultLimits(this.#plan);
    this.appSettings = defaultAppSettings(this.#handlerSwitches);
  }

  /** Starts over with other data; credentials made since are gone. */
  reseed(change: Omit<SeedChange, "kind">): void {
    this.webhooks.clear();
    this.delivery.clear();
    this.frames.clear();
    this.journal.restart([{ kind: "seed", ...change } as SeedChange, this.#defaultWebhook()]);
    this.bucket.clear();
    this.ledger.clear();
    this.stats = new Stats(this.clock);
  }

  /** What the present data were made from. */
  seedParameters(): Omit<SeedChange, "kind"> {
    const { seed, counts, anchor, zone } = this.#crm.plan;
    return { seed, counts, anchor, utcOffset: zone.offset };
  }

  addRow(entity: Collection, row: Row): void {
    this.journal.commit<WriteChange>({ kind: "add", entity, id: Number(row.ID), row });
  }

  updateRow(entity: Collection, id: number, row: Row): void {
    this.journal.commit<WriteChange>({ kind: "update", entity, id, row });
  }

  deleteRow(entity: Collection, id: number): void {
    this.journal.commit<DeleteChange>({ kind: "delete", entity, id });
  }

  /** Adds or changes a row of a small list; null removes it. */
  writeBook(book: BookName, id: string | number, row: Row | null): void {
    writeBook(this.journal, book, String(id), row);
  }

  setWebhook(change: Omit<WebhookChange, "kind">): void {
    this.journal.commit<WebhookChange>({ kind: "webhook", ...change });
  }

  /** The next number of a phone, e-mail or other contact point. */
  nextPointId(): number {
    return ++this.#lastPointId;
  }

  /** Throws the error that this call was planned to answer with, if any. */
  makeErrorFault(method: string): void {
    const fault = this.faults.take(method);
    if (!fault) return;
    this.stats.faultsMade++;
    throw fault;
  }

  #listen(): void {
    this.journal.on<SeedChange>("seed", ({ seed, counts, anchor, utcOffset }) => {
      this.#lastPointId = FIRST_WRITTEN_POINT;
      this.#crm = seedCrm({ seed, counts, anchor, zone: createZone(utcOffset) });
    });
    this.journal.on<WriteChange>("add", ({ entity, id, row }) => {
      this.#lastPointId = Math.max(this.#lastPointId, highestPointId(row));
      tableOf(this.#crm, entity).insert(id, row);
    });
    this.journal.on<WriteChange>("update", ({ entity, id, row }) => {
      this.#lastPointId = Math.max(this.#lastPointId, highestPointId(row));
      const table = tableOf(this.#crm, entity);
      table.replace(id, withoutEmptyPoints({ ...table.get(id), ...row }));
    });
    this.journal.on<DeleteChange>("delete", ({ entity, id }) => void tableOf(this.#crm, entity).remove(id));
    this.journal.on<WebhookChange>("webhook", ({ code, userId, scopes }) => {
      if (scopes) this.webhooks.set(code, { userId, scopes: new Set(scopes) });
      else this.webhooks.delete(code);
    });
  }

  #firstSeed(options: PortalOptions): SeedChange {
    const utcOffset = options.utcOffset ?? 180;
    return {
      kind: "seed",
      seed: options.seed ?? 1,
      counts: { ...DEFAULT_COUNTS, ...options.counts },
      anchor: createZone(utcOffset).startOfDay(options.anchor ?? this.clock.now()),
      utcOffset,
    };
  }

  #defaultWebhook(): WebhookChange {
    return { kind: "webhook", code: this.defaultCode, userId: 1, scopes: [...ALL_SCOPES] };
  }
}
