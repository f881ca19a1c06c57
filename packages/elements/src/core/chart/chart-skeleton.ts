import { html, type TemplateResult } from "lit";
import { cssVars } from "../css-vars.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { loadingNote } from "../state-view.ts";

const SHARES = [55, 80, 40, 95, 65, 75, 50];

/** Grey bars where the chart will be, so that nothing jumps when it comes. */
export function chartSkeleton(locale: LocaleController): TemplateResult {
  return html`${loadingNote(locale)}<div class="frame bars-skeleton" aria-hidden="true">
    ${SHARES.map((share) => html`<span class="skeleton" ${cssVars({ "--_share": `${share}%` })}></span>`)}
  </div>`;
}
