import type { B24Client, Entity, RunLog, SyncConfig, SyncRun } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import { type CSSResultGroup, html, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import {
  B24Element,
  ClientController,
  type Failure,
  failureView,
  loadingNote,
  panelStyles,
  portalContext,
  toFailure,
} from "../../core/index.ts";
import { SyncConfiguredEvent, SyncConfigureEvent } from "../events.ts";
import { type DetailsMessages, detailsTexts } from "./messages.ts";
import { runHistory } from "./run-history.ts";
import { readInterval, type ScheduleDraft, scheduleForm, toDraft } from "./schedule-form.ts";
import { syncDetailsStyles } from "./sync-details.styles.ts";

/** Runs that are shown at once. */
const PAGE = 5;

interface Call {
  client: B24Client;
  options: { portal?: string; signal: AbortSignal };
}

/**
 * One entity of the mirror in depth: how it is kept up to date, to be changed here; what ran before; and what each run
 * had to say. `<b24-sync-status>` opens it below an entity's row.
 *
 * @summary Schedule, history and logs of one mirrored entity.
 * @tag b24-sync-details
 * @event {SyncConfigureEvent} b24-sync-configure - The schedule is to be changed; cancelable, before it is.
 * @event {SyncConfiguredEvent} b24-sync-configured - The schedule was changed.
 * @csspart schedule - The form of the schedule.
 * @csspart run - One run of the history.
 * @csspart log - What a run had to say.
 * @csspart wrong - What is wrong with a field.
 * @csspart error - What a run or a request failed with.
 * @csspart state - The message where nothing can be shown.
 */
export class B24SyncDetails extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, syncDetailsStyles];

  readonly #clients: ClientController = new ClientController(this, () => void this.#load());
  readonly #portals: ContextConsumer<typeof portalContext, this> = new ContextConsumer(this, {
    context: portalContext,
    subscribe: true,
  });

  @state() private config: SyncConfig | undefined;
  @state() private runs: readonly SyncRun[] | undefined;
  @state() private more = false;
  @state() private failure: Failure | undefined;
  @state() private draft: ScheduleDraft | undefined;
  @state() private checked = false;
  @state() private busy = false;
  @state() private saved = false;
  @state() private saveFailure: Failure | undefined;
  @state() private open: number | undefined;
  @state() private log: RunLog | undefined;
  @state() private logFailure: Failure | undefined;

  /** The entity, in the portal's own word: `deal`, `contact`. */
  @property() entity = "deal";

  /** Host or id of the portal; by default the provider's. */
  @property() portal = "";

  /** Shows the schedule without letting it be changed. */
  @property({ type: Boolean }) readonly = false;

  /** Whatever changes with the entity's run, e.g. its id and state: the history is then asked for again. */
  @property() revision = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return; // the first client loads
    if (changed.has("entity") || changed.has("portal")) void this.#load();
    else if (changed.has("revision") && this.runs) void this.#refresh();
  }

  get #texts(): DetailsMessages {
    return this.locale.texts(detailsTexts);
  }

  get #call(): Call | undefined {
    const client = this.#clients.current;
    const portal = this.portal || this.#portals.value;
    return client && { client, options: { ...(portal ? { portal } : {}), signal: this.#clients.signal } };
  }

  async #load(): Promise<void> {
    const call = this.#call;
    if (!call) return;
    const { entity } = this;
    Object.assign(this, { config: undefined, runs: undefined, draft: undefined, open: undefined });
    this.failure = undefined;
    try {
      const [configs, runs] = await Promise.all([
        call.client.sync.config(call.options),
        this.#read(call, PAGE),
      ]);
      if (entity !== this.entity) return;
      this.config = configs.find(({ entity_type }) => entity_type === entity);
      this.draft = this.config && toDraft(this.config);
      this.runs = runs;
    } catch (error) {
      if (!call.options.signal.aborted) this.failure = toFailure(error);
    }
  }

  async #read(call: Call, limit: number, before?: number): Promise<SyncRun[]> {
    const asked = { entity: this.entity as Entity, limit: limit + 1, ...(before ? { before } : {}) };
    const runs = await call.client.sync.runs(asked, call.options);
    this.more = runs.length > limit;
    return runs.slice(0, limit);
  }

  /** The run has moved on: so have its line and its open log. A failure leaves what is shown. */
  async #refresh(): Promise<void> {
    const call = this.#call;
    if (!call) return;
    try {
      this.runs = await this.#read(call, Math.max(PAGE, this.runs?.length ?? 0));
      if (this.open !== undefined) this.log = await call.client.sync.log(this.open, call.options);
    } catch {
      // The next change asks again.
    }
  }

  async #showMore(): Promise<void> {
    const call = this.#call;
    const { runs = [] } = this;
    if (!call) return;
    try {
      this.runs = [...runs, ...(await this.#read(call, PAGE, runs.at(-1)?.id))];
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  async #toggle(run: SyncRun): Promise<void> {
    const call = this.#call;
    this.open = this.open === run.id ? undefined : run.id;
    this.log = undefined;
    this.logFailure = undefined;
    if (this.open === undefined || !call) return;
    try {
      const log = await call.client.sync.log(run.id, call.options);
      if (this.open === run.id) this.log = log;
    } catch (error) {
      if (this.open === run.id) this.logFailure = toFailure(error);
    }
  }

  async #save(): Promise<void> {
    const call = this.#call;
    const { draft, config } = this;
    if (!call || !draft || !config || this.busy) return;
    const interval = readInterval(draft.interval);
    this.checked = true;
    if (draft.enabled && interval === null) {
      await this.updateComplete;
      return this.renderRoot.querySelector<HTMLElement>("#interval")?.focus();
    }
    const change = {
      entity_type: config.entity_type,
      enabled: draft.enabled,
      ...(interval === null ? {} : { sync_interval_minutes: interval }),
      webhook_enabled: draft.webhooks,
      contract: draft.contract,
    };
    if (!this.dispatchEvent(new SyncConfigureEvent({ change }))) return;
    this.busy = true;
    this.saveFailure = undefined;
    try {
      this.config = await call.client.sync.configure(change, call.options);
      this.draft = toDraft(this.config);
      this.saved = true;
      this.checked = false;
      this.dispatchEvent(new SyncConfiguredEvent({ config: this.config }));
    } catch (error) {
      this.saveFailure = toFailure(error);
    } finally {
      this.busy = false;
    }
  }

  #change(part: Partial<ScheduleDraft>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
    this.saved = false;
  }

  #schedule(draft: ScheduleDraft): TemplateResult {
    const { checked, busy, saved, locale } = this;
    return scheduleForm({
      ...{ locale, t: this.#texts, draft, checked, busy, saved },
      disabled: this.readonly,
      failure: this.saveFailure,
      change: (part) => this.#change(part),
      submit: () => void this.#save(),
    });
  }

  #history(runs: readonly SyncRun[]): TemplateResult {
    const { open, log, logFailure, more, locale } = this;
    return runHistory({
      ...{ locale, t: this.#texts, runs, more, open, log, logFailure },
      toggle: (run) => void this.#toggle(run),
      showMore: () => void this.#showMore(),
    });
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    if (this.failure) return failureView(this.locale, this.failure, () => void this.#load());
    const line = html`<p><span class="skeleton line"></span></p>`;
    return html`<div class="parts">
      ${this.runs ? "" : loadingNote(this.locale)}
      <div ?hidden=${!this.draft && this.runs}><h4>${t.schedule}</h4>${this.draft ? this.#schedule(this.draft) : line}</div>
      <div><h4>${t.history}</h4>${this.runs ? this.#history(this.runs) : [line, line, line]}</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-sync-details": B24SyncDetails;
  }
}
