import type { RunType } from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-sync-status>`. Texts that need a plural form take the number, the rest comes formatted. */
export interface SyncMessages {
  heading: string;
  /** "10 000 сделок". */
  counted: Partial<Record<string, (n: number) => string>>;
  records: (n: number) => string;
  /** "12 видов данных: 2 загружаются, 1 с ошибкой". */
  overview: (total: number, active: number, failed: number) => string;
  others: (n: number) => string;
  fold: string;
  stateNone: string;
  stateQueued: string;
  stateRunning: Record<RunType, string>;
  stateWaiting: string;
  statePaused: string;
  stateCompleted: string;
  stateFailed: string;
  /** The portal does not give it for want of a scope. */
  stateUnavailable: string;
  stateCancelled: string;
  startAll: string;
  incremental: string;
  full: string;
  stop: string;
  pause: string;
  resume: string;
  reconcile: string;
  details: string;
  fullAgain: string;
  /** Names of the row's buttons for screen readers, with the entity. */
  incrementalOf: (entity: string) => string;
  fullOf: (entity: string) => string;
  stopOf: (entity: string) => string;
  pauseOf: (entity: string) => string;
  resumeOf: (entity: string) => string;
  fullAgainOf: (entity: string) => string;
  reconcileOf: (entity: string) => string;
  detailsOf: (entity: string) => string;
  /** Before everything is loaded anew; the counted rows and the requests it takes at least. */
  fullQuestion: (rows: string, requests: string) => string;
  fullYes: string;
  fullNo: string;
  stopQuestion: (rows: string) => string;
  stopYes: string;
  stopNo: string;
  paused: string;
  compared: (source: string, mirror: string, equal: boolean) => string;
  comparedAt: (when: string) => string;
  comparing: string;
  withheldTitle: (n: number) => string;
  withheldText: string;
  quarantineTitle: (n: number, more: boolean) => string;
  quarantineText: string;
  limits: string;
  limitRequests: (used: string, most: string) => string;
  limitOperating: (method: string, seconds: string, budget: string) => string;
  limitIdle: string;
  billing: Record<"unknown" | "inner" | "batch" | "none", string>;
  progressOf: (entity: string) => string;
  ofTotal: (done: string, total: string) => string;
  /** How far a run is that reads the products deal by deal. */
  dealsRead: (done: string, total: string) => string;
  asking: string;
  rate: (perSecond: string) => string;
  /** Deals whose products were read. */
  perSecond: (n: string) => string;
  left: (duration: string) => string;
  requests: (n: number) => string;
  retries: (n: number) => string;
  resumed: string;
  waiting: (until: string) => string;
  updated: (when: string) => string;
  made: (read: string, written: string, duration: string) => string;
  stoppedAt: (read: number) => string;
  brokenAt: (read: number) => string;
  next: (when: string) => string;
  queued: string;
  never: string;
  live: string;
  connecting: string;
  offline: string;
  noRight: string;
  noPortalTitle: string;
  noPortalText: string;
  noProviderTitle: string;
  noProviderText: string;
  announceStarted: (entity: string) => string;
  announceFinished: (entity: string, read: number) => string;
  announceFailed: (entity: string, reason: string) => string;
  announcePaused: (entity: string) => string;
  announceCancelled: (entity: string) => string;
}

export const syncTexts: Texts<SyncMessages> = { ru, en };
