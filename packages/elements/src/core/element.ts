import { type CSSResultGroup, LitElement } from "lit";
import { ensureContextRoot } from "./context-root.ts";
import { controlStyles } from "./controls.styles.ts";
import { LocaleController } from "./locale/locale-controller.ts";
import { sharedStyles } from "./shared.styles.ts";
import { stateStyles } from "./state-view.styles.ts";
import { tokens } from "./tokens.ts";

/**
 * Base of every element: design tokens, shared styles, and the reader's language in `this.locale`.
 * Templates carry no `style=` (strict CSPs refuse it): dynamic styles go through `element.style` or adopted sheets.
 */
export abstract class B24Element extends LitElement {
  static override styles: CSSResultGroup = [tokens, sharedStyles, controlStyles, stateStyles];

  /** Texts and formats in the reader's language; look up in `render()`, so a switch shows at once. */
  protected readonly locale: LocaleController = new LocaleController(this);

  override connectedCallback(): void {
    ensureContextRoot();
    super.connectedCallback();
  }
}
