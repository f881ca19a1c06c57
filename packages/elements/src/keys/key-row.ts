import type { ApiKey } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureNote, icons, type LocaleController } from "../core/index.ts";
import type { KeysMessages } from "./messages.ts";

export interface KeyRowContext {
  locale: LocaleController;
  t: KeysMessages;
  now: number;
  busy: boolean;
  /** "Revoke?" is being asked. */
  confirming: boolean;
  failure: Failure | undefined;
  ask(key: ApiKey): void;
  answer(key: ApiKey, yes: boolean): void;
}

export type KeyState = "active" | "revoked" | "expired";

export function keyState({ revokedAt, expiresAt }: ApiKey, now: number): KeyState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now ? "expired" : "active";
}

function facts({ locale, t, now }: KeyRowContext, key: ApiKey): string {
  const { format } = locale;
  const words = [t.made(format.dateTime(Date.parse(key.createdAt), now))];
  words.push(key.lastUsedAt ? t.used(format.relative(Date.parse(key.lastUsedAt), now)) : t.unused);
  if (key.revokedAt) words.push(t.revokedAt(format.dateTime(Date.parse(key.revokedAt), now)));
  else if (key.expiresAt) words.push(t.endsAt(format.date(Date.parse(key.expiresAt), {}, now)));
  return words.join(" · ");
}

/** One key: what it is for, what it may, how it was used; and how to end it. */
export function keyRow(context: KeyRowContext, key: ApiKey): TemplateResult {
  const { t, now } = context;
  const state = keyState(key, now);
  const tone = { active: "success", revoked: "", expired: "warning" }[state];
  return html`<li class="row ${state === "active" ? "" : "ended"}" part="row" data-key=${key.id}>
    <div class="row-head">
      <h3>${key.name}</h3>
      <span class="badge ${tone}" part="badge">${t[state]}</span>
      ${
        state === "active" && !context.confirming
          ? html`<div class="actions"><button class="button quiet" type="button" data-action="revoke" part="revoke"
              aria-label=${t.revokeOf(key.name)} ?disabled=${context.busy} @click=${() => context.ask(key)}>
              ${icons.close}${t.revoke}</button></div>`
          : nothing
      }
    </div>
    <p class="rights">${key.rights.map((right) => html`<span class="badge">${t.right[right]}</span>`)}</p>
    <p class="facts"><code>b24k_${key.id}…</code> · ${facts(context, key)}</p>
    ${
      context.confirming
        ? html`<div class="question" role="group" aria-label=${t.revokeOf(key.name)}>
            <p>${t.revokeQuestion(key.name)}</p>
            <div class="actions">
              <button class="button danger" type="button" data-action="yes" @click=${() => context.answer(key, true)}>${t.revokeYes}</button>
              <button class="button quiet" type="button" data-action="no" @click=${() => context.answer(key, false)}>${t.revokeNo}</button>
            </div>
          </div>`
        : nothing
    }
    ${context.failure ? failureNote(context.locale, context.failure) : nothing}
  </li>`;
}
