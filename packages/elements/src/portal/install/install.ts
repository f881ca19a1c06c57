import type { AnyErrorCode } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import {
  B24Element,
  ClientController,
  failureMessage,
  icons,
  panelStyles,
  stateView,
  textField,
  toFailure,
} from "../../core/index.ts";
import { InstallStartEvent } from "../events.ts";
import { readDomain } from "./domain.ts";
import { installStyles } from "./install.styles.ts";
import { type InstallMessages, installTexts } from "./messages.ts";

const words = (list: string): string[] => list.split(/[\s,]+/).filter(Boolean);

/**
 * Installs the application on a portal. Outside the portal it takes the portal's domain and leads to the page where
 * access is allowed; inside it, and after that page, it says what is being done, what was made and what comes next.
 * The server's pages tell it the stage and the outcome by attributes.
 *
 * @summary Installation of the application on a portal.
 * @tag b24-install
 * @event {InstallStartEvent} b24-install-start - The person goes to the portal to allow access; cancelable.
 * @csspart card - The whole card.
 * @csspart form - The form with the domain.
 * @csspart wrong - What is wrong with the domain.
 * @csspart state - The message while it installs, or after it failed.
 * @csspart finish - Button that tells the portal that the installation is finished.
 */
export class B24Install extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, installStyles];

  readonly #clients: ClientController = new ClientController(this, () => {});

  @state() private entered = "";
  @state() private checked = false;
  /** Where the person is being led. */
  @state() private redirecting: string | undefined;

  /** What to show: `form`, `installing`, `done`, `failed`, or `outside` where a page of the portal was opened by hand. */
  @property() stage: "form" | "installing" | "done" | "failed" | "outside" = "form";

  /** Address that begins the installation; by default `/bitrix/oauth/install` of the API. */
  @property() action = "";

  /** Scopes that the portal will be asked for, or was asked for, separated by spaces or commas. */
  @property() scopes = "";

  /** The domain to begin with; after the installation, the portal's host. */
  @property() domain = "";

  /** Origin of the portal, where `https` and the domain do not make it. */
  @property({ attribute: "portal-url" }) portalUrl = "";

  /** The page stands in the portal's frame: there is no other page to lead to. */
  @property({ type: Boolean }) framed = false;

  /** Buttons that were placed. */
  @property({ type: Number }) buttons = 0;

  /** Subscriptions to events that were made. */
  @property({ type: Number }) events = 0;

  /** The portal waits in its frame to be told that the installation is finished; the element tells it. */
  @property({ type: Boolean }) finish = false;

  /** The portal waits for the end of the installation, and only a page in its frame can tell it. */
  @property({ type: Boolean }) unfinished = false;

  /** Code of the error that the installation failed with. */
  @property() error: AnyErrorCode | "" = "";

  /** The server's own words on that error. */
  @property() detail = "";

  /** Number of the request that failed, for whoever reads the log. */
  @property({ attribute: "request-id" }) requestId = "";

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pageshow", this.#comeBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pageshow", this.#comeBack);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("domain") && this.domain) this.entered = this.domain;
    const finished = changed.has("stage") || changed.has("finish");
    if (finished && this.stage === "done" && this.finish) void this.#finish();
  }

  get #texts(): InstallMessages {
    return this.locale.texts(installTexts);
  }

  get #action(): string {
    const base = this.#clients.current?.baseUrl ?? location.origin;
    return new URL(this.action || `${base}/bitrix/oauth/install`, document.baseURI).href;
  }

  /** A page that is shown again from the browser's memory was left for the portal, and the person came back. */
  readonly #comeBack = (): void => {
    this.redirecting = undefined;
  };

  async #finish(): Promise<void> {
    const { openFrame } = await import("../../core/frame/frame.ts");
    openFrame()?.installFinish();
  }

  /** The browser sends the form itself, so that the answer may lead to the portal. */
  #submit(event: SubmitEvent): void {
    const { domain } = readDomain(this.entered);
    this.checked = true;
    if (domain === undefined || !this.dispatchEvent(new InstallStartEvent({ domain }))) {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>("#domain")?.focus();
      return;
    }
    this.redirecting = domain;
    if (new URL(this.#action).origin === location.origin) {
      this.renderRoot.querySelector<HTMLInputElement>("#domain")!.value = domain;
      return;
    }
    // The API takes the form from its own pages only: the person goes on there.
    event.preventDefault();
    location.assign(this.#action);
  }

  #wrong(): string | undefined {
    const t = this.#texts;
    const { fault } = readDomain(this.entered);
    if (!this.checked || !fault) return undefined;
    return fault === "short" ? t.short(this.entered.trim()) : t[fault];
  }

  #scopeList(lead: string): TemplateResult | typeof nothing {
    const t = this.#texts;
    const scopes = words(this.scopes);
    if (scopes.length === 0) return nothing;
    return html`<div><p>${lead}</p>
      <ul class="scopes">${scopes.map((scope) => html`<li>${t.scope[scope] ?? scope}</li>`)}</ul></div>`;
  }

  #form(): TemplateResult {
    const t = this.#texts;
    const { domain } = readDomain(this.entered);
    const plain = this.entered.trim().toLowerCase() === domain;
    return html`<p class="lead">${t.lead}</p>
      <form class="block fields" part="form" method="post" action=${this.#action} novalidate
        @submit=${(event: SubmitEvent) => this.#submit(event)}>
        ${textField({
          name: "domain",
          label: t.domain,
          value: this.entered,
          onInput: (value) => {
            this.entered = value;
            this.checked = false;
          },
          hint: t.domainHint,
          wrong: this.#wrong(),
          autocomplete: "url",
          maxlength: 500,
        })}
        ${domain && !plain ? html`<p class="understood" role="status">${t.understood(domain)}</p>` : nothing}
        ${this.#scopeList(t.asks)}
        <button class="button primary" type="submit" ?disabled=${this.redirecting !== undefined}>
          ${this.redirecting === undefined ? t.install : t.redirecting}
        </button>
        <p class="hint" role="status">${this.redirecting === undefined ? "" : t.redirectingText(this.redirecting)}</p>
      </form>`;
  }

  #done(): TemplateResult {
    const t = this.#texts;
    const url = this.portalUrl || `https://${this.domain}`;
    const toPortal = this.framed
      ? nothing
      : html`<a class="button primary" href="${url}/">${icons.external}${t.toPortal}</a>`;
    return html`<div class="block">
        <div class="note success">${icons.check}<div><p class="note-title">${t.done(this.domain)}</p></div></div>
        <ul class="made">
          ${this.buttons > 0 ? html`<li>${t.buttons(this.buttons)}</li>` : nothing}
          ${this.events > 0 ? html`<li>${t.events(this.events)}</li>` : nothing}
        </ul>
        ${this.#scopeList(t.granted)}
      </div>
      <div class="block"><h3>${t.next}</h3>
        <ol>${this.unfinished ? html`<li>${t.nextFinish}</li>` : nothing}<li>${t.nextOpen}</li><li>${t.nextSync}</li></ol>
        <div class="actions">
          ${
            this.finish
              ? html`<button class="button primary" type="button" part="finish" aria-describedby="finish-hint"
                  @click=${() => this.#finish()}>${t.finish}</button>`
              : toPortal
          }
        </div>
        ${this.finish ? html`<p class="hint" id="finish-hint">${t.finishText}</p>` : nothing}
      </div>`;
  }

  #failed(): TemplateResult {
    const { error: code, detail, requestId } = this;
    const failure = toFailure({ code, detail, message: detail, requestId });
    const t = this.#texts;
    return stateView(this.locale, {
      ...failureMessage(this.locale, failure),
      ...(code ? t.failure[code] : {}),
      action: this.framed
        ? nothing
        : html`<a class="button" href=${this.#action}>${icons.refresh}${t.again}</a>`,
    });
  }

  #outside(): TemplateResult {
    const { outside, outsideText, install } = this.#texts;
    const action = html`<a class="button" href=${this.#action}>${install}</a>`;
    return stateView(this.locale, { icon: "external", title: outside, text: outsideText, action });
  }

  #body(): TemplateResult {
    const t = this.#texts;
    if (this.stage === "done") return this.#done();
    if (this.stage === "failed") return this.#failed();
    if (this.stage === "form") return this.#form();
    if (this.stage === "outside") return this.#outside();
    return html`<div class="turning">${stateView(this.locale, { icon: "refresh", title: t.installing, text: t.installingText })}</div>`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    // In the frame the button was pressed, not an installation begun.
    const heading =
      this.stage === "outside" || (this.stage === "failed" && this.framed) ? t.application : t.heading;
    return html`<section class="card" part="card" aria-labelledby="heading" aria-busy=${this.stage === "installing"}>
      <header><h2 id="heading">${heading}</h2></header>
      ${this.#body()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-install": B24Install;
  }
}
