import type { SubscriptionEvent } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import {
  type Failure,
  failureNote,
  failureWords,
  icons,
  type LocaleController,
  textField,
} from "../core/index.ts";
import type { SubscriptionsMessages } from "./messages.ts";

/** What is entered. */
export interface SubscriptionDraft {
  url: string;
  events: readonly SubscriptionEvent[];
}

const EVENTS: readonly SubscriptionEvent[] = ["sync.run.finished", "sync.run.failed", "sync.schema.changed"];

export const EMPTY_DRAFT: SubscriptionDraft = { url: "", events: EVENTS };

/** Fields that cannot be right, before anybody is asked. */
export function draftFaults({ url, events }: SubscriptionDraft): (keyof SubscriptionDraft)[] {
  const address = url.trim();
  const faults: (keyof SubscriptionDraft)[] = [];
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) faults.push("url");
  if (events.length === 0) faults.push("events");
  return faults;
}

export interface SubscriptionFormContext {
  locale: LocaleController;
  t: SubscriptionsMessages;
  draft: SubscriptionDraft;
  /** The form was sent with what is in it. */
  checked: boolean;
  busy: boolean;
  failure: Failure | undefined;
  /** Of what is entered at the moment: two changes may come before the next drawing. */
  change(part: (draft: SubscriptionDraft) => Partial<SubscriptionDraft>): void;
  submit(): void;
  cancel(): void;
}

function eventsField({ t, draft, busy, change }: SubscriptionFormContext, missing: boolean): TemplateResult {
  const toggle = (event: SubscriptionEvent, on: boolean) =>
    change(({ events }) => ({
      events: EVENTS.filter((one) => (one === event ? on : events.includes(one))),
    }));
  return html`<fieldset aria-describedby=${missing ? "events-wrong" : nothing} ?disabled=${busy}>
    <legend>${t.events}</legend>
    ${EVENTS.map(
      (event) => html`<label class="choice">
        <input type="checkbox" name="events" value=${event} .checked=${draft.events.includes(event)}
          @change=${(change: Event) => toggle(event, (change.target as HTMLInputElement).checked)} />
        <span>${t.event[event]} <span class="hint">${t.eventMeans[event]}</span></span>
      </label>`,
    )}
    ${missing ? html`<p class="wrong" id="events-wrong" part="wrong">${icons.error}<span>${t.eventsMissing}</span></p>` : nothing}
  </fieldset>`;
}

/** Where to tell, and what. A refused address is told beside the address. */
export function subscriptionForm(context: SubscriptionFormContext): TemplateResult {
  const { locale, t, draft, busy, failure } = context;
  const faults = context.checked ? draftFaults(draft) : [];
  const refused = failure?.code === "address_refused" ? failureWords(locale, failure) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.submit();
  };
  return html`<form class="block fields" part="form" novalidate aria-label=${t.add} @submit=${submit}>
    ${textField({
      name: "url",
      type: "url",
      label: t.url,
      value: draft.url,
      placeholder: "https://",
      onInput: (url) => context.change(() => ({ url })),
      hint: t.urlHint,
      wrong: faults.includes("url") ? t.urlWrong : refused,
      disabled: busy,
    })}
    ${eventsField(context, faults.includes("events"))}
    ${failure && !refused ? failureNote(locale, failure) : nothing}
    <div class="actions">
      <button class="button primary" type="submit" ?disabled=${busy}>${t.create}</button>
      <button class="button quiet" type="button" ?disabled=${busy} @click=${() => context.cancel()}>${t.cancel}</button>
    </div>
  </form>`;
}
