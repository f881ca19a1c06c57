import type { ApiKey, B24Client } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import {
  B24Element,
  ClientController,
  emptyView,
  type Failure,
  failureView,
  loadingNote,
  panelStyles,
  toFailure,
} from "../core/index.ts";
import { KeyCreatedEvent, KeyRevokeEvent } from "./events.ts";
import { EMPTY_DRAFT, type KeyDraft, keyForm } from "./key-form.ts";
import { keyRow, keyState } from "./key-row.ts";
import { keysStyles } from "./keys.styles.ts";
import { type KeysMessages, keysTexts } from "./messages.ts";

const DAY = 86_400_000;

/**
 * API keys for administrators: makes one (its secret is shown once), lists them with what they may and when they were
 * used, ends one after asking.
 *
 * @summary API keys: make, list, revoke.
 * @tag b24-keys
 * @event {KeyCreatedEvent} b24-key-created - A key was made; the secret stays in the element.
 * @event {KeyRevokeEvent} b24-key-revoke - A key is to be ended; cancelable, after the person has confirmed it.
 * @csspart card - The whole card.
 * @csspart form - The form of a new key.
 * @csspart secret - The new key, shown once.
 * @csspart row - One key.
 * @csspart badge - A key's state.
 * @csspart revoke - Button that ends a key.
 * @csspart error - What a request failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart state - The message where there are no rows to show.
 */
