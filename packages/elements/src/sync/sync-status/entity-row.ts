import type { EntityStatus, SyncRun } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureNote, icons, type LocaleController } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";
import { secondsOf } from "../run-length.ts";
import { countedOf, nameOf } from "./entity-words.ts";
import { notices } from "./notices.ts";
import { question, rareActions, rowActions } from "./row-actions.ts";
import { badgeOf, isActive } from "./run-view.ts";

export type RowAction = "incremental" | "full" | "reconcile" | "pause" | "resume" | "stop" | "details";

/** What a row needs beyond its entity's status. */
export interface RowContext {
  locale: LocaleController;
  t: SyncMessages;
  mayRun: boolean;
  readonly: boolean;
  /** The row's own request is under way. */
  busy: boolean;
  /** What is being asked before it is done. */
  confirming: "stop" | "full" | undefined;
  /** The details are shown. */
  open: boolean;
  /** The portal that the details ask for. */
  portal: string;
  /** What the row's last request failed with. */
  failure: Failure | undefined;
  act(action: RowAction, status: EntityStatus): void;
  answer(status: EntityStatus, yes: boolean): void;
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
  const { owners } = run;
  const read = owners?.read ?? run.rowsRead;
  const total = owners?.expected ?? run.rowsExpected;
  const known = total !== null && total > 0;
  const done = known
    ? (owners ? t.dealsRead : t.ofTotal)(format.number(read), format.number(total))
    : format.number(read);
  const facts = joined([
    html`<span class="count">${known || read > 0 ? done : t.asking}</span>`,
    owners && known ? html`<span>${countedOf(t, run, run.rowsRead)}</span>` : nothing,
    run.rate ? html`<span>${(owners ? t.perSecond : t.rate)(format.number(run.rate, 0))}</span>` : nothing,
    run.secondsLeft !== null && known
      ? html`<span>${t.left(format.duration(run.secondsLeft))}</span>`
      : nothing,
    run.requests > 0 ? html`<span>${t.requests(run.requests)}</span>` : nothing,
    run.retries > 0 ? html`<span>${t.retries(run.retries)}</span>` : nothing,
    run.resumed > 0 ? html`<span>${t.resumed}</span>` : nothing,
  ]);
  const share = known ? Math.min(read, total) : nothing;
  return html`<div class="progress">
    <progress part="progress" class=${run.state} max=${known ? total : 1} value=${share}
      aria-label=${t.progressOf(nameOf(context.locale, status))}></progress>
    ${known ? html`<span class="percent" aria-hidden="true">${format.percent(Math.min(1, read / total), 0)}</span>` : nothing}
    <p class="facts">${facts}</p>
    ${run.state === "paused" ? html`<p class="facts">${t.paused}</p>` : nothing}
    ${
      run.state === "waiting" && run.waitingUntil
        ? html`<p class="note warning">${icons.clock}<span>${t.waiting(format.time(Date.parse(run.waitingUntil)))}</span></p>`
        : nothing
    }
  </div>`;
}

function underWay(context: RowContext, status: EntityStatus, run: SyncRun): TemplateResult {
  const { t } = context;
  if (run.state === "queued" && run.rowsRead === 0) return html`<p class="facts">${t.queued}</p>`;
  if (run.type === "reconcile" && run.state === "running") return html`<p class="facts">${t.comparing}</p>`;
  return progress(context, status, run);
}

/** "источник 12 745 = зеркало 12 745 · сверено вчера, 03:10". */
function comparison(context: RowContext, { reconcile }: EntityStatus): TemplateResult[] {
  if (!reconcile) return [];
  const { t, locale } = context;
  const [source, mirror] = [reconcile.source, reconcile.mirror].map((n) => locale.format.number(n));
  const equal = reconcile.source === reconcile.mirror;
  return [
    html`<span class="compared ${equal ? "equal" : "differs"}">${t.compared(source!, mirror!, equal)}</span>`,
    when(context, Date.parse(reconcile.at), t.comparedAt),
  ];
}

function summary(context: RowContext, status: EntityStatus): TemplateResult {
  const { t, locale } = context;
  const { format } = locale;
  const { run } = status;
  const made =
    run?.state === "completed" && run.type !== "reconcile"
      ? html`<span>${t.made(format.number(run.rowsRead), format.number(run.rowsWritten), format.duration(secondsOf(run)))}</span>`
      : run?.state === "cancelled"
        ? html`<span>${t.stoppedAt(run.rowsRead)}</span>`
        : run?.state === "failed" && run.rowsRead > 0
          ? html`<span>${t.brokenAt(run.rowsRead)}</span>`
          : nothing;
  const facts = joined([
    status.lastCompletedAt
      ? when(context, Date.parse(status.lastCompletedAt), t.updated)
      : status.rows === 0
        ? html`<span>${t.never}</span>`
        : nothing,
    made,
    ...comparison(context, status),
    // An overdue run is about to start.
    status.nextRunAt ? when(context, Math.max(Date.parse(status.nextRunAt), Date.now()), t.next) : nothing,
  ]);
  return html`<p class="facts">${facts}</p>`;
}

/** Drawn by an element of its own: its code comes when the first row is opened. */
function details(context: RowContext, status: EntityStatus): TemplateResult {
  const { run, entity } = status;
  return html`<div class="details">
    ${rareActions(context, status)}
    <b24-sync-details .entity=${entity} .portal=${context.portal} .readonly=${!context.mayRun} lang=${context.locale.language}
      .revision=${run ? `${run.id} ${run.state}` : ""}></b24-sync-details>
  </div>`;
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
      <h3>${nameOf(context.locale, status)}</h3>
      <span class="badge ${badge.tone}" part="badge">${icons[badge.icon]}${badge.text}</span>
    </div>
    <p class="rows tabular">${countedOf(t, status, status.rows)}</p>
    ${rowActions(context, status)}
    <div class="what">
      ${isActive(run) ? underWay(context, status, run) : summary(context, status)}
      ${context.confirming ? question(context, status, context.confirming) : nothing}
      ${failure ? failureNote(context.locale, failure) : nothing}
      ${notices(t, status)}
    </div>
    ${context.open ? details(context, status) : nothing}
  </li>`;
}
