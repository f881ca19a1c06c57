import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from "lit";

/** The one popup that a host may have open: closes on Escape, on a press elsewhere and when focus leaves. */
export class PopupController implements ReactiveController {
  open: string | undefined;
  readonly #host: LitElement;
  #toFocus = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("pointerdown", this.#onPress, true);
  }

  hostDisconnected(): void {
    document.removeEventListener("pointerdown", this.#onPress, true);
    this.open = undefined;
  }

  hostUpdated(): void {
    if (!this.#toFocus) return;
    this.#toFocus = false;
    this.#popup()?.querySelector<HTMLElement>("button:not([disabled]), input, a[href]")?.focus();
  }

  toggle(name: string): void {
    this.open = this.open === name ? undefined : name;
    this.#toFocus = this.open !== undefined;
    this.#host.requestUpdate();
  }

  close(returnFocus = false): void {
    if (this.open === undefined) return;
    const button = this.#host.renderRoot.querySelector<HTMLElement>(`[data-popup-button="${this.open}"]`);
    this.open = undefined;
    this.#host.requestUpdate();
    if (returnFocus) button?.focus();
  }

  #popup(): Element | null {
    return this.#host.renderRoot.querySelector(`[data-popup="${this.open}"]`);
  }

  readonly #onPress = (event: Event) => {
    if (this.open === undefined) return;
    const inside = event
      .composedPath()
      .some((node) => node instanceof Element && node.hasAttribute("data-popup-anchor"));
    if (!inside || !event.composedPath().includes(this.#host)) this.close();
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close(true);
    } else if (
      (event.key === "ArrowDown" || event.key === "ArrowUp") &&
      this.#moveInMenu(event.key === "ArrowDown")
    ) {
      event.preventDefault();
    }
  };

  #moveInMenu(forward: boolean): boolean {
    const items = [...(this.#popup()?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = items.indexOf((this.#host.renderRoot as ShadowRoot).activeElement as HTMLElement);
    if (at < 0) return false;
    items[(at + (forward ? 1 : items.length - 1)) % items.length]?.focus();
    return true;
  }

  readonly #onFocusOut = (event: FocusEvent) => {
    const anchor = event.currentTarget as Element;
    if (event.relatedTarget && !anchor.contains(event.relatedTarget as Node)) this.close();
  };

  /** A button with its popup; `content` is drawn only while open. */
  anchor(name: string, button: TemplateResult, content: () => TemplateResult): TemplateResult {
    return html`<div class="popup-anchor" data-popup-anchor @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
      ${button}${this.open === name ? content() : nothing}
    </div>`;
  }
}
