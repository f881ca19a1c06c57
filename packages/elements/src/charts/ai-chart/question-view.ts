import { html, nothing, type TemplateResult } from "lit";
import { icons, type LocaleController } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";

export interface QuestionView {
  question: string;
  /** The answer came without a model. */
  withoutAi: boolean;
  locale: LocaleController;
  /** Absent where there is nothing to keep. */
  onSave: (() => void) | false | undefined;
  onNew: () => void;
}

/** What was asked, and what can be done with its answer. */
export function questionView({ question, withoutAi, locale, onSave, onNew }: QuestionView): TemplateResult {
  const t = locale.texts(chartsTexts);
  return html`<div class="asked">
    <p class="asked-text">${question}</p>
    ${withoutAi ? html`<span class="badge" title=${t.withoutAiWhy}>${t.withoutAi}</span>` : nothing}
    <div class="asked-tools">
      ${
        onSave
          ? html`<button class="button quiet" type="button" data-action="save" @click=${onSave}>${icons.save}${t.save}</button>`
          : nothing
      }
      <button class="button quiet icon-only" type="button" data-action="new" aria-label=${t.newQuestion} title=${t.newQuestion}
        @click=${onNew}>${icons.close}</button>
    </div>
  </div>`;
}
