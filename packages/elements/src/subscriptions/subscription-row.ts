import type { Delivery, Subscription } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureNote, type LocaleController } from "../core/index.ts";
import { type DeliveryLog, deliveryLog, testResult } from "./delivery-log.ts";
import type { SubscriptionsMessages } from "./messages.ts";

/** What is being done with an address, beside what the API says of it. */
export interface RowState {
  busy: boolean;
  /** "Delete?" is being asked. */
  confirming: boolean;
  failure: Failure | undefined;
  tested: Delivery | undefined;
  log: DeliveryLog;
}

export const IDLE: RowState = {
  busy: false,
  confirming: false,
  failure: undefined,
  tested: undefined,
  log: {},
};

export interface SubscriptionRowContext {
  locale: LocaleController;
  t: SubscriptionsMessages;
  now: number;
  row: RowState;
  test(): void;
  turn(enabled: boolean): void;
  ask(): void;
  answer(yes: boolean): void;
  readLog(): void;
}

interface Standing {
  word: string;
  tone: string;
  help?: string;
}

/** How an address fares, and what that means for the reader. */
function standing({ t, locale, now }: SubscriptionRowContext, subscription: Subscription): Standing {
  const { enabled, disabledReason, failingSince } = subscription;
  if (!enabled) {
    const why = disabledReason ?? "person";
    return { word: t.off[why], tone: why === "person" ? "" : "alert", help: t.offHelp[why] };
  }
  if (failingSince === null) return { word: t.on, tone: "success" };
  const since = locale.format.dateTime(Date.parse(failingSince), now);
  return { word: t.failing, tone: "warning", help: t.failingHelp(since) };
}

function facts({ locale: { format }, t, now }: SubscriptionRowContext, subscription: Subscription): string {
  const { createdAt, lastDeliveredAt, pending } = subscription;
  const words = [t.made(format.dateTime(Date.parse(createdAt), now))];
  words.push(lastDeliveredAt ? t.told(format.relative(Date.parse(lastDeliveredAt), now)) : t.untold);
  if (pending > 0) words.push(t.pending(pending));
  return words.join(" · ");
}

function actions(context: SubscriptionRowContext, { url, enabled }: Subscription): TemplateResult {
  const { t, row } = context;
  return html`<div class="actions">
    <button class="button" type="button" data-action="test" aria-label=${t.testOf(url)} ?disabled=${row.busy}
      @click=${() => context.test()}>${t.test}</button>
    <button class="button quiet" type="button" data-action="switch" aria-label=${enabled ? t.disableOf(url) : t.enableOf(url)}
      ?disabled=${row.busy} @click=${() => context.turn(!enabled)}>${enabled ? t.disable : t.enable}</button>
    <button class="button quiet" type="button" data-action="remove" aria-label=${t.removeOf(url)} ?disabled=${row.busy}
      @click=${() => context.ask()}>${t.remove}</button>
  </div>`;
}

function question({ t, answer }: SubscriptionRowContext, { url }: Subscription): TemplateResult {
  return html`<div class="question" role="group" aria-label=${t.removeOf(url)}>
    <p>${t.removeQuestion(url)}</p>
    <div class="actions">
      <button class="button danger" type="button" data-action="yes" @click=${() => answer(true)}>${t.removeYes}</button>
      <button class="button quiet" type="button" data-action="no" @click=${() => answer(false)}>${t.removeNo}</button>
    </div>
  </div>`;
}

/** One address: what it is told, how it fares, what was sent to it; and how to try, stop and end it. */
export function subscriptionRow(context: SubscriptionRowContext, subscription: Subscription): TemplateResult {
  const { t, row, locale } = context;
  const { word, tone, help } = standing(context, subscription);
  const toggle = (event: Event) => {
    if ((event.target as HTMLDetailsElement).open) context.readLog();
  };
  return html`<li class="row ${subscription.enabled ? "" : "off"}" part="row" data-subscription=${subscription.id}>
    <div class="row-head"><h3>${subscription.url}</h3><span class="badge ${tone}" part="badge">${word}</span></div>
    <p class="events">${subscription.events.map((event) => html`<span class="badge">${t.event[event]}</span>`)}</p>
    <p class="facts">${facts(context, subscription)}</p>
    ${help ? html`<p class="hint">${help}</p>` : nothing}
    ${row.confirming ? question(context, subscription) : actions(context, subscription)}
    ${row.tested ? testResult(context, row.tested) : nothing}
    ${row.failure ? failureNote(locale, row.failure) : nothing}
    <details part="log" @toggle=${toggle}><summary>${t.log}</summary>${deliveryLog(context, row.log)}</details>
  </li>`;
}
