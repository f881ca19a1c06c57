import type { ChartSettings, ChartSpec } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import type { LocaleController } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";
import { noteText } from "../note-texts.ts";

export interface SourceView {
  spec: ChartSpec;
  /** The plan in words. */
  plan: string | undefined;
  settings: ChartSettings | undefined;
  withoutAi: boolean;
  locale: LocaleController;
  /** Text of the SQL editor; undefined while it is closed. */
  draft: string | undefined;
  canEdit: boolean;
  onDraft: (sql: string | undefined) => void;
  onRun: (sql: string) => void;
}

function sqlView(view: SourceView): TemplateResult | typeof nothing {
  const { spec, locale, draft, canEdit, onDraft, onRun } = view;
  const t = locale.texts(chartsTexts);
  if (!spec.source.sql) return nothing;
  if (draft !== undefined) {
    return html`<label class="sql-label" for="sql">${t.sql}</label>
      <textarea class="field sql" id="sql" rows="8" maxlength="8192" spellcheck="false" .value=${draft}
        @input=${(event: InputEvent) => onDraft((event.target as HTMLTextAreaElement).value)}></textarea>
      <div class="actions">
        <button class="button primary" type="button" data-action="run-sql" ?disabled=${!draft.trim()} @click=${() => onRun(draft)}>${t.sqlRun}</button>
        <button class="button" type="button" @click=${() => onDraft(undefined)}>${t.cancel}</button>
      </div>`;
  }
  return html`<h3 class="source-title">${t.sql}</h3>
    <pre class="sql" tabindex="0" part="sql"><code>${spec.source.sql}</code></pre>
    ${
      canEdit
        ? html`<button class="button" type="button" data-action="edit-sql" @click=${() => onDraft(spec.source.sql)}>${t.sqlEdit}</button>`
        : view.settings && view.settings.sql !== "on"
          ? html`<p class="caption">${t.sqlOff}</p>`
          : nothing
    }`;
}

function seenView({ settings, withoutAi, locale }: SourceView): TemplateResult | typeof nothing {
  const t = locale.texts(chartsTexts);
  if (!settings && !withoutAi) return nothing;
  const budget =
    settings?.tokensPerDay && !withoutAi
      ? t.budget(
          locale.format.number(settings.tokensToday, 0),
          locale.format.number(settings.tokensPerDay, 0),
        )
      : "";
  return html`<h3 class="source-title">${t.seenTitle}</h3>
    <p>${withoutAi || !settings ? t.seenNothing : t.seen[settings.sharing]}</p>
    ${settings?.model && !withoutAi ? html`<p class="caption">${[settings.model, budget].filter(Boolean).join(" · ")}</p>` : nothing}`;
}

/** How the figures came about: the plan, the assumptions, what the model saw, the SQL. Folded until it is wanted. */
export function sourceView(view: SourceView): TemplateResult {
  const { spec, plan, locale } = view;
  const t = locale.texts(chartsTexts);
  const { source, notes } = spec;
  const facts = [
    t.rows(source.rows),
    t.took(locale.format.number(source.ms, 0)),
    ...(source.cache === "hit" ? [t.fromCache] : []),
    ...(source.tables.length ? [`${t.tables}: ${source.tables.join(", ")}`] : []),
  ];
  return html`<details class="source" part="source">
    <summary>${t.how}</summary>
    <div class="source-body">
      ${plan ? html`<h3 class="source-title">${t.askedPlan}</h3><p>${plan}</p>` : nothing}
      <p class="caption tabular">${facts.join(" · ")}</p>
      ${
        notes.length
          ? html`<ul class="notes">${notes.map((note) => html`<li>${noteText(note, locale.language)}</li>`)}</ul>`
          : nothing
      }
      ${seenView(view)}${sqlView(view)}
    </div>
  </details>`;
}
