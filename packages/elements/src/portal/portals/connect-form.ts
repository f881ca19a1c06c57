import { html, type TemplateResult } from "lit";
import {
  type Failure,
  failureNote,
  failureWords,
  type LocaleController,
  textField,
} from "../../core/index.ts";
import type { PortalMessages } from "../messages.ts";

export interface ConnectContext {
  locale: LocaleController;
  t: PortalMessages;
  value: string;
  /** The form was sent with what is in it. */
  checked: boolean;
  busy: boolean;
  failure: Failure | undefined;
  installUrl: string;
  enter(value: string): void;
  submit(): void;
}

/** What can be seen to be wrong with an address before anybody is asked. */
export function addressFault(value: string): "missing" | "shape" | undefined {
  const text = value.trim();
  if (text === "") return "missing";
  return /^https?:\/\/[^/\s]+\/rest\/\d+\/[^/\s]+/i.test(text) ? undefined : "shape";
}

function wrongWords({ locale, t, value, checked, failure }: ConnectContext): string | undefined {
  if (failure) return failureWords(locale, failure);
  if (!checked) return undefined;
  const fault = addressFault(value);
  return fault && { missing: t.webhookMissing, shape: t.webhookShape }[fault];
}

/** Connects a portal by its webhook; another way in is the application. */
export function connectForm(context: ConnectContext): TemplateResult {
  const { t, busy, failure, locale } = context;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.submit();
  };
  const elsewhere = failure?.kind !== undefined && failure.kind !== "error";
  return html`<form class="block fields" part="form" novalidate @submit=${submit}>
    <div class="fields beside">
      ${textField({
        name: "webhook",
        label: t.webhook,
        type: "url",
        value: context.value,
        onInput: context.enter,
        hint: t.webhookHint,
        wrong: elsewhere ? undefined : wrongWords(context),
        disabled: busy,
      })}
      <button class="button primary" type="submit" data-action="connect" ?disabled=${busy}>
        ${busy ? t.connecting : t.connect}
      </button>
    </div>
    ${elsewhere && failure ? failureNote(locale, failure) : ""}
    <p class="hint"><a href=${context.installUrl} data-action="install">${t.install}</a>. ${t.installHint}</p>
  </form>`;
}
