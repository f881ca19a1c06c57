import type { RunLog, RunState, SyncRun } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Failure, failureNote, type IconName, icons, type LocaleController } from "../../core/index.ts";
import { secondsOf } from "../run-length.ts";
import { entryWords } from "./log-values.ts";
import type { DetailsMessages } from "./messages.ts";

export interface HistoryContext {
  locale: LocaleController;
  t: DetailsMessages;
  runs: readonly SyncRun[];
  /** There may be older runs. */
  more: boolean;
  /** The run whose log is open, with the log once it has come. */
  open: number | undefined;
  log: RunLog | undefined;
  logFailure: Failure | undefined;
  toggle(run: SyncRun): void;
  showMore(): void;
}

const MARKS: Record<RunState, readonly [icon: IconName, tone: string]> = {
  queued: ["clock", ""],
  running: ["refresh", "info"],
  waiting: ["clock", "warning"],
  paused: ["pause", ""],
  completed: ["check", "success"],
  failed: ["error", "alert"],
  cancelled: ["stop", ""],
};

function facts({ t, locale }: HistoryContext, run: SyncRun): string {
  const words = run.type === "reconcile" ? [] : [t.read(run.rowsRead), t.changed(run.rowsWritten)];
  if (run.requests > 0) words.push(t.requests(run.requests));
  if (run.retries > 0) words.push(t.retries(run.retries));
  if (run.finishedAt && run.startedAt) words.push(t.took(locale.format.duration(secondsOf(run))));
  return words.join(" · ");
}

function logLines({ locale, t, log, logFailure }: HistoryContext): TemplateResult {
  if (logFailure) return failureNote(locale, logFailure);
  if (!log)
    return html`<div class="log"><span class="skeleton line"></span><span class="skeleton line"></span></div>`;
  if (log.entries.length === 0) return html`<p class="hint">${t.emptyLog}</p>`;
  return html`<div class="log" part="log" role="group" tabindex="0" aria-label=${t.showLog}><ol>
    ${log.entries.map((entry) => {
      const words = entryWords(locale, t, entry);
      const at = Date.parse(entry.at);
      const mark = entry.level === "info" ? nothing : icons[entry.level];
      return html`<li class=${entry.level}>
        <time datetime=${entry.at} title=${locale.format.exact(at)}>${locale.format.time(at)}</time>
        <span>${mark}${entry.level === "info" ? nothing : html`<span class="visually-hidden">${t.levels[entry.level]}: </span>`}${
          words ?? html`<code>${entry.code} ${JSON.stringify(entry.details)}</code>`
        }</span>
      </li>`;
    })}
  </ol></div>`;
}

function runItem(context: HistoryContext, run: SyncRun): TemplateResult {
  const { t, locale, open } = context;
  const at = Date.parse(run.startedAt ?? run.createdAt);
  const [icon, tone] = MARKS[run.state];
  const shown = open === run.id;
  const name = `${t.types[run.type]}, ${locale.format.dateTime(at)}`;
  return html`<li class="run" part="run" data-run=${run.id}>
    <div class="run-head">
      <span class="mark ${tone}">${icons[icon]}</span>
      <p>
        <span class="run-name">${t.types[run.type]}: ${t.states[run.state]}</span>
        <time class="hint" datetime=${new Date(at).toISOString()} title=${locale.format.exact(at)}>${locale.format.dateTime(at)}</time>
      </p>
      <button class="button quiet" type="button" data-action="log" aria-expanded=${shown} aria-label=${t.logOf(name)}
        @click=${() => context.toggle(run)}>${t.showLog}${icons.unfold}</button>
    </div>
    <p class="hint">${facts(context, run)}</p>
    ${run.state === "failed" && run.error ? failureNote(locale, { kind: "error", ...run.error }) : nothing}
    ${shown ? logLines(context) : nothing}
  </li>`;
}

/** What ran before, newest first; a run opens into its log. */
export function runHistory(context: HistoryContext): TemplateResult {
  const { t, runs, more } = context;
  if (runs.length === 0) return html`<p class="hint">${t.noRuns}</p>`;
  return html`<ul role="list">
      ${repeat(
        runs,
        ({ id }) => id,
        (run) => runItem(context, run),
      )}
    </ul>
    ${more ? html`<button class="button" type="button" data-action="more" @click=${() => context.showMore()}>${t.more}</button>` : nothing}`;
}
