import type { ChartAnswer, ChartSuggestion } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { icons, type LocaleController } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";
import { noteText } from "../note-texts.ts";
import { suggestionChips } from "./ask-box.ts";

/** The answer is a question back, or a refusal: why, and what would work. */
export function openAnswer(
  answer: Extract<ChartAnswer, { kind: "clarify" | "refuse" }>,
  locale: LocaleController,
  onChoose: (suggestion: ChartSuggestion) => void,
): TemplateResult {
  const t = locale.texts(chartsTexts);
  const asks = answer.kind === "clarify";
  const title = asks ? t.clarify[answer.reason] : t.refuse[answer.reason];
  const label = asks ? t.whichOne : t.whatFits;
  return html`<div class="open-answer" part="state" role="status">
    <span class="state-icon">${asks ? icons.search : icons.info}</span>
    <p class="state-title">${title}</p>
    ${answer.text ? html`<p class="state-text">${answer.text}</p>` : nothing}
    ${answer.notes.map((note) => html`<p class="caption">${noteText(note, locale.language)}</p>`)}
    ${
      answer.options.length
        ? html`<p class="options-label">${label}</p>${suggestionChips(answer.options, locale, label, onChoose)}`
        : nothing
    }
  </div>`;
}
