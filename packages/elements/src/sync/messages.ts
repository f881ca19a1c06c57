import type { Entity, RunType } from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-sync-status>`. Texts that need a plural form take the number, the rest comes formatted. */
export interface SyncMessages {
  heading: string;
  entities: Record<Entity, string>;
  /** "10 000 сделок". */
  counted: Record<Entity, (n: number) => string>;
  stateNone: string;
  stateQueued: string;
  stateRunning: Record<RunType, string>;
  stateWaiting: string;
  statePaused: string;
  stateCompleted: string;
  stateFailed: string;
  stateCancelled: string;
  startAll: string;
  incremental: string;
  full: string;
  stop: string;
  /** Names of the row's buttons for screen readers, with the entity. */
  incrementalOf: (entity: string) => string;
  fullOf: (entity: string) => string;
  stopOf: (entity: string) => string;
  stopQuestion: (rows: string) => string;
  stopYes: string;
  stopNo: string;
  progressOf: (entity: string) => string;
  ofTotal: (done: string, total: string) => string;
  asking: string;
  rate: (perSecond: string) => string;
  left: (duration: string) => string;
  requests: (n: number) => string;
  retries: (n: number) => string;
  resumed: string;
  waiting: (until: string) => string;
  updated: (when: string) => string;
  made: (read: string, written: string, duration: string) => string;
  stoppedAt: (read: number) => string;
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
  announceCancelled: (entity: string) => string;
}

export const syncTexts: Texts<SyncMessages> = { ru, en };
