import type { B24Client, EntityStatus, PortalLimits, SyncRun, SyncStatus } from "@b24kit/client";
import type { LitElement } from "lit";
import { LiveFeed } from "../core/index.ts";

/** The limits in use are asked for at most this often, and only while something changes; in milliseconds. */
const LIMITS_EVERY = 3_000;

export interface SyncFeedHooks {
  /** The portal that the element itself names; the provider's where it names none. */
  portal(): string | undefined;
  /** An entity's run moved from one state to another, or a new run appeared. Not called for the first picture. */
  onTurn(status: EntityStatus, before: SyncRun | null): void;
  /** An entity that the first picture did not have: a smart process that a run has found. */
  onFound(status: EntityStatus): void;
}

/** State of the sync as it is now, and what of the portal's limits is used. */
export class SyncFeed extends LiveFeed<SyncStatus> {
  /** What of the portal's limits was used when a run last moved on. */
  limits: PortalLimits | undefined;

  readonly #hooks: SyncFeedHooks;
  #limitsAsked = 0;

  constructor(host: LitElement, hooks: SyncFeedHooks) {
    super(host, { portal: () => hooks.portal(), right: "sync:run" });
    this.#hooks = hooks;
  }

  /** Takes an entity's new state, from the live connection or from the answer to a request. */
  apply(change: EntityStatus): void {
    if (!this.status) return;
    const before = this.status.entities.find(({ entity }) => entity === change.entity);
    const entities = before
      ? this.status.entities.map((status) => (status === before ? change : status))
      : [...this.status.entities, change];
    this.show({ ...this.status, entities });
    if (before) this.#notice(change, before.run);
    else this.#hooks.onFound(change);
  }

  protected override begin(client: B24Client, signal: AbortSignal): void {
    const { portal } = this;
    if (!this.status) {
      this.limits = undefined;
      this.#limitsAsked = 0;
    }
    const leave = client.realtime.subscribe(
      "sync",
      {
        onSnapshot: (status) => this.#takeSnapshot(status),
        onChange: (change) => this.apply(change),
        onState: (state) => this.takeState(state),
        onError: (error) => this.fail(error),
      },
      { portal },
    );
    signal.addEventListener("abort", leave, { once: true });
    void this.showFirst(client.sync.status({ signal, portal }), signal);
  }

  #takeSnapshot(status: SyncStatus): void {
    const before = this.status;
    this.showLive(status);
    for (const now of status.entities) {
      const earlier = before?.entities.find(({ entity }) => entity === now.entity);
      if (earlier) this.#notice(now, earlier.run);
      else if (before) this.#hooks.onFound(now);
    }
  }

  #notice(now: EntityStatus, before: SyncRun | null): void {
    if (now.run && (now.run.id !== before?.id || now.run.state !== before.state))
      this.#hooks.onTurn(now, before);
  }

  protected override show(status: SyncStatus): void {
    super.show(status);
    void this.#askLimits();
  }

  async #askLimits(): Promise<void> {
    const { client, portal, signal } = this;
    const now = Date.now();
    if (!client || !signal || now - this.#limitsAsked < LIMITS_EVERY) return;
    this.#limitsAsked = now;
    try {
      this.limits = await client.sync.limits({ signal, portal });
      this.host.requestUpdate();
    } catch {
      // Beside the point: the status says what is wrong.
    }
  }
}
