import type { Plan } from "@b24kit/client";
import { html, type TemplateResult } from "lit";
import { icons, type LocaleController } from "../../core/index.ts";
import type { PopupController } from "../../core/popup.ts";
import { chartsTexts } from "../messages.ts";
import type { PlanChip } from "../plan-options.ts";

/** The plan as chips: each says a part of it and changes that part in place. */
export function refineView(
  chips: readonly PlanChip[],
  popup: PopupController,
  locale: LocaleController,
  onChange: (plan: Plan) => void,
): TemplateResult {
  const t = locale.texts(chartsTexts);
  const chipView = ({ part, text, options }: PlanChip, at: number) => {
    const name = `chip-${at}`;
    const label = t.parts[part];
    const button = html`<button class="refine" type="button" data-popup-button=${name} data-part=${part} aria-haspopup="menu"
      aria-expanded=${popup.open === name ? "true" : "false"} @click=${() => popup.toggle(name)}>
      <span class="visually-hidden">${label}: </span>${text}${icons.sortable}</button>`;
    return popup.anchor(
      name,
      button,
      () => html`<div class="popup" data-popup=${name} role="menu" aria-label=${label}>
        <p class="hint">${label}</p>
        ${options.map(
          (
            one,
          ) => html`<button class="menu-item" type="button" role="menuitem" aria-current=${one.chosen ? "true" : "false"}
            @click=${() => {
              popup.close(true);
              if (!one.chosen) onChange(one.plan);
            }}><span class="tick">${one.chosen ? icons.check : ""}</span><span class="menu-text">${one.text}</span></button>`,
        )}
      </div>`,
    );
  };
  return html`<div class="refines" part="refine" role="group" aria-label=${t.refine}>${chips.map(chipView)}</div>`;
}
