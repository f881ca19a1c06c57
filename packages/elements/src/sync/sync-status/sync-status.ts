import type { Entity, EntityStatus, RunType, SyncRun } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import {
  B24Element,
  emptyView,
  type Failure,
  failureMessage,
  failureView,
  icons,
  loadingNote,
  progressStyles,
  staleStrip,
  stateView,
  toFailure,
} from "../../core/index.ts";
import {
  SyncCancelEvent,
  SyncFinishedEvent,
  SyncPauseEvent,
  SyncResumeEvent,
  SyncStartEvent,
  SyncStartedEvent,
} from "../events.ts";
import { type SyncMessages, syncTexts } from "../messages.ts";
import { SyncFeed } from "../sync-feed.ts";
import { entityRow, type RowAction } from "./entity-row.ts";
import { nameOf } from "./entity-words.ts";
import { limitsStyles } from "./limits.styles.ts";
import { limitsView } from "./limits-view.ts";
import { needsAttention } from "./notices.ts";
import { isActive, isUnavailable } from "./run-view.ts";
import { syncStatusStyles } from "./sync-status.styles.ts";

/** "5 minutes ago" is looked at again this often, in milliseconds. */
const TICK = 30_000;

/** Reading so many rows anew is asked before it is done. */
const BIG = 10_000;

/** More kinds of data than this are folded to `FEW` where nothing is to be said of them. */
const MANY = 8;
const FEW = 5;

/**
 * State of the mirror per entity: what runs, how far it is, what the last run made, when the next comes, what waits
 * for a person; with buttons to start, pause, stop and compare. A row opens into its schedule, history and logs. Live
 * over the provider's one connection.
 *
 * @summary Progress and state of the portal's synchronisation.
 * @tag b24-sync-status
 * @event {SyncStartEvent} b24-sync-start - A run is asked for; cancelable, before the element starts it.
 * @event {SyncCancelEvent} b24-sync-cancel - A run is to be stopped; cancelable, before the element stops it.
 * @event {SyncPauseEvent} b24-sync-pause - A run is to be held; cancelable, before the element holds it.
 * @event {SyncResumeEvent} b24-sync-resume - A paused run is to go on; cancelable, before it does.
 * @event {SyncStartedEvent} b24-sync-started - A run has begun, whoever started it.
 * @event {SyncFinishedEvent} b24-sync-finished - A run has ended: completed, failed or cancelled.
 * @csspart card - The whole card.
 * @csspart header - The heading and what belongs to all entities.
 * @csspart row - One entity.
 * @csspart badge - The state in words.
 * @csspart progress - The progress bar.
 * @csspart error - What a run or a request failed with.
 * @csspart start-incremental - Button that fetches changes.
 * @csspart start-full - Button that loads everything.
 * @csspart start-reconcile - Button that compares both sides.
 * @csspart stop - Button that stops the run.
 * @csspart details - Button that opens a row.
 * @csspart warning - What waits for a person.
 * @csspart limits - What of the portal's limits is used up.
 * @csspart state - The message where there are no rows to show.
 */
export class B24SyncStatus extends B24Element {
  static override styles: CSSResultGroup = [
    B24Element.styles,
    progressStyles,
    syncStatusStyles,
    limitsStyles,
  ];

