import { html, type TemplateResult } from "lit";
import type { LocaleController } from "./locale/locale-controller.ts";
import { coreTexts } from "./messages.ts";

async function copy(event: Event): Promise<void> {
  const button = event.currentTarget as HTMLButtonElement;
  const code = button.previousElementSibling as HTMLElement;
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = button.dataset.copied ?? "";
  } catch {
    // On plain http there is no clipboard: what is selected can be copied by the keyboard.
    getSelection()?.selectAllChildren(code);
  }
}

/** An address or a code to be pasted elsewhere, with a button that copies it. Needs `panelStyles`. */
export function copyField(locale: LocaleController, label: string, value: string): TemplateResult {
  const t = locale.texts(coreTexts);
  return html`<div class="labelled copy">
    <span class="label">${label}</span>
    <div class="copy-line"><code>${value}</code><button class="button" type="button" aria-label=${t.copyOf(label)}
      data-copied=${t.copied} @click=${copy}>${t.copy}</button></div>
  </div>`;
}