export class B24Keys extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, keysStyles];

  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    this.keys = undefined;
    this.secret = undefined;
    void this.#load(client, signal);
  });

  @state() private keys: readonly ApiKey[] | undefined;
  @state() private failure: Failure | undefined;
  @state() private draft: KeyDraft | undefined;
  @state() private checked = false;
  @state() private creating = false;
  @state() private createFailure: Failure | undefined;
  @state() private secret: string | undefined;
  @state() private copied: "copied" | "selected" | undefined;
  @state() private confirming: string | undefined;
  @state() private revoking: string | undefined;
  @state() private revokeFailure: { id: string; failure: Failure } | undefined;
  @state() private announcement: () => string = () => "";

  get #texts(): KeysMessages {
    return this.locale.texts(keysTexts);
  }

  async #load(client: B24Client, signal: AbortSignal): Promise<void> {
    this.failure = undefined;
    try {
      this.keys = await client.keys.list({ signal });
    } catch (error) {
      if (!signal.aborted) this.failure = toFailure(error);
    }
  }

  async #create(): Promise<void> {
    const client = this.#clients.current;
    const { draft } = this;
    if (!client || !draft || this.creating) return;
    this.checked = true;
    if (draft.name.trim() === "" || draft.rights.length === 0)
      return this.#focus("[aria-invalid=true], [name=rights]");
    this.creating = true;
    this.createFailure = undefined;
    try {
      const expiresAt = draft.days === null ? null : new Date(Date.now() + draft.days * DAY).toISOString();
      const request = { name: draft.name.trim(), rights: [...draft.rights], expiresAt };
      const { key, secret } = await client.keys.create(request);
      this.keys = [key, ...(this.keys ?? [])];
      this.#showSecret(key, secret);
    } catch (error) {
      this.createFailure = toFailure(error);
    } finally {
      this.creating = false;
    }
    if (this.secret) await this.#focus("[data-action=copy]");
  }

  #showSecret(key: ApiKey, secret: string): void {
    this.draft = undefined;
    this.secret = secret;
    this.copied = undefined;
    this.announcement = () => this.#texts.announceMade(key.name);
    this.dispatchEvent(new KeyCreatedEvent({ key }));
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.secret ?? "");
      this.copied = "copied";
    } catch {
      getSelection()?.selectAllChildren(this.renderRoot.querySelector("code.key") as Node);
      this.copied = "selected";
    }
  }

  async #open(): Promise<void> {
    this.draft = EMPTY_DRAFT;
    this.checked = false;
    this.createFailure = undefined;
    await this.#focus("#name");
  }

  async #close(): Promise<void> {
    this.draft = undefined;
    this.secret = undefined;
    await this.#focus("[data-action=add]");
  }

  async #answer(key: ApiKey, yes: boolean): Promise<void> {
    this.confirming = undefined;
    if (yes) await this.#revoke(key);
    const kept = `[data-key="${key.id}"] [data-action=revoke]`;
    await this.updateComplete;
    await this.#focus(this.renderRoot.querySelector(kept) ? kept : "[data-action=add]");
  }

  async #revoke(key: ApiKey): Promise<void> {
    const client = this.#clients.current;
    if (!client || !this.dispatchEvent(new KeyRevokeEvent({ key }))) return;
    this.revoking = key.id;
    this.revokeFailure = undefined;
    try {
      await client.keys.revoke(key.id);
      const revokedAt = new Date().toISOString();
      this.keys = this.keys?.map((one) => (one.id === key.id ? { ...one, revokedAt } : one));
      this.announcement = () => this.#texts.announceRevoked(key.name);
    } catch (error) {
      this.revokeFailure = { id: key.id, failure: toFailure(error) };
    } finally {
      this.revoking = undefined;
    }
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #secretView(): TemplateResult {
    const t = this.#texts;
    const said = this.copied ? t[this.copied] : t.copy;
    return html`<div class="secret" part="secret" role="group" aria-label=${t.secretTitle}>
      <p class="note-title">${t.secretTitle}</p>
      <p>${t.secretText}</p>
      <code class="key">${this.secret}</code>
      <div class="actions">
        <button class="button primary" type="button" data-action="copy" @click=${() => this.#copy()}>${said}</button>
        <button class="button" type="button" data-action="done" @click=${() => this.#close()}>${t.done}</button>
      </div>
    </div>`;
  }

  #form(draft: KeyDraft): TemplateResult {
    return keyForm({
      locale: this.locale,
      t: this.#texts,
      draft,
      checked: this.checked,
      busy: this.creating,
      failure: this.createFailure,
      change: (part) => {
        // Of the moment: two changes may come before the next drawing.
        if (this.draft) this.draft = { ...this.draft, ...part };
      },
      submit: () => void this.#create(),
      cancel: () => void this.#close(),
    });
  }

  #list(keys: readonly ApiKey[], now: number): TemplateResult {
    const row = (key: ApiKey) =>
      keyRow(
        {
          locale: this.locale,
          t: this.#texts,
          now,
          busy: this.revoking === key.id,
          confirming: this.confirming === key.id,
          failure: this.revokeFailure?.id === key.id ? this.revokeFailure.failure : undefined,
          ask: ({ id }) => {
            this.confirming = id;
            void this.#focus("[data-action=no]");
          },
          answer: (one, yes) => void this.#answer(one, yes),
        },
        key,
      );
    return html`<ul role="list">${repeat(keys, ({ id }) => id, row)}</ul>`;
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { keys, failure } = this;
    const client = this.#clients.current;
    if (!keys && failure)
      return failureView(this.locale, failure, () => client && void this.#load(client, this.#clients.signal));
    if (!keys) return html`${loadingNote(this.locale)}<div class="row"><span class="skeleton"></span></div>`;
    const now = Date.now();
    const active = keys.filter((key) => keyState(key, now) === "active");
    const ended = keys.filter((key) => keyState(key, now) !== "active");
    return html`${this.secret ? this.#secretView() : nothing} ${this.draft ? this.#form(this.draft) : nothing}
      ${keys.length === 0 && !this.draft ? emptyView(this.locale, { icon: "lock", title: t.emptyTitle, text: t.emptyText }) : nothing}
      ${this.#list(active, now)}
      ${ended.length > 0 ? html`<details><summary>${t.ended(ended.length)}</summary>${this.#list(ended, now)}</details>` : nothing}`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header>
        <div><h2 id="heading">${t.heading}</h2><p class="lead">${t.lead}</p></div>
        ${
          this.keys && !this.draft
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
    "b24-keys": B24Keys;
  }
}
