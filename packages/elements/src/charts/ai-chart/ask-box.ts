import type { ChartSuggestion } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icons, type LocaleController } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";

export interface AskBox {
  locale: LocaleController;
  value: string;
  busy: boolean;
  /** There is a chart that the next question can refine. */
  follows: boolean;
  onInput: (value: string) => void;
  onAsk: (question: string) => void;
  onStop: () => void;
}

/** The question's field: one line, Enter asks. */
export function askBox(box: AskBox): TemplateResult {
  const { locale, value, busy, follows, onInput, onAsk, onStop } = box;
  const t = locale.texts(chartsTexts);
  const submit = (event: Event) => {
    event.preventDefault();
    if (value.trim() && !busy) onAsk(value.trim());
  };
  return html`<form class="ask" part="ask" role="search" @submit=${submit}>
    <span class="ask-mark">${icons.spark}</span>
    <input class="ask-field" name="question" type="text" aria-label=${t.ask} maxlength="1000" enterkeyhint="search"
      autocomplete="off" placeholder=${follows ? t.placeholderFollowUp : t.placeholder} .value=${live(value)}
      @input=${(event: InputEvent) => onInput((event.target as HTMLInputElement).value)} />
    ${
      busy
        ? html`<button class="ask-send" type="button" data-action="stop" aria-label=${t.stop} title=${t.stop} @click=${onStop}>${icons.stop}</button>`
        : html`<button class="ask-send" type="submit" aria-label=${t.send} title=${t.send} ?disabled=${!value.trim()}>${icons.send}</button>`
    }
  </form>`;
}

/** Questions that are sure to have an answer, as chips. */
export function suggestionChips(
  suggestions: readonly ChartSuggestion[],
  locale: LocaleController,
  label: string,
  onChoose: (suggestion: ChartSuggestion) => void,
): TemplateResult | typeof nothing {
  if (!suggestions.length) return nothing;
  return html`<div class="suggestions" part="suggestions" role="group" aria-label=${label}>
    ${suggestions.map(
      (one) =>
        html`<button class="suggestion" type="button" @click=${() => onChoose(one)}>${one.title[locale.language]}</button>`,
    )}
  </div>`;
}

const MOST_SUGGESTIONS = 6;

/** What can be asked, before anything was. */
export function tryThese(
  suggestions: readonly ChartSuggestion[],
  locale: LocaleController,
  onChoose: (suggestion: ChartSuggestion) => void,
): TemplateResult {
  const t = locale.texts(chartsTexts);
  const offered = suggestions.slice(0, MOST_SUGGESTIONS);
  return html`<p class="caption try">${offered.length ? t.tryThese : t.noSuggestions}</p>
    ${suggestionChips(offered, locale, t.suggestions, onChoose)}`;
}
