import type { Applications, B24Client, LocalApplication } from "@b24kit/client";
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
  toFailure,
} from "../../core/index.ts";
import { ApplicationKeptEvent, ApplicationRemoveEvent } from "../events.ts";
import { applicationForm, draftFaults, EMPTY_DRAFT, readDraft } from "./application-form.ts";
import { applicationsStyles } from "./applications.styles.ts";
import { type ApplicationsMessages, applicationsTexts } from "./messages.ts";

const hostOf = ({ url }: LocalApplication): string => new URL(url).host;

/**
 * The keys of local applications, for administrators: what an application's card in a portal needs, the form for what
 * the card then shows, the portals that have one, and how to forget one.
 *
 * @summary Local applications of portals: keep their keys, forget them.
 * @tag b24-applications
 * @event {ApplicationKeptEvent} b24-application-kept - The keys of an application were kept.
 * @event {ApplicationRemoveEvent} b24-application-remove - Keys are to be forgotten; cancelable, after the person has confirmed it.
 * @csspart card - The whole card.
 * @csspart form - The form for a new application's keys.
 * @csspart row - One application.
 * @csspart result - What was done last.
 * @csspart error - What a request failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart state - The message where nothing could be read.
 */
export class B24Applications extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, applicationsStyles];

  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    this.known = undefined;
    void this.#load(client, signal);
  });

  @state() private known: Applications | undefined;
  @state() private failure: Failure | undefined;
  @state() private draft = EMPTY_DRAFT;
  @state() private checked = false;
  @state() private busy = false;
  @state() private formFailure: Failure | undefined;
  /** Host whose application is to be forgotten. */
  @state() private removing: string | undefined;
  @state() private removeFailure: Failure | undefined;
  @state() private result: { host: string; deed: "saved" | "removed" } | undefined;

  get #texts(): ApplicationsMessages {
    return this.locale.texts(applicationsTexts);
  }

  async #load(client: B24Client, signal: AbortSignal): Promise<void> {
    this.failure = undefined;
    try {
      this.known = await client.portals.applications({ signal });
    } catch (error) {
      if (!signal.aborted) this.failure = toFailure(error);
    }
  }

  async #save(): Promise<void> {
    const client = this.#clients.current;
    if (!client || this.busy) return;
    this.checked = true;
    this.formFailure = undefined;
    const [fault] = draftFaults(this.draft);
    if (fault) return this.#focus(`#${fault}`);
    this.busy = true;
    try {
      const kept = await client.portals.putApplication(readDraft(this.draft));
      this.draft = EMPTY_DRAFT;
      this.checked = false;
      this.result = { host: hostOf(kept), deed: "saved" };
      this.dispatchEvent(new ApplicationKeptEvent({ application: kept }));
      await this.#load(client, this.#clients.signal);
    } catch (error) {
      this.formFailure = toFailure(error);
    } finally {
      this.busy = false;
    }
  }

  async #remove(application: LocalApplication): Promise<void> {
    const client = this.#clients.current;
    const host = hostOf(application);
    this.removing = undefined;
    this.removeFailure = undefined;
    if (!client || !this.dispatchEvent(new ApplicationRemoveEvent({ application }))) return;
    try {
      await client.portals.removeApplication(host);
      this.result = { host, deed: "removed" };
      await this.#load(client, this.#clients.signal);
    } catch (error) {
      this.removeFailure = toFailure(error);
    }
    await this.#focus("#url");
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #question(application: LocalApplication): TemplateResult {
    const t = this.#texts;
    const host = hostOf(application);
    const keep = () => {
      this.removing = undefined;
      void this.#focus(`[data-host="${host}"] [data-action=remove]`);
    };
    return html`<div class="question" role="group" aria-label=${t.removeOf(host)}>
      <p>${t.removeQuestion(host)}</p>
      <div class="actions">
        <button class="button danger" type="button" data-action="yes" @click=${() => this.#remove(application)}>${t.removeYes}</button>
        <button class="button quiet" type="button" data-action="no" @click=${keep}>${t.removeNo}</button>
      </div>
    </div>`;
  }

  #row(application: LocalApplication): TemplateResult {
    const t = this.#texts;
    const host = hostOf(application);
    const ask = () => {
      this.removing = host;
      void this.#focus("[data-action=no]");
    };
    return html`<li class="row" part="row" data-host=${host}>
      <div class="row-head"><h3>${host}</h3>
        ${
          this.removing === host
            ? nothing
            : html`<div class="actions"><button class="button quiet" type="button" data-action="remove"
                aria-label=${t.removeOf(host)} @click=${ask}>${t.remove}</button></div>`
        }
      </div>
      <p class="facts">${application.clientId}</p>
      ${this.removing === host ? this.#question(application) : nothing}
    </li>`;
  }

  #result(): TemplateResult | typeof nothing {
    if (!this.result) return nothing;
    const t = this.#texts;
    const { host, deed } = this.result;
    const install = `${this.#clients.current?.baseUrl ?? ""}/bitrix/oauth/install`;
    return html`<div class="note success result" part="result" role="status">${icons.check}<div>
      <p>${t[deed](host)}</p>
      ${deed === "saved" ? html`<p>${t.next} <a href=${install}>${t.toInstall}</a>.</p>` : nothing}
    </div></div>`;
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { known, failure } = this;
    if (failure) {
      const client = this.#clients.current;
      return failureView(this.locale, failure, () => client && void this.#load(client, this.#clients.signal));
    }
    if (!known) return html`${loadingNote(this.locale)}<div class="row"><span class="skeleton"></span></div>`;
    const { applications, ofSettings, addresses } = known;
    return html`${this.#result()}
      ${this.removeFailure ? html`<div class="block">${failureNote(this.locale, this.removeFailure)}</div>` : nothing}
      ${applications.length > 0 ? html`<ul role="list">${applications.map((one) => this.#row(one))}</ul>` : html`<p class="block facts">${t.none}</p>`}
      ${ofSettings ? html`<p class="block facts">${t.ofSettings(ofSettings)}</p>` : nothing}
      <details class="card-help"><summary>${t.cardTitle}</summary><div class="block fields">
        <p class="hint">${t.cardText}</p>
        ${copyField(this.locale, t.handler, addresses.handler)}
        ${copyField(this.locale, t.install, addresses.install)}
        <p>${t.scopes}</p>
      </div></details>
      ${applicationForm({
        locale: this.locale,
        t,
        draft: this.draft,
        checked: this.checked,
        busy: this.busy,
        failure: this.formFailure,
        enter: (draft) => {
          this.draft = draft;
          this.checked = false;
          this.formFailure = undefined;
        },
        submit: () => void this.#save(),
      })}`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header><div><h2 id="heading">${t.heading}</h2><p class="lead">${t.lead}</p></div></header>
      ${this.#body()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-applications": B24Applications;
  }
}