  readonly #feed: SyncFeed = new SyncFeed(this, {
    portal: () => this.portal || undefined,
    onTurn: (status) => this.#turn(status),
    onFound: (status) => this.#startFound(status),
  });
  /** The portal of which everything was asked for here. */
  #everythingOf: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  @state() private busy: ReadonlySet<Entity> = new Set();
  @state() private failures: ReadonlyMap<Entity, Failure> = new Map();
  @state() private confirming: { entity: Entity; about: "stop" | "full" } | undefined;
  @state() private open: ReadonlySet<Entity> = new Set();
  @state() private unfolded = false;
  @state() private announcement: () => string = () => "";

  /** Host or id of the portal; by default the provider's. */
  @property() portal = "";

  /** Entities to show, separated by spaces: `deal contact lead company`. By default all. */
  @property() entities = "";

  /** Heading of the card; by default the element's own. */
  @property() heading = "";

  /** Shows the state without buttons. */
  @property({ type: Boolean }) readonly = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), TICK);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** Starts a run as its button would: asks the page by an event first. Resolves when the API has answered. */
  async start(entity: Entity, type: RunType): Promise<void> {
    const { client, portal } = this.#feed;
    if (!client || !this.dispatchEvent(new SyncStartEvent({ entity, type }))) return;
    await this.#attempt(entity, async () => {
      const run =
        type === "reconcile"
          ? await client.sync.reconcile(entity, { portal })
          : await client.sync.start(entity, { sync_type: type }, { portal });
      this.#showRun(entity, run);
    });
  }

  /** Stops the entity's run as its button would, without asking the person again. */
  async cancel(entity: Entity): Promise<void> {
    const { client, portal } = this.#feed;
    if (!client || !this.dispatchEvent(new SyncCancelEvent({ entity }))) return;
    await this.#attempt(entity, async () => this.#feed.apply(await client.sync.cancel(entity, { portal })));
  }

  /** Holds the entity's run where it is. */
  async pause(entity: Entity): Promise<void> {
    const { client, portal } = this.#feed;
    if (!client || !this.dispatchEvent(new SyncPauseEvent({ entity }))) return;
    await this.#attempt(entity, async () => this.#feed.apply(await client.sync.pause(entity, { portal })));
  }

  /** Lets the entity's paused run go on. */
  async resume(entity: Entity): Promise<void> {
    const { client, portal } = this.#feed;
    if (!client || !this.dispatchEvent(new SyncResumeEvent({ entity }))) return;
    await this.#attempt(entity, async () => this.#feed.apply(await client.sync.resume(entity, { portal })));
  }

  get #texts(): SyncMessages {
    return this.locale.texts(syncTexts);
  }

  get #shown(): EntityStatus[] {
    const wanted = this.entities.split(/[\s,]+/).filter(Boolean);
    const all = this.#feed.status?.entities ?? [];
    return wanted.length > 0 ? all.filter(({ entity }) => wanted.includes(entity)) : all;
  }

  async #attempt(entity: Entity, ask: () => Promise<void>): Promise<void> {
    this.busy = new Set([...this.busy, entity]);
    this.failures = new Map([...this.failures].filter(([name]) => name !== entity));
    try {
      await ask();
    } catch (error) {
      const failure = toFailure(error);
      this.failures = new Map([...this.failures, [entity, failure]]);
      this.announcement = () =>
        this.#texts.announceFailed(this.#nameOf(entity), failureMessage(this.locale, failure).title);
    } finally {
      this.busy = new Set([...this.busy].filter((name) => name !== entity));
    }
  }

  #nameOf(entity: Entity): string {
    const status = this.#feed.status?.entities.find((one) => one.entity === entity);
    return status ? nameOf(this.locale, status) : entity;
  }

  /** The answer shows at once, unless the live connection was faster. */
  #showRun(entity: Entity, run: SyncRun): void {
    const status = this.#feed.status?.entities.find((one) => one.entity === entity);
    if (status && (status.run?.id ?? 0) < run.id) this.#feed.apply({ ...status, run });
  }

  #startAll(): void {
    this.#everythingOf = this.#feed.status?.portal;
    for (const status of this.#shown) {
      const { entity, run, lastCompletedAt } = status;
      if (isActive(run) || isUnavailable(status)) continue;
      void this.start(entity, lastCompletedAt ? "incremental" : "full");
    }
  }

  /** Who asked for everything meant what the portal has, also what only a run could find. */
  #startFound(status: EntityStatus): void {
    const { entity, run, lastCompletedAt } = status;
    if (this.#everythingOf === undefined || this.#everythingOf !== this.#feed.status?.portal) return;
    if (run || lastCompletedAt || isUnavailable(status)) return;
    if (this.#shown.some((one) => one.entity === entity)) void this.start(entity, "full");
  }

  #act(action: RowAction, status: EntityStatus): void {
    const { entity, run, rows, lastCompletedAt } = status;
    if (action === "details") this.#toggle(entity);
    else if (action === "pause") void this.pause(entity);
    else if (action === "resume") void this.resume(entity);
    // Stopping a long load throws the wait away, so it is asked; an update of changes is quickly repeated.
    else if (action === "stop" && run?.type === "full" && run.rowsRead > 0) void this.#ask(entity, "stop");
    else if (action === "stop") void this.cancel(entity);
    else if (action === "full" && lastCompletedAt && rows >= BIG) void this.#ask(entity, "full");
    else void this.start(entity, action);
  }

  #toggle(entity: Entity): void {
    const others = [...this.open].filter((one) => one !== entity);
    this.open = new Set(this.open.has(entity) ? others : [...others, entity]);
    if (this.open.size > 0) void import("../sync-details/sync-details.define.ts");
  }

  async #ask(entity: Entity, about: "stop" | "full"): Promise<void> {
    this.confirming = { entity, about };
    await this.updateComplete;
    this.#focus(entity, `${about}-no`);
  }

  async #answer(entity: Entity, yes: boolean): Promise<void> {
    const about = this.confirming?.about;
    this.confirming = undefined;
    if (yes) await (about === "full" ? this.start(entity, "full") : this.cancel(entity));
    await this.updateComplete;
    const actions = about === "full" ? ["full", "stop"] : ["stop", "incremental", "full"];
    actions.some((action) => this.#focus(entity, action));
  }

  #focus(entity: Entity, action: string): boolean {
    const button = this.renderRoot.querySelector<HTMLElement>(
      `[data-entity="${entity}"] [data-action="${action}"]`,
    );
    button?.focus();
    return Boolean(button);
  }

  #turn({ entity, run }: EntityStatus): void {
    if (!run) return;
    if (isActive(run)) {
      if (run.state === "paused") this.announcement = () => this.#texts.announcePaused(this.#nameOf(entity));
      if (run.state !== "running") return;
      this.announcement = () => this.#texts.announceStarted(this.#nameOf(entity));
      this.dispatchEvent(new SyncStartedEvent({ run }));
      return;
    }
    if (this.confirming?.entity === entity) this.confirming = undefined;
    this.announcement = () => this.#outcome(this.#nameOf(entity), run);
    this.dispatchEvent(new SyncFinishedEvent({ run }));
  }

  #outcome(name: string, run: SyncRun): string {
    const t = this.#texts;
    if (run.state === "completed") return t.announceFinished(name, run.rowsRead);
    if (run.state === "cancelled") return t.announceCancelled(name);
    const failure: Failure = { kind: "error", ...(run.error ?? {}) };
    return t.announceFailed(name, failureMessage(this.locale, failure).title);
  }

  #header(): TemplateResult {
    const t = this.#texts;
    const { status, connection, mayRun } = this.#feed;
    const overview = this.#overview();
    const idle = this.#shown.some(({ run }) => !isActive(run));
    const link = { open: t.live, connecting: t.connecting, offline: t.offline, closed: "" }[connection];
    return html`<header part="header">
      <div class="title">
        <h2>${this.heading || t.heading}</h2>
        <p class="portal">
          ${status ? html`<span>${status.portal}</span>` : nothing}
          ${overview ? html`<span>${overview}</span>` : nothing}
          ${status && link ? html`<span class="link ${connection}">${link}</span>` : nothing}
        </p>
      </div>
      ${
        status && !this.readonly && this.#shown.length > 0
          ? html`<button class="button primary" type="button" data-action="all" ?disabled=${!idle || !mayRun}
              @click=${() => this.#startAll()}>${icons.refresh}${t.startAll}</button>`
          : nothing
      }
    </header>`;
  }

  /** "12 видов данных · в работе: 2", where there are too many to count by eye. */
  #overview(): string {
    const runs = this.#shown.map(({ run }) => run);
    if (runs.length <= FEW) return "";
    const failed = this.#shown.filter((one) => one.run?.state === "failed" && !isUnavailable(one)).length;
    return this.#texts.overview(runs.length, runs.filter(isActive).length, failed);
  }

  /** Of many kinds of data, those of which there is something to say, and a few of the others. */
  #visible(): EntityStatus[] {
    const all = this.#shown;
    if (all.length <= MANY || this.unfolded) return all;
    const calm = (status: EntityStatus) =>
      (status.run === null || status.run.state === "completed") &&
      !needsAttention(status) &&
      !this.open.has(status.entity) &&
      !this.failures.has(status.entity);
    let room = FEW - all.filter((status) => !calm(status)).length;
    return all.filter((status) => !calm(status) || room-- > 0);
  }

  #folding(hidden: number): TemplateResult | typeof nothing {
    const t = this.#texts;
    if (hidden === 0 && !(this.unfolded && this.#shown.length > MANY)) return nothing;
    return html`<button class="fold" type="button" data-action="fold" aria-expanded=${this.unfolded}
      @click=${() => {
        this.unfolded = !this.unfolded;
      }}>${this.unfolded ? t.fold : t.others(hidden)}${icons.unfold}</button>`;
  }

  #rows(): TemplateResult {
    const t = this.#texts;
    const { mayRun, connection, failure, asOf, limits } = this.#feed;
    const visible = this.#visible();
    const stale = failure ?? (connection === "offline" ? ({ kind: "offline" } as const) : undefined);
    return html`${stale ? staleStrip(this.locale, { asOf, failure: stale }, () => this.#feed.retry()) : nothing}
      ${mayRun || this.readonly ? nothing : html`<p class="strip">${icons.lock}<span>${t.noRight}</span></p>`}
      <ul role="list">
        ${repeat(
          visible,
          ({ entity }) => entity,
          (status) =>
            entityRow(
              {
                locale: this.locale,
                t,
                mayRun,
                readonly: this.readonly,
                busy: this.busy.has(status.entity),
                confirming: this.confirming?.entity === status.entity ? this.confirming.about : undefined,
                open: this.open.has(status.entity),
                portal: this.portal,
                failure: this.failures.get(status.entity),
                act: (action, one) => this.#act(action, one),
                answer: ({ entity }, yes) => void this.#answer(entity, yes),
              },
              status,
            ),
        )}
      </ul>
      ${this.#folding(this.#shown.length - visible.length)}
      ${limits ? limitsView(this.locale, t, limits) : nothing}`;
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { status, failure, client } = this.#feed;
    if (status) return this.#rows();
    if (failure?.code === "unknown_portal" && !this.#feed.portal) {
      return emptyView(this.locale, { title: t.noPortalTitle, text: t.noPortalText });
    }
    if (failure) return failureView(this.locale, failure, () => this.#feed.retry());
    if (!client && !this.closest("b24-provider")) {
      return stateView(this.locale, { icon: "info", title: t.noProviderTitle, text: t.noProviderText });
    }
    return html`${loadingNote(this.locale)}
      <ul role="presentation" aria-hidden="true">
        ${[0, 1, 2, 3].map(
          () => html`<li class="row" role="presentation">
            <div class="name"><span class="skeleton wide"></span></div>
            <p class="rows"><span class="skeleton"></span></p>
            <div class="actions"><span class="skeleton action"></span></div>
            <div class="what"><span class="skeleton line"></span></div>
          </li>`,
        )}
      </ul>`;
  }

  protected override render(): TemplateResult {
    return html`<section class="card" part="card" aria-label=${this.heading || this.#texts.heading}>
      ${this.#header()} ${this.#body()}
      <p class="visually-hidden" aria-live="polite" role="status">${this.announcement()}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-sync-status": B24SyncStatus;
  }
}
