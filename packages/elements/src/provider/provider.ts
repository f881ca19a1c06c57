import { type B24Client, B24Error, createClient, type GetToken, tokenFrom } from "@b24kit/client";
import { ContextProvider } from "@lit/context";
import { type CSSResult, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import {
  clientContext,
  type Locale,
  localeContext,
  portalContext,
  type Theme,
  themeContext,
  toLanguage,
} from "../core/index.ts";
import { ProviderErrorEvent } from "./events.ts";
import { providerStyles } from "./provider.styles.ts";
import { defaultBaseUrl } from "./script-origin.ts";

const SCHEMES: Record<Theme, string> = { light: "light", dark: "dark", auto: "light dark" };

/** What the portal's frame shows for its visitor; loaded only where a page asks for it. */
async function portalProof(): Promise<Record<string, string>> {
  const { openFrame } = await import("../core/frame/frame.ts");
  const frame = openFrame();
  if (!frame) throw new Error("this page was not opened by a portal");
  const { memberId } = await frame.data();
  const { accessToken } = await frame.refreshAuth();
  return { memberId, authId: accessToken };
}

/**
 * Gives the elements inside it the API's address, the token, the language, the theme and the portal. Owns the
 * client and its one live connection. Draws nothing itself.
 *
 * @summary Connects the elements inside it to the API.
 * @tag b24-provider
 * @slot - The elements that share this connection, at any depth.
 * @event {ProviderErrorEvent} b24-error - The token could not be had or was refused, or the address is not one.
 */
export class B24Provider extends LitElement {
  static override styles: CSSResult = providerStyles;

  /** Address of the API. By default the origin that the script tag was loaded from, else the page's own. */
  @property({ attribute: "base-url" }) baseUrl = "";

  /** Address of your server that answers `POST` with `{token, expiresAt}`; renewed before its end. */
  @property({ attribute: "token-url" }) tokenUrl = "";

  /** A token that the page came with, used until it ends; then `token-url` is asked. Taken off the page when read. */
  @property() token = "";

  /** When `token` ends, ISO 8601. */
  @property({ attribute: "token-expires" }) tokenExpires = "";

  /**
   * The page stands in a Bitrix24 portal's frame, which is kept as high as the page. What is posted to `token-url` is
   * then `{memberId, authId}`: the portal, and the access of the person who looks, renewed by the portal.
   */
  @property({ type: Boolean }) frame = false;

  /** Language of the elements: `ru` or `en`. By default the page's. */
  @property() locale = "";

  /** IANA time zone of dates and times, e.g. `Europe/Moscow`. By default the reader's. */
  @property({ attribute: "time-zone" }) timeZone = "";

  /** Colours: `light`, `dark`, or `auto` by the reader's system. By default the page's own `color-scheme`. */
  @property() theme: Theme | "" = "";

  /** Host or id of the portal to show; needed only where several are connected. */
  @property() portal = "";

  /** Returns the token, instead of `token-url`: an API key, or a signed-in user's token. May be async. */
  @property({ attribute: false }) getToken: GetToken | undefined;

  /** The client in use. Set one of your own to share it between providers; `base-url` and tokens are then its own. */
  @property({ attribute: false })
  get client(): B24Client | undefined {
    return this.#given ?? this.#own;
  }
  set client(client: B24Client | undefined) {
    this.#given = client;
  }

  readonly #clients = new ContextProvider(this, { context: clientContext });
  readonly #locales = new ContextProvider(this, { context: localeContext });
  readonly #themes = new ContextProvider(this, { context: themeContext });
  readonly #portals = new ContextProvider(this, { context: portalContext });
  #given: B24Client | undefined;
  #own: B24Client | undefined;
  #first: { token: string; expiresAt: string } | undefined;
  #stopFitting: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#renewClient();
    if (this.frame) void this.#fitFrame();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dropClient();
    this.#stopFitting?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const given = changed.has("token") && Boolean(this.token);
    if (given) this.#takeToken();
    if (changed.has("frame") && this.frame) void this.#fitFrame();
    const asked = ["client", "baseUrl", "tokenUrl", "getToken", "portal", "frame"] as const;
    if (!this.hasUpdated || given || asked.some((name) => changed.has(name))) this.#renewClient();
    if (changed.has("locale") || changed.has("timeZone")) this.#locales.setValue(this.#toLocale());
    if (changed.has("portal")) this.#portals.setValue(this.portal || undefined);
    if (changed.has("theme")) this.#applyTheme();
    if (changed.has("locale") && this.locale) this.lang = this.locale;
  }

  #applyTheme(): void {
    this.#themes.setValue(this.theme || "auto");
    this.style.colorScheme = this.theme ? (SCHEMES[this.theme] ?? "") : "";
  }

  #toLocale(): Locale | undefined {
    if (!this.locale && !this.timeZone) return undefined;
    const language = toLanguage(this.locale || document.documentElement.lang || navigator.language);
    return { language, ...(this.timeZone ? { timeZone: this.timeZone } : {}) };
  }

  #renewClient(): void {
    this.#dropClient();
    this.#own = this.#given ? undefined : this.#makeClient();
    this.#clients.setValue(this.client);
  }

  #makeClient(): B24Client | undefined {
    try {
      return createClient({
        baseUrl: new URL(this.baseUrl || defaultBaseUrl(), document.baseURI).href,
        getToken: this.#toGetToken(),
        onRefused: (error) => this.#report(error),
        portal: this.portal || undefined,
      });
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  #toGetToken(): GetToken | undefined {
    const proof = this.frame ? portalProof : undefined;
    const source = this.getToken ?? (this.tokenUrl ? tokenFrom(this.tokenUrl, undefined, proof) : undefined);
    const known = this.#first;
    if (!source && !known) return undefined;
    let first = known;
    return async () => {
      const ready = first;
      first = undefined;
      if (ready) return ready;
      try {
        return await source?.();
      } catch (error) {
        this.#report(error);
        throw error;
      }
    };
  }

  /** The token stays out of the page's markup, where any script could read it later. */
  #takeToken(): void {
    this.#first = { token: this.token, expiresAt: this.tokenExpires };
    this.token = "";
    this.removeAttribute("token");
  }

  async #fitFrame(): Promise<void> {
    const { openFrame } = await import("../core/frame/frame.ts");
    if (this.isConnected) this.#stopFitting = openFrame()?.fitContent();
  }

  #dropClient(): void {
    this.#own?.close();
    this.#own = undefined;
  }

  #report(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.dispatchEvent(
      new ProviderErrorEvent({ error, code: error instanceof B24Error ? error.code : undefined }),
    );
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-provider": B24Provider;
  }
}
