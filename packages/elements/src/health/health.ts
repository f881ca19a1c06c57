import type { B24Client, Health } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { B24Element, ClientController, type IconName, icons } from "../core/index.ts";
import { healthStyles } from "./health.styles.ts";
import { type HealthMessages, healthTexts } from "./messages.ts";

/** How the server was when it was last asked; `took` in milliseconds. */
type Seen = { health: Health; took: number } | "silent" | undefined;

/**
 * One line: whether the server and its database work, which version it is, how fast it answered. Asked again every
 * half minute while the page is looked at.
 *
 * @summary Whether the server works, in one line.
 * @tag b24-health
 * @csspart line - The whole line.
 */
export class B24Health extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, healthStyles];

  readonly #clients: ClientController = new ClientController(this, (client, signal) => {
    this.seen = undefined;
    void this.#ask(client, signal);
  });
  #timer: ReturnType<typeof setInterval> | undefined;

  @state() private seen: Seen;

  /** Seconds between two questions. */
  @property({ type: Number }) every = 30;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#askAgain(), this.every * 1000);
    document.addEventListener("visibilitychange", this.#askAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#askAgain);
  }

  readonly #askAgain = (): void => {
    const client = this.#clients.current;
    if (client && !document.hidden) void this.#ask(client, this.#clients.signal);
  };

  async #ask(client: B24Client, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    try {
      const health = await client.health({ signal, timeout: 10_000 });
      this.seen = { health, took: performance.now() - started };
    } catch {
      if (!signal.aborted) this.seen = "silent";
    }
  }

  get #texts(): HealthMessages {
    return this.locale.texts(healthTexts);
  }

  #state(): { icon: IconName; tone: string; text: string } {
    const t = this.#texts;
    if (this.seen === undefined) return { icon: "clock", tone: "", text: t.asking };
    if (this.seen === "silent") return { icon: "offline", tone: "bad", text: t.silent };
    if (this.seen.health.database !== "ok") return { icon: "error", tone: "bad", text: t.noDatabase };
    return { icon: "check", tone: "ok", text: t.ok };
  }

  protected override render(): TemplateResult {
    const t = this.#texts;
    const { icon, tone, text } = this.#state();
    const known = typeof this.seen === "object" ? this.seen : undefined;
    return html`<p part="line" role="group" aria-label=${t.label}>
      <span class="state ${tone}" role="status">${icons[icon]}${text}</span>
      ${
        known
          ? html`<span class="facts tabular"><span>${t.version(known.health.version)}</span>
              <span>${t.took(this.locale.format.number(known.took, 0))}</span></span>`
          : nothing
      }
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-health": B24Health;
  }
}
