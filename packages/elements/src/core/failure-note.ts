import { html, nothing, type TemplateResult } from "lit";
import type { Failure } from "./errors/failure.ts";
import { icons } from "./icons.ts";
import type { LocaleController } from "./locale/locale-controller.ts";
import { failureMessage } from "./state-view.ts";

/** A failure inside an element that goes on working: what, what to do, and the server's own words. */
export function failureNote(locale: LocaleController, failure: Failure): TemplateResult {
  const { title, text, detail } = failureMessage(locale, failure);
  return html`<div class="note alert" part="error" role="group" aria-label=${title}>
    ${icons.error}
    <div>
      <p class="note-title">${title}</p>
      <p>${text}</p>
      ${detail ? html`<p class="detail" lang="en">${detail}</p>` : nothing}
    </div>
  </div>`;
}

/** The same as one sentence, for the line below a field. */
export function failureWords(locale: LocaleController, failure: Failure): string {
  const { title, text } = failureMessage(locale, failure);
  return text ? `${title}. ${text}` : title;
}
