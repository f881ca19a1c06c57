import { html, type TemplateResult } from "lit";
import { icons, type LocaleController, textField } from "../../core/index.ts";
import { dashboardTexts } from "./messages.ts";

export interface LockedView {
  locale: LocaleController;
  password: string;
  wrong: boolean;
  busy: boolean;
  onInput: (password: string) => void;
  onOpen: () => void;
}

/** A stranger's board that asks for its password first. */
export function lockedView({ locale, password, wrong, busy, onInput, onOpen }: LockedView): TemplateResult {
  const t = locale.texts(dashboardTexts);
  const open = (event: Event) => {
    event.preventDefault();
    if (password) onOpen();
  };
  return html`<form class="locked" part="state" @submit=${open}>
    <span class="state-icon">${icons.lock}</span>
    <p class="state-title">${t.lockedTitle}</p>
    <p class="state-text">${t.lockedText}</p>
    ${textField({
      name: "password",
      label: t.password,
      type: "password",
      value: password,
      wrong: wrong ? t.lockedWrong : undefined,
      autocomplete: "off",
      maxlength: 200,
      onInput,
    })}
    <button class="button primary" type="submit" ?disabled=${busy || !password}>${t.open}</button>
  </form>`;
}
