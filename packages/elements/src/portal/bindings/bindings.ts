import type { B24Client, PortalBinding } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import {
  B24Element,
  ClientController,
  copyField,
  type Failure,
  failureNote,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  portalContext,
  textField,
  toFailure,
} from "../../core/index.ts";
import { BindingsRestoredEvent } from "../events.ts";
import { bindingsStyles } from "./bindings.styles.ts";
import { type BindingsMessages, bindingsTexts } from "./messages.ts";

/** What is shown: the bindings of an application, or what a webhook's owner can do. */
type Known =
  | { kind: "application"; bindings: readonly PortalBinding[] }
  | { kind: "webhook"; address: string };

const SHORTEST_TOKEN = 16;

/**
 * What a portal calls this server for: the application's buttons and events, with a button that makes again what is
 * missing. Where the portal is entered by a webhook only, the address and the token of an outgoing one.
 *
 * @summary Buttons and events of a portal: list, restore; the token of an outgoing webhook.
 * @tag b24-bindings
 * @event {BindingsRestoredEvent} b24-bindings-restored - What was missing was made, what was out of date taken away.
 * @csspart card - The whole card.
 * @csspart restore - Button that checks and restores.
 * @csspart form - The form for an outgoing webhook's token.
 * @csspart result - What was done last.
 * @csspart error - What a request failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart state - The message where nothing could be read.
 */
