import type { Delivery } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import {
  type Failure,
  failureMessage,
  failureNote,
  icons,
  type LocaleController,
  loadingNote,
} from "../core/index.ts";
import type { SubscriptionsMessages } from "./messages.ts";

/** What was read of an address's log; nothing while it is being read. */
export interface DeliveryLog {
  deliveries?: readonly Delivery[] | undefined;
  failure?: Failure | undefined;
}

interface Words {
  locale: LocaleController;
  t: SubscriptionsMessages;
  now: number;
}

/** Why a message did not arrive: the reason in the reader's language, the receiver's own words below. */
function reason({ locale }: Words, { error }: Delivery): TemplateResult | typeof nothing {
  if (error === null) return nothing;
  const { title } = failureMessage(locale, { kind: "error", code: error.code });
  return html`<p>${title}</p><p class="detail" lang="en">${error.detail}</p>`;
}

function facts({ locale: { format }, t, now }: Words, delivery: Delivery): string {
  const { status, milliseconds, attempts, nextAttemptAt } = delivery;
  const words = [format.dateTime(Date.parse(delivery.createdAt), now)];
  if (status !== null) words.push(t.answered(status));
  if (milliseconds !== null) words.push(t.milliseconds(format.number(milliseconds, 0)));
  if (attempts > 1) words.push(t.attempts(attempts));
  if (nextAttemptAt !== null) words.push(t.next(format.relative(Date.parse(nextAttemptAt), now)));
  return words.join(" · ");
}

const TONES: Record<Delivery["state"], string> = {
  pending: "warning",
  delivered: "success",
  failed: "alert",
};

/** "Сделки, запуск № 42"; an entity that nobody named is called as the portal calls it. */
function subject({ locale, t }: Words, about: NonNullable<Delivery["about"]>): string {
  const name = about.label?.[locale.language] ?? about.entity;
  return about.run === null ? name : t.ofRun(name, about.run);
}

function line(words: Words, delivery: Delivery): TemplateResult {
  const { t } = words;
  const names: Record<string, string> = t.event;
  return html`<li data-delivery=${delivery.id}>
    <div class="row-head"><span>${names[delivery.event] ?? delivery.event}</span>
      <span class="badge ${TONES[delivery.state]}">${t.delivery[delivery.state]}</span></div>
    ${delivery.about === null ? nothing : html`<p>${subject(words, delivery.about)}</p>`}
    <p class="facts">${facts(words, delivery)}</p>
    ${delivery.state === "delivered" ? nothing : reason(words, delivery)}
  </li>`;
}

/** The last messages of an address. */
export function deliveryLog(words: Words, { deliveries, failure }: DeliveryLog): TemplateResult {
  if (failure) return failureNote(words.locale, failure);
  if (!deliveries) return html`${loadingNote(words.locale)}<span class="skeleton"></span>`;
  if (deliveries.length === 0) return html`<p class="hint">${words.t.logEmpty}</p>`;
  return html`<ul class="log" role="list">${deliveries.map((delivery) => line(words, delivery))}</ul>`;
}

/** What became of a test that was just sent. */
export function testResult(words: Words, delivery: Delivery): TemplateResult {
  const { t, locale } = words;
  const { status, milliseconds } = delivery;
  if (delivery.state === "delivered")
    return html`<div class="note success" part="result" role="status">${icons.check}<div>
      <p>${t.testArrived(String(status), locale.format.number(milliseconds ?? 0, 0))}</p>
    </div></div>`;
  return html`<div class="note alert" part="result" role="status">${icons.error}<div>
    <p class="note-title">${t.testFailed}</p>${reason(words, delivery)}<p>${t.testOnce}</p>
  </div></div>`;
}
