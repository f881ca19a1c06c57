import type { B24Client, Portal } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import {
  B24Element,
  ClientController,
  emptyView,
  type Failure,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  staleStrip,
  toFailure,
} from "../../core/index.ts";
import { PortalConnectedEvent, PortalRemoveEvent, PortalsEvent } from "../events.ts";
import { type PortalMessages, portalTexts } from "../messages.ts";
import { addressFault, connectForm } from "./connect-form.ts";
import { portalRow, type Removal } from "./portal-row.ts";
import { portalsStyles } from "./portals.styles.ts";

/** The list is read again this often while the page is looked at, in milliseconds. */
const TICK = 30_000;

/** What the caller may do here, as far as it is known. */
interface Rights {
  check: boolean;
  admin: boolean;
}

/** A portal's row, as far as its own requests go. */
interface Busy {
  id: number;
  deed: "check" | "remove";
}

/**
 * The connected portals: how each of them is, what went wrong last and what helps; connects one by its webhook, asks
 * one again, removes one with its data after its name was entered.
 *
 * @summary Bitrix24 portals: connect, check, remove.
 * @tag b24-portals
 * @event {PortalsEvent} b24-portals-listed - The list was read, or has changed.
 * @event {PortalConnectedEvent} b24-portal-connected - A portal was connected by its webhook.
 * @event {PortalRemoveEvent} b24-portal-remove - A portal is to be removed; cancelable, after the person has confirmed it.
 * @csspart card - The whole card.
 * @csspart row - One portal.
 * @csspart badge - A portal's state.
 * @csspart check - Button that asks the portal again.
 * @csspart remove - Button that removes the portal.
 * @csspart form - The form that connects a portal.
 * @csspart error - What a portal or a request failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart stale - Strip that says that the list could not be read again.
 * @csspart state - The message where there are no rows to show.
 */
