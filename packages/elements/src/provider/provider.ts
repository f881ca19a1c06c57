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

/**
 * Gives the elements inside it the API's address, the token, the language, the theme and the portal. Owns the
 * client and its one live connection. Draws nothing itself.
 *
 * @summary Connects the elements inside it to the API.
 * @tag b24-provider
 * @slot - The elements that share this connection, at any depth.
 * @event {ProviderErrorEvent} b24-error - The token could not be had, or the address is not one.
 */
export class B24Provider extends LitElement {
  static override styles: CSSResult = providerStyles;

  /** Address of the API. By default the origin that the script tag was loaded from, else the page's own. */
  @property({ attribute: "base-url" }) baseUrl = "";

  /** Address of your server that answers `POST` with `{token, expiresAt}`; renewed before its end. */
  @property({ attribute: "token-url" }) tokenUrl = "";

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

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#renewClient();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dropClient();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const asked = ["client", "baseUrl", "tokenUrl", "getToken", "portal"] as const;
    if (!this.hasUpdated || asked.some((name) => changed.has(name))) this.#renewClient();
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
        portal: this.portal || undefined,
      });
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  #toGetToken(): GetToken | undefined {
    const source = this.getToken ?? (this.tokenUrl ? tokenFrom(this.tokenUrl) : undefined);
    if (!source) return undefined;
    return async () => {
      try {
        return await source();
      } catch (error) {
        this.#report(error);
        throw error;
      }
    };
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