export class B24Bindings extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, bindingsStyles];

  readonly #portal = new ContextConsumer(this, { context: portalContext, subscribe: true });
  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    void this.#load(client, signal);
  });
  /** The portal that is shown. */
  #shown: string | undefined;

  @state() private known: Known | undefined;
  @state() private failure: Failure | undefined;
  @state() private busy = false;
  @state() private deedFailure: Failure | undefined;
  @state() private result: (() => string) | undefined;
  @state() private token = "";
  @state() private checked = false;

  protected override willUpdate(): void {
    const client = this.#clients.current;
    if (client && this.#shown !== undefined && this.#shown !== (this.#portal.value ?? ""))
      void this.#load(client, this.#clients.signal);
  }

  get #texts(): BindingsMessages {
    return this.locale.texts(bindingsTexts);
  }

  async #load(client: B24Client, signal: AbortSignal): Promise<void> {
    const portal = this.#portal.value;
    this.#shown = portal ?? "";
    this.known = undefined;
    this.failure = undefined;
    this.result = undefined;
    this.deedFailure = undefined;
    const current = () => !signal.aborted && this.#shown === (portal ?? "");
    try {
      const known = await this.#ask(client, signal, portal);
      if (current()) this.known = known;
    } catch (error) {
      if (current()) this.failure = toFailure(error);
    }
  }

  async #ask(client: B24Client, signal: AbortSignal, portal: string | undefined): Promise<Known> {
    try {
      return { kind: "application", bindings: await client.portals.bindings({ signal, portal }) };
    } catch (error) {
      if (toFailure(error).code !== "app_context_required") throw error;
      const { addresses } = await client.portals.applications({ signal });
      return { kind: "webhook", address: addresses.events };
    }
  }

  async #attempt(deed: (client: B24Client, portal: string | undefined) => Promise<void>): Promise<void> {
    const client = this.#clients.current;
    if (!client || this.busy) return;
    this.busy = true;
    this.deedFailure = undefined;
    this.result = undefined;
    try {
      await deed(client, this.#portal.value);
    } catch (error) {
      this.deedFailure = toFailure(error);
    } finally {
      this.busy = false;
    }
  }

  #restore(): Promise<void> {
    return this.#attempt(async (client, portal) => {
      const rebound = await client.portals.restoreBindings({ portal });
      this.known = { kind: "application", bindings: await client.portals.bindings({ portal }) };
      const [made, removed] = [rebound.made.length, rebound.removed.length];
      this.result = () => (made + removed > 0 ? this.#texts.restored(made, removed) : this.#texts.complete);
      this.dispatchEvent(new BindingsRestoredEvent(rebound));
    });
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.checked = true;
    const token = this.token.trim();
    if (token.length < SHORTEST_TOKEN) {
      this.renderRoot.querySelector<HTMLElement>("#token")?.focus();
      return;
    }
    await this.#attempt(async (client, portal) => {
      await client.portals.putEventToken(token, { portal });
      this.token = "";
      this.checked = false;
      this.result = () => this.#texts.saved;
    });
  }

  #group(
    heading: string,
    bindings: readonly PortalBinding[],
    name: (code: string) => string,
  ): TemplateResult {
    const t = this.#texts;
    const own = this.#clients.current ? new URL(this.#clients.current.baseUrl).host : "";
    const item = ({ code, handler }: PortalBinding) => {
      const host = URL.canParse(handler) ? new URL(handler).host : handler;
      return html`<li title=${code}>${name(code)}${host === own ? nothing : html` <span class="facts">${t.elsewhere(host)}</span>`}</li>`;
    };
    return html`<div><h3>${heading} <span class="count tabular">${bindings.length}</span></h3>
      ${bindings.length === 0 ? html`<p class="facts">${t.nothing}</p>` : html`<ul role="list">${bindings.map(item)}</ul>`}</div>`;
  }

  #application(bindings: readonly PortalBinding[]): TemplateResult {
    const t = this.#texts;
    const of = (kind: PortalBinding["kind"]) => bindings.filter((binding) => binding.kind === kind);
    return html`<div class="block groups">
        ${this.#group(t.placements, of("placement"), t.placement)}
        ${this.#group(t.events, of("event"), t.event)}
      </div>`;
  }

  #webhook(address: string): TemplateResult {
    const t = this.#texts;
    const wrong = this.checked && this.token.trim().length < SHORTEST_TOKEN;
    return html`<form class="block fields" part="form" novalidate @submit=${(event: SubmitEvent) => this.#save(event)}>
      <h3>${t.webhookTitle}</h3>
      <p class="hint">${t.webhookText}</p>
      ${copyField(this.locale, t.address, address)}
      ${textField({
        name: "token",
        label: t.token,
        hint: t.tokenHint,
        type: "password",
        value: this.token,
        onInput: (value) => {
          this.token = value;
          this.checked = false;
        },
        wrong: wrong ? t.tokenWrong : undefined,
        disabled: this.busy,
        maxlength: 200,
      })}
      <div class="actions"><button class="button primary" type="submit" data-action="save" ?disabled=${this.busy}>
        ${this.busy ? t.saving : t.save}</button></div>
    </form>`;
  }

  #body(): TemplateResult {
    const { known, failure } = this;
    if (failure) {
      const client = this.#clients.current;
      return failureView(this.locale, failure, () => client && void this.#load(client, this.#clients.signal));
    }
    if (!known) return html`${loadingNote(this.locale)}<div class="row"><span class="skeleton"></span></div>`;
    const note = this.deedFailure
      ? html`<div class="block">${failureNote(this.locale, this.deedFailure)}</div>`
      : nothing;
    const done = this.result
      ? html`<div class="note success result" part="result" role="status">${icons.check}<div><p>${this.result()}</p></div></div>`
      : nothing;
    return html`${done}${note}${known.kind === "application" ? this.#application(known.bindings) : this.#webhook(known.address)}`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    const button = html`<button class="button" type="button" part="restore" data-action="restore" ?disabled=${this.busy}
      @click=${() => this.#restore()}>${icons.refresh}${this.busy ? t.restoring : t.restore}</button>`;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header><div><h2 id="heading">${t.heading}</h2><p class="lead">${t.lead}</p></div>
        ${this.known?.kind === "application" ? button : nothing}
      </header>
      ${this.#body()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-bindings": B24Bindings;
  }
}
