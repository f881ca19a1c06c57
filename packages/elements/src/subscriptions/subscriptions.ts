import type { B24Client, Subscription } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import {
  B24Element,
  ClientController,
  copyField,
  emptyView,
  type Failure,
  failureView,
  loadingNote,
  panelStyles,
  portalContext,
  toFailure,
} from "../core/index.ts";
import { SubscriptionCreatedEvent, SubscriptionRemoveEvent, SubscriptionSwitchEvent } from "./events.ts";
import { type SubscriptionsMessages, subscriptionsTexts } from "./messages.ts";
import { draftFaults, EMPTY_DRAFT, type SubscriptionDraft, subscriptionForm } from "./subscription-form.ts";
import { IDLE, type RowState, subscriptionRow } from "./subscription-row.ts";
import { subscriptionsStyles } from "./subscriptions.styles.ts";

/**
 * Addresses that b24kit tells of a portal's runs and changed schemas, for administrators: adds one (its signing secret
 * is shown once), lists them with how they fare, sends a test, switches on and off, shows what was sent, deletes one
 * after asking.
 *
 * @summary Outgoing webhooks: add, try, switch, delete; what was sent.
 * @tag b24-subscriptions
 * @event {SubscriptionCreatedEvent} b24-subscription-created - An address was added; the secret stays in the element.
 * @event {SubscriptionSwitchEvent} b24-subscription-switch - An address is to be switched on or off; cancelable.
 * @event {SubscriptionRemoveEvent} b24-subscription-remove - An address is to be deleted; cancelable, after the person has confirmed it.
 * @csspart card - The whole card.
 * @csspart form - The form of a new address.
 * @csspart secret - The new address's secret, shown once.
 * @csspart row - One address.
 * @csspart badge - How an address fares.
 * @csspart result - What became of a test.
 * @csspart log - What was sent to an address.
 * @csspart error - What a request failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart state - The message where there are no rows to show.
 */
