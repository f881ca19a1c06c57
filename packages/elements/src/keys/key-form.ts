import type { KeyRight } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureNote, icons, type LocaleController, textField } from "../core/index.ts";
import type { KeysMessages } from "./messages.ts";

/** What is entered; `days` is null for a key without end. */
export interface KeyDraft {
  name: string;
  rights: readonly KeyRight[];
  days: number | null;
}

export const EMPTY_DRAFT: KeyDraft = { name: "", rights: ["data:read"], days: null };

const RIGHTS: readonly KeyRight[] = ["data:read", "sync:run", "generator:run", "admin"];
const TERMS: readonly (number | null)[] = [null, 30, 90, 365];

export interface KeyFormContext {
  locale: LocaleController;
  t: KeysMessages;
  draft: KeyDraft;
  /** The form was sent with something missing. */
  checked: boolean;
  busy: boolean;
  failure: Failure | undefined;
  change(part: Partial<KeyDraft>): void;
  submit(): void;
  cancel(): void;
}

function rightsField({ t, draft, checked, change }: KeyFormContext): TemplateResult {
  const toggle = (right: KeyRight, on: boolean) =>
    change({ rights: RIGHTS.filter((one) => (one === right ? on : draft.rights.includes(one))) });
  const missing = checked && draft.rights.length === 0;
  return html`<fieldset aria-describedby=${missing ? "rights-wrong" : nothing}>
    <legend>${t.rights}</legend>
    ${RIGHTS.map(
      (right) => html`<label class="choice">
        <input type="checkbox" name="rights" value=${right} .checked=${draft.rights.includes(right)}
          @change=${(event: Event) => toggle(right, (event.target as HTMLInputElement).checked)} />
        <span>${t.right[right]} <span class="hint">${t.rightMeans[right]}</span></span>
      </label>`,
    )}
    ${missing ? html`<p class="wrong" id="rights-wrong" part="wrong">${icons.error}<span>${t.rightsMissing}</span></p>` : nothing}
  </fieldset>`;
}

/** What a new key is for, what it may, how long it lasts. */
export function keyForm(context: KeyFormContext): TemplateResult {
  const { t, draft, checked, busy, change } = context;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.submit();
  };
  return html`<form class="block fields" part="form" novalidate aria-label=${t.add} @submit=${submit}>
    ${textField({
      name: "name",
      label: t.name,
      value: draft.name,
      onInput: (name) => change({ name }),
      hint: t.nameHint,
      wrong: checked && draft.name.trim() === "" ? t.nameMissing : undefined,
      disabled: busy,
      maxlength: 100,
    })}
    ${rightsField(context)}
    <div class="labelled">
      <label for="term">${t.ends}</label>
      <select class="field" id="term" ?disabled=${busy}
        @change=${(event: Event) => change({ days: Number((event.target as HTMLSelectElement).value) || null })}>
        ${TERMS.map(
          (days) => html`<option value=${days ?? ""} ?selected=${draft.days === days}>
            ${days === null ? t.never : t.inDays(days)}
          </option>`,
        )}
      </select>
    </div>
    ${context.failure ? failureNote(context.locale, context.failure) : nothing}
    <div class="actions">
      <button class="button primary" type="submit" ?disabled=${busy}>${t.create}</button>
      <button class="button quiet" type="button" ?disabled=${busy} @click=${() => context.cancel()}>${t.cancel}</button>
    </div>
  </form>`;
}
