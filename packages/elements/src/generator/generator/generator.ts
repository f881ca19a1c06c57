import type { GenerationOrder, GeneratorFailure, GeneratorPreview, GeneratorRun } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import {
  B24Element,
  emptyView,
  type Failure,
  failureMessage,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  progressStyles,
  staleStrip,
  stateView,
  toFailure,
} from "../../core/index.ts";
import {
  GeneratorFinishedEvent,
  GeneratorStartEvent,
  GeneratorStopEvent,
  GeneratorUndoEvent,
} from "../events.ts";
import { GeneratorFeed } from "../generator-feed.ts";
import { shortSession } from "../log-lines.ts";
import { type GeneratorMessages, generatorTexts } from "../messages.ts";
import { isActive, leftOf, totalsOf } from "../run-state.ts";
import { type Draft, formView, toOrder } from "./form-view.ts";
import { generatorStyles } from "./generator.styles.ts";
import { historyView, logView, type Question, type RunViewContext, runView } from "./run-view.ts";

/**
 * Makes linked test data in the portal: companies, contacts, leads and deals; shows beforehand what it would be, and
 * live how far it is, in every tab of the person; deletes it again. The tab that has started a run owns it: when that
 * tab goes, the run stops.
 *
 * @summary Test data for the portal, with progress, results and undo.
 * @tag b24-generator
 * @event {GeneratorStartEvent} b24-generator-start - Test data is asked for; cancelable, before the element has it made.
 * @event {GeneratorStopEvent} b24-generator-stop - The run is to be stopped; cancelable.
 * @event {GeneratorUndoEvent} b24-generator-undo - A run's records are to be deleted; cancelable.
 * @event {GeneratorFinishedEvent} b24-generator-finished - A run has ended: completed, stopped, failed or undone.
 * @csspart card - The whole card.
 * @csspart header - The heading.
 * @csspart form - Counts and settings.
 * @csspart start - Button that makes the data.
 * @csspart preview - Button that shows what it would be.
 * @csspart preview-card - What it would be.
 * @csspart run - The run under way or the last one.
 * @csspart badge - A run's state in words.
 * @csspart progress - The progress bar.
 * @csspart stop - Button that stops the run.
 * @csspart resume - Button that continues a stopped run.
 * @csspart undo - Button that deletes what was made.
 * @csspart failures - Records that the portal refused.
 * @csspart results - The table of what was made.
 * @csspart log - The log, folded.
 * @csspart history - Earlier runs, folded.
 * @csspart error - What a run or a request failed with.
 * @csspart state - Message where there is nothing to show.
 */