export class B24Subscriptions extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, subscriptionsStyles];

  readonly #portal = new ContextConsumer(this, { context: portalContext, subscribe: true });
  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    this.#begin(client, signal);
  });
  /** The portal that is shown. */
  #shown: string | undefined;

  @state() private subscriptions: readonly Subscription[] | undefined;
  @state() private failure: Failure | undefined;
  @state() private rows: ReadonlyMap<number, RowState> = new Map();
  @state() private draft: SubscriptionDraft | undefined;
  @state() private checked = false;
  @state() private creating = false;
  @state() private createFailure: Failure | undefined;
  @state() private secret: string | undefined;
  @state() private announcement: () => string = () => "";

  protected override willUpdate(): void {
    const client = this.#clients.current;
    if (client && this.#shown !== undefined && this.#shown !== (this.#portal.value ?? ""))
      this.#begin(client, this.#clients.signal);
  }

  get #texts(): SubscriptionsMessages {
    return this.locale.texts(subscriptionsTexts);
  }

  /** Another portal, or another person: nothing of before stays. */
  #begin(client: B24Client, signal: AbortSignal): void {
    this.#shown = this.#portal.value ?? "";
    this.subscriptions = undefined;
    this.rows = new Map();
    this.draft = undefined;
    this.secret = undefined;
    void this.#load(client, signal);
  }

  async #load(client: B24Client, signal: AbortSignal): Promise<void> {
    const shown = this.#shown;
    const current = () => !signal.aborted && this.#shown === shown;
    this.failure = undefined;
    try {
      await this.#read(client, this.#portal.value);
    } catch (error) {
      if (current()) this.failure = toFailure(error);
    }
  }

  async #read(client: B24Client, portal: string | undefined): Promise<void> {
    const { signal } = this.#clients;
    const subscriptions = await client.subscriptions.list({ signal, portal });
    if (!signal.aborted && this.#shown === (portal ?? "")) this.subscriptions = subscriptions;
  }

  async #create(): Promise<void> {
    const client = this.#clients.current;
    const { draft } = this;
    if (!client || !draft || this.creating) return;
    this.checked = true;
    this.createFailure = undefined;
    const [fault] = draftFaults(draft);
    if (fault) return this.#focus(`[name=${fault}]`);
    this.creating = true;
    const portal = this.#portal.value;
    try {
      const request = { url: draft.url.trim(), events: [...draft.events] };
      const { subscription, secret } = await client.subscriptions.create(request, { portal });
      if (this.#shown === (portal ?? "")) this.subscriptions = [subscription, ...(this.subscriptions ?? [])];
      this.#showSecret(subscription, secret);
    } catch (error) {
      this.createFailure = toFailure(error);
    } finally {
      this.creating = false;
    }
    await this.#focus(this.secret ? ".secret button" : "[aria-invalid=true]");
  }

  #showSecret(subscription: Subscription, secret: string): void {
    this.draft = undefined;
    this.secret = secret;
    this.announcement = () => this.#texts.announceMade(subscription.url);
    this.dispatchEvent(new SubscriptionCreatedEvent({ subscription }));
  }

  async #open(): Promise<void> {
    this.draft = EMPTY_DRAFT;
    this.secret = undefined;
    this.checked = false;
    this.createFailure = undefined;
    await this.#focus("#url");
  }

  async #close(): Promise<void> {
    this.draft = undefined;
    this.secret = undefined;
    await this.#focus("[data-action=add]");
  }

  #setRow(id: number, part: Partial<RowState>): void {
    this.rows = new Map(this.rows).set(id, { ...(this.rows.get(id) ?? IDLE), ...part });
  }

  /** Does something with an address, then reads how all of them fare. */
  async #attempt(id: number, deed: (client: B24Client, portal: string | undefined) => Promise<void>) {
    const client = this.#clients.current;
    if (!client || this.rows.get(id)?.busy) return;
    const portal = this.#portal.value;
    this.#setRow(id, { busy: true, failure: undefined, tested: undefined });
    try {
      await deed(client, portal);
      await this.#read(client, portal);
    } catch (error) {
      this.#setRow(id, { failure: toFailure(error) });
    } finally {
      this.#setRow(id, { busy: false });
    }
  }

  async #test({ id }: Subscription): Promise<void> {
    await this.#attempt(id, async (client, portal) => {
      const tested = await client.subscriptions.test(id, { portal });
      this.#setRow(id, { tested });
      if (this.rows.get(id)?.log.deliveries) await this.#readLog(id);
    });
    await this.#focus(`[data-subscription="${id}"] [data-action=test]`);
  }

  async #turn(subscription: Subscription, enabled: boolean): Promise<void> {
    const { id, url } = subscription;
    if (!this.dispatchEvent(new SubscriptionSwitchEvent({ subscription, enabled }))) return;
    await this.#attempt(id, async (client, portal) => {
      await client.subscriptions.change(id, { enabled }, { portal });
      this.announcement = () => (enabled ? this.#texts.announceOn(url) : this.#texts.announceOff(url));
    });
    await this.#focus(`[data-subscription="${id}"] [data-action=switch]`);
  }

  async #answer(subscription: Subscription, yes: boolean): Promise<void> {
    const { id, url } = subscription;
    this.#setRow(id, { confirming: false });
    if (yes && this.dispatchEvent(new SubscriptionRemoveEvent({ subscription })))
      await this.#attempt(id, async (client, portal) => {
        await client.subscriptions.remove(id, { portal });
        this.subscriptions = this.subscriptions?.filter((one) => one.id !== id);
        this.announcement = () => this.#texts.announceRemoved(url);
      });
    await this.updateComplete;
    const kept = `[data-subscription="${id}"] [data-action=remove]`;
    await this.#focus(this.renderRoot.querySelector(kept) ? kept : "[data-action=add]");
  }

  async #readLog(id: number): Promise<void> {
    const client = this.#clients.current;
    if (!client) return;
    const { signal } = this.#clients;
    try {
      const deliveries = await client.subscriptions.deliveries(id, { signal, portal: this.#portal.value });
      this.#setRow(id, { log: { deliveries } });
    } catch (error) {
      if (!signal.aborted) this.#setRow(id, { log: { failure: toFailure(error) } });
    }
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #secretView(secret: string): TemplateResult {
    const t = this.#texts;
    return html`<div class="block secret" part="secret" role="group" aria-label=${t.secretTitle}>
      <p class="note-title">${t.secretTitle}</p>
      <p>${t.secretText}</p>
      ${copyField(this.locale, t.secret, secret)}
      <div class="actions"><button class="button" type="button" data-action="done" @click=${() => this.#close()}>${t.done}</button></div>
    </div>`;
  }

  #form(draft: SubscriptionDraft): TemplateResult {
    return subscriptionForm({
      locale: this.locale,
      t: this.#texts,
      draft,
      checked: this.checked,
      busy: this.creating,
      failure: this.createFailure,
      change: (part) => {
        this.createFailure = undefined;
        if (this.draft) this.draft = { ...this.draft, ...part(this.draft) };
      },
      submit: () => void this.#create(),
      cancel: () => void this.#close(),
    });
  }

  #row(subscription: Subscription, now: number): TemplateResult {
    const { id } = subscription;
    return subscriptionRow(
      {
        locale: this.locale,
        t: this.#texts,
        now,
        row: this.rows.get(id) ?? IDLE,
        test: () => void this.#test(subscription),
        turn: (enabled) => void this.#turn(subscription, enabled),
        ask: () => {
          this.#setRow(id, { confirming: true });
          void this.#focus(`[data-subscription="${id}"] [data-action=no]`);
        },
        answer: (yes) => void this.#answer(subscription, yes),
        readLog: () => void this.#readLog(id),
      },
      subscription,
    );
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { subscriptions, failure } = this;
    const client = this.#clients.current;
    if (!subscriptions && failure)
      return failureView(this.locale, failure, () => client && void this.#load(client, this.#clients.signal));
    if (!subscriptions)
      return html`${loadingNote(this.locale)}<div class="row"><span class="skeleton"></span></div>`;
    const now = Date.now();
    const none = subscriptions.length === 0 && !this.draft;
    return html`${this.secret ? this.#secretView(this.secret) : nothing} ${this.draft ? this.#form(this.draft) : nothing}
      ${none ? emptyView(this.locale, { icon: "empty", title: t.emptyTitle, text: t.emptyText }) : nothing}
      <ul role="list">${repeat(
        subscriptions,
        ({ id }) => id,
        (subscription) => this.#row(subscription, now),
      )}</ul>`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header>
        <div><h2 id="heading">${t.heading}</h2><p class="lead">${t.lead}</p></div>
        ${
          this.subscriptions && !this.draft && !this.secret
            ? html`<button class="button" type="button" data-action="add" @click=${() => this.#open()}>${t.add}</button>`
            : nothing
        }
      </header>
      ${this.#body()}
      <p class="visually-hidden" role="status">${this.announcement()}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-subscriptions": B24Subscriptions;
  }
}
