import type { ConfigChange, Entity, RunType, SyncConfig, SyncRun } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** Someone asks for a run; `reconcile` compares both sides. `preventDefault()` keeps the element from starting it. */
export class SyncStartEvent extends RequestEvent<{ entity: Entity; type: RunType }> {
  constructor(detail: { entity: Entity; type: RunType }) {
    super("b24-sync-start", detail);
  }
}

/** Someone asks to stop the entity's run. `preventDefault()` lets it go on. */
export class SyncCancelEvent extends RequestEvent<{ entity: Entity }> {
  constructor(detail: { entity: Entity }) {
    super("b24-sync-cancel", detail);
  }
}

/** Someone asks to hold the entity's run where it is. `preventDefault()` lets it go on. */
export class SyncPauseEvent extends RequestEvent<{ entity: Entity }> {
  constructor(detail: { entity: Entity }) {
    super("b24-sync-pause", detail);
  }
}

/** Someone asks to let a paused run go on. `preventDefault()` keeps it paused. */
export class SyncResumeEvent extends RequestEvent<{ entity: Entity }> {
  constructor(detail: { entity: Entity }) {
    super("b24-sync-resume", detail);
  }
}

/** Someone changes how an entity is kept up to date. `preventDefault()` leaves it as it is. */
export class SyncConfigureEvent extends RequestEvent<{ change: ConfigChange }> {
  constructor(detail: { change: ConfigChange }) {
    super("b24-sync-configure", detail);
  }
}

/** How an entity is kept up to date was changed. */
export class SyncConfiguredEvent extends FactEvent<{ config: SyncConfig }> {
  constructor(detail: { config: SyncConfig }) {
    super("b24-sync-configured", detail);
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
    "b24-sync-pause": SyncPauseEvent;
    "b24-sync-resume": SyncResumeEvent;
    "b24-sync-configure": SyncConfigureEvent;
    "b24-sync-configured": SyncConfiguredEvent;
    "b24-sync-started": SyncStartedEvent;
    "b24-sync-finished": SyncFinishedEvent;
  }
}
