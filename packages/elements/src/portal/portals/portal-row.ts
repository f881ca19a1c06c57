import type { Portal } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import {
  type Failure,
  failureNote,
  type IconName,
  icons,
  type LocaleController,
  textField,
} from "../../core/index.ts";
import type { PortalMessages } from "../messages.ts";

/** "Remove?" is being asked: what was entered, and whether it was wrong. */
export interface Removal {
  entered: string;
  wrong: boolean;
}

export interface PortalRowContext {
  locale: LocaleController;
  t: PortalMessages;
  mayCheck: boolean;
  mayRemove: boolean;
  busy: boolean;
  checking: boolean;
  removal: Removal | undefined;
  failure: Failure | undefined;
  installUrl: string;
  check(portal: Portal): void;
  ask(portal: Portal): void;
  enter(entered: string): void;
  answer(portal: Portal, yes: boolean): void;
}

const LOOKS: Record<Portal["state"], { tone: string; icon: IconName }> = {
  connected: { tone: "success", icon: "check" },
  unreachable: { tone: "warning", icon: "offline" },
  reauthorise: { tone: "alert", icon: "lock" },
};

function buttons(context: PortalRowContext, portal: Portal): TemplateResult {
  const { t, busy, mayCheck, mayRemove } = context;
  // Without any access the application was removed from the portal.
  const application = portal.access.includes("application") || portal.access.length === 0;
  const again = portal.state === "reauthorise" && application;
  return html`<div class="actions">
    ${again ? html`<a class="button" href=${context.installUrl} data-action="reinstall">${t.reinstall}</a>` : nothing}
    <button class="button" type="button" part="check" data-action="check" aria-label=${context.checking ? nothing : t.checkOf(portal.host)}
      ?disabled=${busy || !mayCheck} @click=${() => context.check(portal)}>
      ${icons.refresh}${context.checking ? t.checking : t.check}
    </button>
    ${
      mayRemove
        ? html`<button class="button quiet" type="button" part="remove" data-action="remove"
            aria-label=${t.removeOf(portal.host)} ?disabled=${busy} @click=${() => context.ask(portal)}>${t.remove}</button>`
        : nothing
    }
  </div>`;
}

function question(context: PortalRowContext, portal: Portal, removal: Removal): TemplateResult {
  const { t, busy } = context;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.answer(portal, true);
  };
  return html`<form class="question" novalidate aria-label=${t.removeOf(portal.host)} @submit=${submit}>
    <p>${t.removeQuestion(portal.host)}</p>
    ${textField({
      name: "confirm",
      label: t.removeConfirm(portal.host),
      value: removal.entered,
      onInput: context.enter,
      wrong: removal.wrong ? t.removeWrong(portal.host) : undefined,
      disabled: busy,
    })}
    <div class="actions">
      <button class="button danger" type="submit" data-action="yes" ?disabled=${busy}>${t.removeYes}</button>
      <button class="button quiet" type="button" data-action="no" ?disabled=${busy}
        @click=${() => context.answer(portal, false)}>${t.removeNo}</button>
    </div>
  </form>`;
}

/** One portal: how it is, how we get in, what went wrong last and what helps. */
export function portalRow(context: PortalRowContext, portal: Portal): TemplateResult {
  const { t, locale, removal } = context;
  const { tone, icon } = LOOKS[portal.state];
  const failure: Failure | undefined =
    context.failure ?? (portal.error ? { kind: "error", ...portal.error } : undefined);
  const facts = [
    ...portal.access.map((one) => t.access[one]),
    ...(portal.scopes.length > 0 ? [t.scopes(portal.scopes.join(", "))] : []),
  ];
  return html`<li class="row" part="row" data-portal=${portal.id} aria-busy=${context.busy}>
    <div class="row-head">
      <h3><a href="${portal.url}/" target="_blank" rel="noopener noreferrer">${portal.host}</a></h3>
      <span class="badge ${tone}" part="badge">${icons[icon]}${t.state[portal.state]}</span>
      ${removal ? nothing : buttons(context, portal)}
    </div>
    ${facts.length > 0 ? html`<p class="facts">${facts.join(" · ")}</p>` : nothing}
    ${failure ? failureNote(locale, failure) : nothing}
    ${removal ? question(context, portal, removal) : nothing}
  </li>`;
}