export class B24Portals extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, portalsStyles];

  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    this.portals = undefined;
    this.rights = undefined;
    void this.#load(client, signal);
    void this.#askRights(client, signal);
  });
  #timer: ReturnType<typeof setInterval> | undefined;
  #asOf = 0;

  @state() private portals: readonly Portal[] | undefined;
  @state() private rights: Rights | undefined;
  @state() private failure: Failure | undefined;
  @state() private address = "";
  @state() private addressChecked = false;
  @state() private connecting = false;
  @state() private connectFailure: Failure | undefined;
  @state() private busy: Busy | undefined;
  @state() private rowFailure: { id: number; failure: Failure } | undefined;
  @state() private removal: ({ id: number } & Removal) | undefined;
  @state() private result: (() => string[]) | undefined;
  @state() private announcement: () => string = () => "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(this.#loadAgain, TICK);
    document.addEventListener("visibilitychange", this.#loadAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#loadAgain);
  }

  get #texts(): PortalMessages {
    return this.locale.texts(portalTexts);
  }

  get #installUrl(): string {
    return `${this.#clients.current?.baseUrl ?? ""}/bitrix/oauth/install`;
  }

  readonly #loadAgain = (): void => {
    const client = this.#clients.current;
    if (client && !document.hidden && !this.busy && !this.connecting)
      void this.#load(client, this.#clients.signal);
  };

  async #load(client: B24Client, signal: AbortSignal): Promise<void> {
    try {
      const portals = await client.portals.list({ signal });
      this.#asOf = Date.now();
      this.failure = undefined;
      this.#show(portals);
    } catch (error) {
      if (!signal.aborted) this.failure = toFailure(error);
    }
  }

  async #askRights(client: B24Client, signal: AbortSignal): Promise<void> {
    // The list's own failure says it better.
    const session = await client.whoami({ signal }).catch(() => undefined);
    if (signal.aborted || !session) return;
    const admin = session.rights.includes("admin");
    this.rights = { admin, check: admin || session.rights.includes("sync:run") };
  }

  #show(portals: readonly Portal[]): void {
    this.portals = portals;
    this.dispatchEvent(new PortalsEvent({ portals }));
  }

  /** Puts a portal's new state into the list. */
  #put(portal: Portal): void {
    const others = this.portals ?? [];
    const known = others.some(({ id }) => id === portal.id);
    this.#show(known ? others.map((one) => (one.id === portal.id ? portal : one)) : [...others, portal]);
  }

  async #connect(): Promise<void> {
    const client = this.#clients.current;
    if (!client || this.connecting) return;
    this.addressChecked = true;
    this.connectFailure = undefined;
    this.result = undefined;
    if (addressFault(this.address)) return this.#focus("#webhook");
    this.connecting = true;
    try {
      const portal = await client.portals.connect(this.address.trim());
      this.address = "";
      this.addressChecked = false;
      this.#put(portal);
      this.announcement = () => this.#texts.announceConnected(portal.host);
      this.dispatchEvent(new PortalConnectedEvent({ portal }));
    } catch (error) {
      this.connectFailure = toFailure(error);
    } finally {
      this.connecting = false;
    }
    await this.#focus("#webhook");
  }

  async #check(portal: Portal): Promise<void> {
    await this.#attempt(portal, "check", async (client) => {
      const now = await client.portals.check(portal.id);
      this.#put(now);
      this.announcement = () => this.#texts.announceChecked(now.host, this.#texts.state[now.state]);
    });
    await this.#focus(`[data-portal="${portal.id}"] [data-action=check]`);
  }

  async #answer(portal: Portal, yes: boolean): Promise<void> {
    if (yes && this.removal?.entered.trim() !== portal.host) {
      this.removal = { id: portal.id, entered: this.removal?.entered ?? "", wrong: true };
      return this.#focus("#confirm");
    }
    if (yes) await this.#remove(portal);
    this.removal = undefined;
    await this.#focus(`[data-portal="${portal.id}"] [data-action=remove], #webhook`);
  }

  async #remove(portal: Portal): Promise<void> {
    if (!this.dispatchEvent(new PortalRemoveEvent({ portal }))) return;
    await this.#attempt(portal, "remove", async (client) => {
      const { host, rows, events, unbound } = await client.portals.disconnect(portal.id, portal.host);
      this.#show((this.portals ?? []).filter(({ id }) => id !== portal.id));
      const behind = !unbound && portal.access.includes("application");
      this.result = () => [
        this.#texts.removed(host, rows, events),
        ...(behind ? [this.#texts.bound(host)] : []),
      ];
      this.announcement = () => this.#texts.removed(host, rows, events);
    });
  }

  async #attempt(
    { id }: Portal,
    deed: Busy["deed"],
    ask: (client: B24Client) => Promise<void>,
  ): Promise<void> {
    const client = this.#clients.current;
    if (!client || this.busy) return;
    this.busy = { id, deed };
    this.rowFailure = undefined;
    this.result = undefined;
    try {
      await ask(client);
    } catch (error) {
      this.rowFailure = { id, failure: toFailure(error) };
    } finally {
      this.busy = undefined;
    }
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #row(portal: Portal): TemplateResult {
    const own = this.busy?.id === portal.id;
    return portalRow(
      {
        locale: this.locale,
        t: this.#texts,
        mayCheck: this.rights?.check ?? false,
        mayRemove: this.rights?.admin ?? false,
        busy: this.busy !== undefined,
        checking: own && this.busy?.deed === "check",
        removal: this.removal?.id === portal.id ? this.removal : undefined,
        failure: this.rowFailure?.id === portal.id ? this.rowFailure.failure : undefined,
        installUrl: this.#installUrl,
        check: (one) => void this.#check(one),
        ask: ({ id }) => {
          this.removal = { id, entered: "", wrong: false };
          void this.#focus("#confirm");
        },
        enter: (entered) => {
          this.removal = { id: portal.id, entered, wrong: false };
        },
        answer: (one, yes) => void this.#answer(one, yes),
      },
      portal,
    );
  }

  #form(): TemplateResult {
    return connectForm({
      locale: this.locale,
      t: this.#texts,
      value: this.address,
      checked: this.addressChecked,
      busy: this.connecting,
      failure: this.connectFailure,
      installUrl: this.#installUrl,
      enter: (value) => {
        this.address = value;
        this.addressChecked = false;
        this.connectFailure = undefined;
      },
      submit: () => void this.#connect(),
    });
  }

  #resultView(lines: string[]): TemplateResult {
    return html`<div class="note success result" part="result">
      ${icons.check}<div>${lines.map((line) => html`<p>${line}</p>`)}</div>
    </div>`;
  }

  #body(): TemplateResult {
    const t = this.#texts;
    const { portals, failure, rights } = this;
    if (!portals && failure) return failureView(this.locale, failure, () => this.#loadAgain());
    if (!portals)
      return html`${loadingNote(this.locale)}<div class="row"><span class="skeleton"></span></div>`;
    const text = rights && !rights.admin ? t.emptyNoRight : t.emptyText;
    return html`${failure ? staleStrip(this.locale, { asOf: this.#asOf, failure }, this.#loadAgain) : nothing}
      ${this.result ? this.#resultView(this.result()) : nothing}
      ${portals.length === 0 ? emptyView(this.locale, { title: t.emptyTitle, text }) : nothing}
      <ul role="list">${repeat(
        portals,
        ({ id }) => id,
        (portal) => this.#row(portal),
      )}</ul>
      ${rights?.admin ? this.#form() : nothing}`;
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header><div><h2 id="heading">${t.heading}</h2><p class="lead">${t.lead}</p></div></header>
      ${this.#body()}
      <p class="visually-hidden" role="status">${this.announcement()}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-portals": B24Portals;
  }
}
