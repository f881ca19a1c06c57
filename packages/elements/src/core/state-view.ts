import { html, nothing, type TemplateResult } from "lit";
import { errorTexts } from "./errors/error-texts.ts";
import type { Failure } from "./errors/failure.ts";
import { type IconName, icons } from "./icons.ts";
import type { LocaleController } from "./locale/locale-controller.ts";
import { coreTexts } from "./messages.ts";

/** A whole-element message: what is (not) here, why, and the one thing to do. */
export interface StateMessage {
  icon: IconName;
  title: string;
  text?: string | undefined;
  tone?: "neutral" | "alert" | "warning";
  action?: TemplateResult | typeof nothing;
  /** Folded under "Details". */
  detail?: string | undefined;
}

/** Draws a message; needs `stateStyles` and `controlStyles`. An alert is announced at once, the rest politely. */
export function stateView(locale: LocaleController, message: StateMessage): TemplateResult {
  const { icon, title, text, tone = "neutral", action = nothing, detail } = message;
  return html`<div class="state ${tone}" part="state" role=${tone === "alert" ? "alert" : "status"}>
    <span class="state-icon">${icons[icon]}</span>
    <p class="state-title">${title}</p>
    ${text ? html`<p class="state-text">${text}</p>` : nothing}
    ${action}
    ${
      detail
        ? html`<details class="state-details">
            <summary>${locale.texts(coreTexts).errorDetails}</summary>
            <pre>${detail}</pre>
          </details>`
        : nothing
    }
  </div>`;
}

/** There is nothing to show yet. `message` replaces the general words by what would be here. */
export function emptyView(locale: LocaleController, message: Partial<StateMessage> = {}): TemplateResult {
  const t = locale.texts(coreTexts);
  return stateView(locale, { icon: "empty", title: t.emptyTitle, text: t.emptyText, ...message });
}

const LOOKS: Record<Failure["kind"], Pick<StateMessage, "icon" | "tone">> = {
  error: { icon: "error", tone: "alert" },
  "no-rights": { icon: "lock", tone: "neutral" },
  offline: { icon: "offline", tone: "warning" },
};

/** Words of a failure in the reader's language. */
export function failureMessage(locale: LocaleController, failure: Failure): StateMessage {
  const t = locale.texts(coreTexts);
  const words = failure.code && locale.texts(errorTexts)[failure.code];
  const id = failure.requestId && t.requestId(failure.requestId);
  const offline = failure.kind === "offline";
  return {
    ...LOOKS[failure.kind],
    title: words?.title ?? (offline ? t.offlineTitle : t.unknownErrorTitle),
    text: words?.remedy ?? (offline ? t.offlineText : t.unknownErrorText),
    detail: [failure.detail, id].filter(Boolean).join("\n") || undefined,
  };
}

/** What went wrong, why, and what to do; `onRetry` adds the button. */
export function failureView(
  locale: LocaleController,
  failure: Failure,
  onRetry?: () => void,
): TemplateResult {
  const action = onRetry
    ? html`<button class="button" type="button" part="retry" @click=${onRetry}>
        ${icons.refresh}${locale.texts(coreTexts).retry}
      </button>`
    : nothing;
  return stateView(locale, { ...failureMessage(locale, failure), action });
}

/** A one-line strip above data that could not be renewed. `asOf` is epoch ms. */
export function staleStrip(
  locale: LocaleController,
  stale: { asOf: number; failure: Failure },
  onRetry: () => void,
): TemplateResult {
  const t = locale.texts(coreTexts);
  const why = failureMessage(locale, stale.failure);
  return html`<div class="strip warning" part="stale" role="status">
    ${icons.warning}
    <span>${t.stale(locale.format.dateTime(stale.asOf))}. ${why.title}</span>
    <button class="button quiet" type="button" @click=${onRetry}>${t.retry}</button>
  </div>`;
}

/** Says "loading" to screen readers beside a skeleton that shows it to the eye. */
export function loadingNote(locale: LocaleController): TemplateResult {
  return html`<span class="visually-hidden" role="status">${locale.texts(coreTexts).loading}</span>`;
}
