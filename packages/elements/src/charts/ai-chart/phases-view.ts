import type { AskPhase } from "@b24kit/client";
import { html, type TemplateResult } from "lit";
import { cssVars } from "../../core/css-vars.ts";
import { icons, type LocaleController } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";

/** What every answer goes through; the queue and repairs are told where they happen. */
const STEPS = ["thinking", "checking", "running", "drawing"] as const;
const STEP_OF: Record<AskPhase, (typeof STEPS)[number]> = {
  queued: "thinking",
  thinking: "thinking",
  checking: "checking",
  repairing: "checking",
  running: "running",
  drawing: "drawing",
};
const BARS = [44, 62, 50, 78, 66, 92, 71, 58];

/** What the answer is at, over the grey shape of a chart. */
export function phasesView(phase: AskPhase | undefined, locale: LocaleController): TemplateResult {
  const t = locale.texts(chartsTexts);
  const now = phase ? STEPS.indexOf(STEP_OF[phase]) : 0;
  return html`<div class="phases-frame" part="phases">
    <ol class="phases" aria-hidden="true">
      ${STEPS.map((step, i) => {
        const state = i < now ? "done" : i === now ? "now" : "";
        const words = i === now && phase ? t.phases[phase] : t.phases[step];
        return html`<li class="phase ${state}"><span class="phase-mark">${i < now ? icons.check : ""}</span>${words}</li>`;
      })}
    </ol>
    <div class="waiting" aria-hidden="true">
      ${BARS.map((share) => html`<span class="skeleton" ${cssVars({ "--_share": `${share}%` })}></span>`)}
    </div>
    <span class="visually-hidden" role="status">${t.phases[phase ?? "thinking"]}</span>
  </div>`;
}