export class B24Generator extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, progressStyles, generatorStyles];

  readonly #feed: GeneratorFeed = new GeneratorFeed(this, {
    portal: () => this.portal || undefined,
    onTurn: (run, before) => this.#turn(run, before),
  });

  #table: Promise<unknown> | undefined;

  @state() private draft: Draft | undefined;
  @state() private checked = false;
  @state() private busy = false;
  @state() private formFailure: Failure | undefined;
  @state() private runFailure: Failure | undefined;
  @state() private preview: GeneratorPreview | undefined;
  @state() private question: Question | undefined;
  @state() private refused: { id: string; list: readonly GeneratorFailure[] } | undefined;
  @state() private announcement: () => string = () => "";

  /** Host or id of the portal; by default the provider's. */
  @property() portal = "";

  /** Heading of the card; by default the element's own. */
  @property() heading = "";

  /** Shows runs and results without buttons. */
  @property({ type: Boolean }) readonly = false;

  /** Has test data made as its button would: asks the page by an event first. */
  async start(order: GenerationOrder): Promise<void> {
    const { client, portal, session } = this.#feed;
    if (!client || !this.dispatchEvent(new GeneratorStartEvent({ order }))) return;
    this.formFailure = await this.#attempt(async () => {
      const owned = session ? { ...order, session_id: session } : order;
      this.#feed.apply({ run: await client.generator.start(owned, { portal }), log: [] });
      this.preview = undefined;
    });
  }

  /** Stops the run under way as its button would. */
  async stop(): Promise<void> {
    const run = this.#feed.status?.run;
    const { client, portal } = this.#feed;
    if (!client || !run || !isActive(run) || !this.dispatchEvent(new GeneratorStopEvent({ run }))) return;
    await this.#onRun(async () =>
      this.#feed.apply({ run: await client.generator.stop(run.id, { portal }), log: [] }),
    );
  }

  /** Deletes a run's records without asking again; with `force` also those that people have edited. */
  async undo(run: GeneratorRun, force = false): Promise<void> {
    const { client, portal } = this.#feed;
    if (!client || !this.dispatchEvent(new GeneratorUndoEvent({ run, force }))) return;
    await this.#onRun(async () =>
      this.#feed.apply({ run: await client.generator.undo(run.id, { force }, { portal }), log: [] }),
    );
  }

  async #resume({ id }: GeneratorRun): Promise<void> {
    const { client, portal, session } = this.#feed;
    if (!client) return;
    await this.#onRun(async () =>
      this.#feed.apply({ run: await client.generator.resume(id, session || undefined, { portal }), log: [] }),
    );
  }

  get #texts(): GeneratorMessages {
    return this.locale.texts(generatorTexts);
  }

  get #form(): Draft {
    const { companies = 100, contacts = 100 } = this.#feed.status?.defaults ?? {};
    const counts = { company: String(companies), contact: String(contacts), lead: "0", deal: "0" };
    return this.draft ?? { counts, locale: "ru", seed: "" };
  }

  async #attempt(ask: () => Promise<void>): Promise<Failure | undefined> {
    this.busy = true;
    try {
      await ask();
      return undefined;
    } catch (error) {
      const failure = toFailure(error);
      this.announcement = () => failureMessage(this.locale, failure).title;
      return failure;
    } finally {
      this.busy = false;
    }
  }

  async #onRun(ask: () => Promise<void>): Promise<void> {
    this.runFailure = await this.#attempt(ask);
  }

  #order(): GenerationOrder | null {
    const order = toOrder(this.#form);
    this.checked = order === null;
    return order;
  }

  /** What was shown is no longer what would be made. */
  #edit(part: Partial<Draft>): void {
    this.draft = { ...this.#form, ...part };
    this.preview = undefined;
  }

  async #submit(): Promise<void> {
    const order = this.#order();
    if (order) await this.start(order);
    else await this.#focus('[aria-invalid="true"]');
  }

  async #show(): Promise<void> {
    const { client, portal } = this.#feed;
    const order = this.#order();
    if (!client || !order) return;
    this.formFailure = await this.#attempt(async () => {
      this.preview = await client.generator.preview(order, { portal });
      // What was shown is what will be made.
      this.draft = { ...this.#form, seed: String(this.preview.plan.seed) };
    });
  }

  async #ask(question: Question): Promise<void> {
    this.question = question;
    await this.#focus('[data-action="undo-no"]');
  }

  async #confirm(run: GeneratorRun, yes: boolean): Promise<void> {
    const { force } = this.question ?? { force: false };
    this.question = undefined;
    if (yes) await this.undo(run, force);
    else await this.#focus(`[data-run="${run.id}"]`);
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #turn(run: GeneratorRun, before: GeneratorRun | undefined): void {
    this.announcement = () => this.#words(run);
    if (isActive(run)) this.runFailure = undefined;
    else if (before) this.dispatchEvent(new GeneratorFinishedEvent({ run }));
  }

  #words(run: GeneratorRun): string {
    const t = this.#texts;
    if (run.state === "stopped" || run.state === "failed")
      return t.cancelled(shortSession(run.session), run.reason ?? "error", run.error?.detail ?? "");
    return `${t.heading}: ${t.states[run.state]}`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const run = this.#feed.status?.run;
    if (run && !isActive(run) && totalsOf(run).failed > 0 && this.refused?.id !== run.id)
      void this.#loadRefused(run.id);
    if (this.renderRoot.querySelector("b24-table")) this.#loadTable();
    const log = this.renderRoot.querySelector<HTMLElement>(".log ol");
    // Whoever has scrolled up reads; whoever is at the end follows.
    if (log && log.scrollHeight - log.scrollTop - log.clientHeight < 80) log.scrollTop = log.scrollHeight;
  }

  /** Its code comes with the first results; where it does not come, the next ones ask again. */
  #loadTable(): void {
    this.#table ??= import("../../core/table/table.define.ts").catch(() => {
      this.#table = undefined;
    });
  }

  async #loadRefused(id: string): Promise<void> {
    const { client, portal } = this.#feed;
    this.refused = { id, list: [] };
    const answer = await client?.generator.run(id, { portal }).catch(() => undefined);
    if (answer && this.refused.id === id) this.refused = { id, list: answer.failures };
  }

  #header(): TemplateResult {
    const t = this.#texts;
    return html`<header part="header">
      <div>
        <h2>${this.heading || t.heading}</h2>
        ${this.#feed.status ? html`<p class="lead">${t.lead(this.#feed.status.portal)}</p>` : nothing}
      </div>
    </header>`;
  }

  #content(): TemplateResult {
    const t = this.#texts;
    const { status, mayRun, connection, failure, asOf } = this.#feed;
    const run = status?.run ?? null;
    const stale = failure ?? (connection === "offline" ? ({ kind: "offline" } as const) : undefined);
    const context = this.#runContext(run);
    return html`${stale ? staleStrip(this.locale, { asOf, failure: stale }, () => this.#feed.retry()) : nothing}
      ${mayRun || this.readonly ? nothing : html`<p class="strip">${icons.lock}<span>${t.noRight}</span></p>`}
      ${run ? runView(context, run) : nothing} ${run ? this.#results(run) : nothing}
      ${run ? logView(context, run, status?.log ?? []) : nothing}
      ${isActive(run) || this.readonly ? nothing : this.#formView(run !== null)}
      ${historyView(context, status?.runs.filter(({ id }) => id !== run?.id) ?? [])}`;
  }

  #runContext(run: GeneratorRun | null): RunViewContext {
    return {
      locale: this.locale,
      t: this.#texts,
      session: this.#feed.session,
      mayRun: this.#feed.mayRun,
      readonly: this.readonly,
      busy: this.busy,
      occupied: isActive(this.#feed.status?.run),
      question: this.question,
      failure: this.runFailure,
      failures: this.refused && this.refused.id === run?.id ? this.refused.list : [],
      stop: () => void this.stop(),
      resume: (one) => void this.#resume(one),
      ask: (question) => void this.#ask(question),
      confirm: (one, yes) => void this.#confirm(one, yes),
    };
  }

  #formView(again: boolean): TemplateResult {
    return formView({
      locale: this.locale,
      t: this.#texts,
      draft: this.#form,
      checked: this.checked,
      busy: this.busy,
      disabled: !this.#feed.mayRun,
      failure: this.formFailure,
      preview: this.preview,
      again,
      change: (part) => this.#edit(part),
      count: (entity, text) => this.#edit({ counts: { ...this.#form.counts, [entity]: text } }),
      submit: () => void this.#submit(),
      ask: () => void this.#show(),
      hide: () => {
        this.preview = undefined;
      },
    });
  }

  /** The table, as long as something of it is there; made anew when the run has changed. */
  #results(run: GeneratorRun): TemplateResult | typeof nothing {
    const people = (run.counts.company?.created ?? 0) + (run.counts.contact?.created ?? 0);
    if (isActive(run) || people === 0 || leftOf(run) === 0) return nothing;
    return html`<div class="results" part="results">
      ${keyed(`${run.id} ${run.state} ${run.finishedAt}`, html`<b24-table query="generator-results" .params=${{ run: run.id }} heading=${this.#texts.results}></b24-table>`)}
    </div>`;
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { status, failure, client } = this.#feed;
    if (status) return this.#content();
    if (failure?.code === "unknown_portal" && !this.#feed.portal)
      return emptyView(this.locale, { title: t.noPortalTitle, text: t.noPortalText });
    if (failure) return failureView(this.locale, failure, () => this.#feed.retry());
    if (!client && !this.closest("b24-provider"))
      return stateView(this.locale, { icon: "info", title: t.noProviderTitle, text: t.noProviderText });
    return html`${loadingNote(this.locale)}
      <div class="block" aria-hidden="true"><span class="skeleton"></span><span class="skeleton"></span></div>`;
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
    "b24-generator": B24Generator;
  }
}
