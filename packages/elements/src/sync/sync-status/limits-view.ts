import type { PortalLimits } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import type { LocaleController } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";

/** Methods that are shown; the rest cost less. */
const SHOWN = 2;

interface Meter {
  words: string;
  value: number;
  max: number;
}

function meter({ words, value, max }: Meter): TemplateResult {
  return html`<div class="limit">
    <span>${words}</span>
    <meter min="0" max=${max} value=${Math.min(value, max)} high=${max * 0.9} optimum="0" aria-label=${words}></meter>
  </div>`;
}

/** What of the portal's two limits is used up. */
export function limitsView(
  locale: LocaleController,
  t: SyncMessages,
  { requests, operating, billing }: PortalLimits,
): TemplateResult {
  const { format } = locale;
  const whole = (n: number) => format.number(n, 0);
  return html`<footer class="limits" part="limits" role="group" aria-label=${t.limits}>
    <h3>${t.limits}</h3>
    ${meter({ words: t.limitRequests(whole(requests.used), whole(requests.most)), value: requests.used, max: requests.most })}
    ${operating.slice(0, SHOWN).map(({ method, seconds, budget }) =>
      meter({
        words: t.limitOperating(method, format.number(seconds, 1), whole(budget)),
        value: seconds,
        max: budget,
      }),
    )}
    <p class="facts">${operating.length === 0 && billing !== "none" ? t.limitIdle : t.billing[billing] || nothing}</p>
  </footer>`;
}
