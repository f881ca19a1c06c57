import type { Entity, EntityStatus, SyncRun, SyncType } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureMessage, icons, type LocaleController } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";
import { badgeOf, isActive, secondsOf } from "./run-view.ts";

/** What a row needs beyond its entity's status. */
export interface RowContext {
  locale: LocaleController;
  t: SyncMessages;
  mayRun: boolean;
  readonly: boolean;
  /** The row's own request is under way. */
  busy: boolean;
  /** "Stop?" is being asked. */
  confirming: boolean;
  /** What the row's last request failed with. */
  failure: Failure | undefined;
  start(entity: Entity, type: SyncType): void;
  stop(status: EntityStatus): void;
  confirmStop(entity: Entity, yes: boolean): void;
}

type Parts = (TemplateResult | typeof nothing)[];

/** Joins what is there by middle dots. */
function joined(parts: Parts): Parts {
  const shown = parts.filter((part) => part !== nothing);
  return shown.map((part, i) => (i === 0 ? html`${part}` : html`&nbsp;· ${part}`));
}

function when(context: RowContext, time: number, text: (when: string) => string): TemplateResult {
  const { format } = context.locale;
  const iso = new Date(time).toISOString();
  return html`<time datetime=${iso} title=${format.exact(time)}>${text(`${format.relative(time)}, ${format.dateTime(time)}`)}</time>`;
}

function progress(context: RowContext, status: EntityStatus, run: SyncRun): TemplateResult {
  const { t, locale } = context;
  const { format } = locale;
  const total = run.rowsExpected;
  const known = total !== null && total > 0;
  const done = known
    ? t.ofTotal(format.number(run.rowsRead), format.number(total))
    : format.number(run.rowsRead);
  const facts = joined([
    html`<span class="count">${known || run.rowsRead > 0 ? done : t.asking}</span>`,
    run.rate ? html`<span>${t.rate(format.number(run.rate, 0))}</span>` : nothing,
    run.secondsLeft !== null && known
      ? html`<span>${t.left(format.duration(run.secondsLeft))}</span>`
      : nothing,
    run.requests > 0 ? html`<span>${t.requests(run.requests)}</span>` : nothing,
    run.retries > 0 ? html`<span>${t.retries(run.retries)}</span>` : nothing,
    run.resumed > 0 ? html`<span>${t.resumed}</span>` : nothing,
  ]);
  const share = known ? Math.min(run.rowsRead, total) : nothing;
  return html`<div class="progress">
    <progress part="progress" class=${run.state} max=${known ? total : 1} value=${share}
      aria-label=${t.progressOf(t.entities[status.entity])}></progress>
    ${known ? html`<span class="percent" aria-hidden="true">${format.percent(Math.min(1, run.rowsRead / total), 0)}</span>` : nothing}
    <p class="facts">${facts}</p>
    ${
      run.state === "waiting" && run.waitingUntil
        ? html`<p class="note warning">${icons.clock}<span>${t.waiting(format.time(Date.parse(run.waitingUntil)))}</span></p>`
        : nothing
    }
  </div>`;
}

function underWay(context: RowContext, status: EntityStatus, run: SyncRun): TemplateResult {
  if (run.state === "queued" && run.rowsRead === 0) return html`<p class="facts">${context.t.queued}</p>`;
  return progress(context, status, run);
}

function summary(context: RowContext, status: EntityStatus): TemplateResult {
  const { t, locale } = context;
  const { format } = locale;
  const { run } = status;
  const made =
    run?.state === "completed"
      ? html`<span>${t.made(format.number(run.rowsRead), format.number(run.rowsWritten), format.duration(secondsOf(run)))}</span>`
      : run?.state === "cancelled"
        ? html`<span>${t.stoppedAt(run.rowsRead)}</span>`
        : nothing;
  const facts = joined([
    status.lastCompletedAt
      ? when(context, Date.parse(status.lastCompletedAt), t.updated)
      : html`<span>${t.never}</span>`,
    made,
    // An overdue run is about to start.
    status.nextRunAt ? when(context, Math.max(Date.parse(status.nextRunAt), Date.now()), t.next) : nothing,
  ]);
  return html`<p class="facts">${facts}</p>`;
}

function failed(context: RowContext, failure: Failure): TemplateResult {
  const { title, text, detail } = failureMessage(context.locale, failure);
  return html`<div class="note alert" part="error" role="group">
    ${icons.error}
    <div>
      <p class="note-title">${title}</p>
      <p>${text}</p>
      ${detail ? html`<p class="detail">${detail}</p>` : nothing}
    </div>
  </div>`;
}

function question(context: RowContext, status: EntityStatus): TemplateResult {
  const { t } = context;
  const done = t.counted[status.entity](status.run?.rowsRead ?? 0);
  return html`<div class="question" role="group" aria-label=${t.stop}>
    <p>${t.stopQuestion(done)}</p>
    <button class="button danger" type="button" data-action="stop-yes" @click=${() => context.confirmStop(status.entity, true)}>
      ${t.stopYes}
    </button>
    <button class="button quiet" type="button" data-action="stop-no" @click=${() => context.confirmStop(status.entity, false)}>
      ${t.stopNo}
    </button>
  </div>`;
}

function actions(context: RowContext, status: EntityStatus): TemplateResult | typeof nothing {
  const { t, mayRun, busy } = context;
  if (context.readonly || context.confirming) return nothing;
  const name = t.entities[status.entity];
  const off = busy || !mayRun;
  if (isActive(status.run)) {
    return html`<div class="actions"><button class="button" type="button" part="stop" data-action="stop" ?disabled=${off}
      aria-label=${t.stopOf(name)} @click=${() => context.stop(status)}>${icons.stop}${t.stop}</button></div>`;
  }
  const full = html`<button class="button ${status.lastCompletedAt ? "quiet" : ""}" type="button" part="start-full" data-action="full"
    ?disabled=${off} aria-label=${t.fullOf(name)} @click=${() => context.start(status.entity, "full")}>${icons.download}${t.full}</button>`;
  const incremental = html`<button class="button" type="button" part="start-incremental" data-action="incremental"
    ?disabled=${off} aria-label=${t.incrementalOf(name)}
    @click=${() => context.start(status.entity, "incremental")}>${icons.refresh}${t.incremental}</button>`;
  return html`<div class="actions">${status.lastCompletedAt ? incremental : nothing}${full}</div>`;
}

/** One entity: what it is doing or did last, how many rows there are, and what can be done. */
export function entityRow(context: RowContext, status: EntityStatus): TemplateResult {
  const { t } = context;
  const badge = badgeOf(status, t);
  const { run } = status;
  const failure: Failure | undefined =
    context.failure ?? (run?.state === "failed" && run.error ? { kind: "error", ...run.error } : undefined);
  return html`<li class="row" part="row" data-entity=${status.entity} aria-busy=${isActive(run)}>
    <div class="name">
      <h3>${t.entities[status.entity]}</h3>
      <span class="badge ${badge.tone}" part="badge">${icons[badge.icon]}${badge.text}</span>
    </div>
    <p class="rows tabular">${t.counted[status.entity](status.rows)}</p>
    ${actions(context, status)}
    <div class="what">
      ${isActive(run) ? underWay(context, status, run) : summary(context, status)}
      ${context.confirming ? question(context, status) : nothing}
      ${failure ? failed(context, failure) : nothing}
    </div>
  </li>`;
}
