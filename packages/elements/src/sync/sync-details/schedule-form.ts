import type { SchemaContract, SyncConfig } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Failure, failureNote, icons, type LocaleController } from "../../core/index.ts";
import type { DetailsMessages } from "./messages.ts";

/** What is entered; the interval as typed. */
export interface ScheduleDraft {
  enabled: boolean;
  interval: string;
  webhooks: boolean;
  contract: SchemaContract;
}

export interface ScheduleContext {
  locale: LocaleController;
  t: DetailsMessages;
  draft: ScheduleDraft;
  disabled: boolean;
  busy: boolean;
  saved: boolean;
  /** The form was sent with something wrong in it. */
  checked: boolean;
  failure: Failure | undefined;
  change(part: Partial<ScheduleDraft>): void;
  submit(): void;
}

const WEEK = 10_080;

const CONTRACTS: readonly SchemaContract[] = ["evolve", "quarantine", "freeze"];

export const toDraft = (config: SyncConfig): ScheduleDraft => ({
  enabled: config.enabled,
  interval: String(config.sync_interval_minutes),
  webhooks: config.webhook_enabled,
  contract: config.contract,
});

/** Minutes as typed; null where they make no schedule. */
export function readInterval(text: string): number | null {
  const minutes = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0;
  return minutes >= 1 && minutes <= WEEK ? minutes : null;
}

interface Choice {
  name: keyof ScheduleDraft;
  label: string;
  hint: string;
  checked: boolean;
}

function choice({ change, disabled, busy }: ScheduleContext, { name, label, hint, checked }: Choice) {
  return html`<label class="choice">
    <input type="checkbox" name=${name} .checked=${live(checked)} ?disabled=${disabled || busy} aria-describedby="${name}-hint"
      @change=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).checked })} />
    <span>${label}<span class="hint" id="${name}-hint">${hint}</span></span>
  </label>`;
}

/** Whether and how often an entity is brought up to date by itself. */
export function scheduleForm(context: ScheduleContext): TemplateResult {
  const { locale, t, draft, disabled, busy, saved, checked, failure, change, submit } = context;
  const wrong = checked && readInterval(draft.interval) === null;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    submit();
  };
  return html`<form class="fields" part="schedule" novalidate @submit=${send}>
    ${choice(context, { name: "enabled", label: t.enabled, hint: t.enabledHint, checked: draft.enabled })}
    <div class="labelled">
      <label for="interval">${t.interval}</label>
      <input class="field" id="interval" name="interval" inputmode="numeric" autocomplete="off" maxlength="6"
        .value=${live(draft.interval)} ?disabled=${disabled || busy || !draft.enabled} aria-invalid=${wrong ? "true" : "false"}
        aria-describedby="interval-hint ${wrong ? "interval-wrong" : ""}"
        @input=${(event: InputEvent) => change({ interval: (event.target as HTMLInputElement).value })} />
      ${wrong ? html`<p class="wrong" id="interval-wrong" part="wrong">${icons.error}<span>${t.intervalWrong}</span></p>` : nothing}
      <p class="hint" id="interval-hint">${t.intervalHint}</p>
    </div>
    ${choice(context, { name: "webhooks", label: t.webhook, hint: t.webhookHint, checked: draft.webhooks })}
    <div class="labelled">
      <label for="contract">${t.contract}</label>
      <select class="field" id="contract" name="contract" .value=${live(draft.contract)} ?disabled=${disabled || busy}
        aria-describedby="contract-hint"
        @change=${(event: Event) => change({ contract: (event.target as HTMLSelectElement).value as SchemaContract })}>
        ${CONTRACTS.map((one) => html`<option value=${one} ?selected=${one === draft.contract}>${t.contracts[one]}</option>`)}
      </select>
      <p class="hint" id="contract-hint">${t.contractHints[draft.contract]}</p>
    </div>
    ${failure ? failureNote(locale, failure) : nothing}
    ${
      disabled
        ? html`<p class="hint">${t.noRight}</p>`
        : html`<div class="actions">
            <button class="button" type="submit" data-action="save" ?disabled=${busy}>${t.save}</button>
            <span class="saved" role="status">${saved ? html`${icons.check}${t.saved}` : nothing}</span>
          </div>`
    }
  </form>`;
}
