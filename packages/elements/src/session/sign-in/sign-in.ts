import type { AnyErrorCode, B24Client, SignInSettings } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import {
  B24Element,
  ClientController,
  type Failure,
  failureMessage,
  failureNote,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  textField,
  toFailure,
} from "../../core/index.ts";
import { type SignedIn, SignedInEvent } from "../events.ts";
import { type SessionMessages, sessionTexts } from "../messages.ts";
import { signInStyles } from "./sign-in.styles.ts";

type Method = SignInSettings["methods"][number];
type Field = "email" | "password" | "key";

/**
 * Sign-in by an API key or, where the API has a Supabase, by e-mail and password. Asks the API whether it accepts what
 * was entered and hands that over in an event; keeps nothing itself.
 *
 * @summary Signs a person in by key or password.
 * @tag b24-sign-in
 * @event {SignedInEvent} b24-signed-in - The API has accepted the key or the person; the page keeps the token.
 * @csspart card - The whole card.
 * @csspart reason - Why one has to sign in again.
 * @csspart error - What signing in failed with.
 * @csspart wrong - What is wrong with a field.
 */
export class B24SignIn extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, signInStyles];

  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    void this.#askMethods(client, signal);
  });

  @state() private methods: readonly Method[] | undefined;
  @state() private method: Method = "key";
  @state() private values: Record<Field, string> = { email: "", password: "", key: "" };
  @state() private missing: ReadonlySet<Field> = new Set();
  @state() private busy = false;
  @state() private failure: Failure | undefined;
  @state() private unreachable: Failure | undefined;

  /** Why the person has to sign in again: an error's code, e.g. `token_expired`. */
  @property() reason: AnyErrorCode | "" = "";

  get #texts(): SessionMessages {
    return this.locale.texts(sessionTexts);
  }

  get #fields(): Field[] {
    return this.method === "key" ? ["key"] : ["email", "password"];
  }

  async #askMethods(client: B24Client, signal: AbortSignal): Promise<void> {
    this.unreachable = undefined;
    try {
      const { methods } = await client.signIn.settings({ signal });
      this.methods = methods;
      this.method = methods[0] ?? "key";
    } catch (error) {
      if (!signal.aborted) this.unreachable = toFailure(error);
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const client = this.#clients.current;
    if (!client || this.busy) return;
    this.failure = undefined;
    this.missing = new Set(this.#fields.filter((name) => this.values[name].trim() === ""));
    if (this.missing.size > 0) return this.#focusWrong();
    this.busy = true;
    try {
      const signedIn = await this.#obtain(client);
      const session = await client.whoami({ token: signedIn.token });
      this.values = { ...this.values, password: "", key: "" };
      this.dispatchEvent(new SignedInEvent({ signedIn, session }));
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.busy = false;
    }
    if (this.failure) await this.#focusWrong();
  }

  async #obtain(client: B24Client): Promise<SignedIn> {
    const { email, password, key } = this.values;
    if (this.method === "key") return { kind: "key", token: key.trim() };
    return { kind: "user", ...(await client.signIn.withPassword(email.trim(), password)) };
  }

  async #focusWrong(): Promise<void> {
    await this.updateComplete;
    const wrong = this.renderRoot.querySelector<HTMLElement>("[aria-invalid=true]");
    (wrong ?? this.renderRoot.querySelector<HTMLElement>(".field"))?.focus();
  }

  async #switch(method: Method): Promise<void> {
    this.method = method;
    this.failure = undefined;
    this.missing = new Set();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".field")?.focus();
  }

  /** What is wrong with a field, where it is known which one it is. */
  #wrong(name: Field): string | undefined {
    const t = this.#texts;
    if (this.missing.has(name))
      return { email: t.emailMissing, password: t.passwordMissing, key: t.keyMissing }[name];
    if (name === "key" && this.failure?.code === "unauthenticated") return t.keyWrong;
    if (name === "password" && this.failure?.code === "sign_in_refused")
      return failureMessage(this.locale, this.failure).title;
    return undefined;
  }

  #field(name: Field): TemplateResult {
    const t = this.#texts;
    return textField({
      name,
      label: { email: t.email, password: t.password, key: t.key }[name],
      type: name === "email" ? "email" : "password",
      autocomplete: { email: "username", password: "current-password", key: "off" }[name],
      value: this.values[name],
      onInput: (value) => {
        this.values = { ...this.values, [name]: value };
      },
      hint: name === "key" ? t.keyHint : undefined,
      wrong: this.#wrong(name),
      disabled: this.busy,
    });
  }

  #form(): TemplateResult {
    const t = this.#texts;
    const other = this.methods?.find((method) => method !== this.method);
    const shown = this.#fields.some((name) => this.#wrong(name));
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
      ${this.#fields.map((name) => this.#field(name))}
      ${this.failure && !shown ? failureNote(this.locale, this.failure) : nothing}
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${icons.lock}${this.busy ? t.signingIn : t.signIn}
      </button>
      ${
        other
          ? html`<button class="button quiet" type="button" @click=${() => this.#switch(other)}>
              ${other === "key" ? t.byKey : t.byPassword}
            </button>`
          : nothing
      }
    </form>`;
  }

  #body(): TemplateResult {
    const client = this.#clients.current;
    if (this.unreachable)
      return failureView(this.locale, this.unreachable, () => {
        if (client) void this.#askMethods(client, this.#clients.signal);
      });
    if (this.methods) return html`<p class="lead">${this.#texts.lead}</p>${this.#form()}`;
    return html`${loadingNote(this.locale)}<form aria-hidden="true">
      <span class="skeleton"></span><span class="skeleton"></span>
    </form>`;
  }

  #reasonWords(): string | undefined {
    if (!this.reason) return undefined;
    if (this.reason === "unauthenticated") return this.#texts.ended;
    return failureMessage(this.locale, toFailure({ code: this.reason })).title;
  }

  protected override render(): TemplateResult {
    const reason = this.#reasonWords();
    return html`<section class="card" part="card" aria-labelledby="heading">
      <header><h2 id="heading">${this.#texts.heading}</h2></header>
      ${
        reason
          ? html`<div class="note warning reason" part="reason" role="status">${icons.warning}<div>${reason}</div></div>`
          : nothing
      }
      ${this.#body()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-sign-in": B24SignIn;
  }
}
