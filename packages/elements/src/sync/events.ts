import type { Entity, SyncRun, SyncType } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** Someone asks for a run. `preventDefault()` keeps the element from starting it. */
export class SyncStartEvent extends RequestEvent<{ entity: Entity; type: SyncType }> {
  constructor(detail: { entity: Entity; type: SyncType }) {
    super("b24-sync-start", detail);
  }
}

/** Someone asks to stop the entity's run. `preventDefault()` lets it go on. */
export class SyncCancelEvent extends RequestEvent<{ entity: Entity }> {
  constructor(detail: { entity: Entity }) {
    super("b24-sync-cancel", detail);
  }
}

/** A run has begun, whoever started it. */
export class SyncStartedEvent extends FactEvent<{ run: SyncRun }> {
  constructor(detail: { run: SyncRun }) {
    super("b24-sync-started", detail);
  }
}

/** A run has ended: completed, failed or cancelled, as its state tells. */
export class SyncFinishedEvent extends FactEvent<{ run: SyncRun }> {
  constructor(detail: { run: SyncRun }) {
    super("b24-sync-finished", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-sync-start": SyncStartEvent;
    "b24-sync-cancel": SyncCancelEvent;
    "b24-sync-started": SyncStartedEvent;
    "b24-sync-finished": SyncFinishedEvent;
  }
}
