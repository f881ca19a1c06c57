import type { EntityStatus } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../core/index.ts";
import type { RowContext } from "./entity-row.ts";
import { countedOf, nameOf } from "./entity-words.ts";
import { isActive } from "./run-view.ts";

/** Rows of one request to the portal, at most. */
const REQUEST_ROWS = 2_500;

interface ActionButton {
  action: Parameters<RowContext["act"]>[0];
  part?: string;
  label: string;
  /** With the entity, for screen readers. */
  name: string;
  icon: TemplateResult;
  look?: string;
}

function actionButton(context: RowContext, status: EntityStatus, button: ActionButton): TemplateResult {
  const { action, part, label, name, icon, look = "" } = button;
  return html`<button class="button ${look}" type="button" part=${part ?? nothing} data-action=${action}
    ?disabled=${context.busy || !context.mayRun} aria-label=${name} @click=${() => context.act(action, status)}>${icon}${label}</button>`;
}

function details(context: RowContext, status: EntityStatus): TemplateResult {
  const { t, open } = context;
  return html`<button class="button quiet icon-only details-toggle" type="button" part="details" data-action="details"
    aria-expanded=${open} aria-label=${t.detailsOf(nameOf(context.locale, status))} title=${t.details}
    @click=${() => context.act("details", status)}>${icons.unfold}</button>`;
}

/** What can be done with the entity now: with its run, or to start one. */
export function rowActions(context: RowContext, status: EntityStatus): TemplateResult | typeof nothing {
  const { t } = context;
  if (context.readonly) return nothing;
  const name = nameOf(context.locale, status);
  const buttons: ActionButton[] = [];
  if (isActive(status.run)) {
    const paused = status.run.state === "paused";
    buttons.push(
      paused
        ? { action: "resume", label: t.resume, name: t.resumeOf(name), icon: icons.play }
        : { action: "pause", label: t.pause, name: t.pauseOf(name), icon: icons.pause, look: "quiet" },
      { action: "stop", part: "stop", label: t.stop, name: t.stopOf(name), icon: icons.stop },
    );
  } else if (status.lastCompletedAt) {
    const icon = icons.refresh;
    buttons.push({
      ...{ action: "incremental", part: "start-incremental", icon },
      ...{ label: t.incremental, name: t.incrementalOf(name) },
    });
  } else
    buttons.push({
      ...{ action: "full", part: "start-full", icon: icons.download },
      ...{ label: t.full, name: t.fullOf(name) },
    });
  return html`<div class="actions">
    ${context.confirming ? nothing : buttons.map((button) => actionButton(context, status, button))}
    ${details(context, status)}
  </div>`;
}

/** What is done rarely: beside the details. */
export function rareActions(context: RowContext, status: EntityStatus): TemplateResult | typeof nothing {
  const { t } = context;
  if (isActive(status.run) || !status.lastCompletedAt || context.confirming) return nothing;
  const name = nameOf(context.locale, status);
  return html`<div class="rare">
    ${actionButton(context, status, { action: "reconcile", part: "start-reconcile", label: t.reconcile, name: t.reconcileOf(name), icon: icons.compare })}
    ${actionButton(context, status, { action: "full", part: "start-full", label: t.fullAgain, name: t.fullAgainOf(name), icon: icons.download })}
  </div>`;
}

/** What is asked before a long load is stopped, or a large one begun anew. The harmless answer has the focus. */
export function question(context: RowContext, status: EntityStatus, about: "stop" | "full"): TemplateResult {
  const { t } = context;
  const asked =
    about === "stop"
      ? {
          ...{ title: t.stop, yes: t.stopYes, no: t.stopNo },
          text: t.stopQuestion(countedOf(t, status, status.run?.rowsRead ?? 0)),
        }
      : {
          ...{ title: t.fullAgain, yes: t.fullYes, no: t.fullNo },
          text: t.fullQuestion(
            countedOf(t, status, status.rows),
            t.requests(Math.ceil(status.rows / REQUEST_ROWS) + 1),
          ),
        };
  return html`<div class="question" role="group" aria-label=${asked.title}>
    <p>${asked.text}</p>
    <button class="button ${about === "stop" ? "danger" : ""}" type="button" data-action="${about}-yes"
      @click=${() => context.answer(status, true)}>${asked.yes}</button>
    <button class="button quiet" type="button" data-action="${about}-no"
      @click=${() => context.answer(status, false)}>${asked.no}</button>
  </div>`;
}
