import type { GeneratorFailure, GeneratorLogEntry, GeneratorRun } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Failure, failureNote, icons, type LocaleController } from "../../core/index.ts";
import { shortSession, statistics, toLines } from "../log-lines.ts";
import type { GeneratorMessages } from "../messages.ts";
import { ENTITIES, isActive, LOOKS, leftOf, totalsOf } from "../run-state.ts";

/** A deletion that a person is asked to confirm. */
export interface Question {
  readonly id: string;
  readonly force: boolean;
}

export interface RunViewContext {
  locale: LocaleController;
  t: GeneratorMessages;
  /** This tab. */
  session: string;
  mayRun: boolean;
  readonly: boolean;
  busy: boolean;
  /** A run is under way: others have to wait. */
  occupied: boolean;
  question: Question | undefined;
  failure: Failure | undefined;
  failures: readonly GeneratorFailure[];
  stop(run: GeneratorRun): void;
  resume(run: GeneratorRun): void;
  ask(question: Question): void;
  confirm(run: GeneratorRun, yes: boolean): void;
}

export function badge(t: GeneratorMessages, run: GeneratorRun): TemplateResult {
  const { tone, icon } = LOOKS[run.state];
  return html`<span class="badge ${tone}" part="badge">${icons[icon]}${t.states[run.state]}</span>`;
}

/** The run under way or the last one. */
export function runView(context: RunViewContext, run: GeneratorRun): TemplateResult {
  return html`<section class="block run" part="run" data-state=${run.state} aria-busy=${isActive(run)}>
    ${isActive(run) ? underWay(context, run) : ended(context, run)}
    ${context.failure ? failureNote(context.locale, context.failure) : nothing}
  </section>`;
}

function underWay(context: RunViewContext, run: GeneratorRun): TemplateResult {
  const { t, session } = context;
  const stoppable = ["queued", "running", "held"].includes(run.state);
  return html`<div class="row-head">
      ${badge(t, run)}
      ${
        stoppable && !context.readonly
          ? html`<div class="actions"><button class="button" type="button" part="stop" data-action="stop"
              ?disabled=${context.busy || !context.mayRun} @click=${() => context.stop(run)}>${icons.stop}${t.stop}</button></div>`
          : nothing
      }
    </div>
    ${run.session !== session && run.state !== "undoing" && session ? html`<p class="note elsewhere">${icons.info}<span>${t.elsewhere}</span></p>` : nothing}
    ${notes(context, run)} ${progress(context, run)}`;
}

function notes({ t, locale }: RunViewContext, run: GeneratorRun): TemplateResult | typeof nothing {
  const note = (text: string) =>
    html`<p class="note warning" role="status">${icons.clock}<span>${text}</span></p>`;
  const time = (iso: string) => locale.format.clock(Date.parse(iso));
  if (run.state === "held" && run.heldUntil) return note(t.held(time(run.heldUntil)));
  if (run.state === "stopping") return note(t.stopping(run.underWay));
  return run.waitingUntil ? note(t.waiting(time(run.waitingUntil))) : nothing;
}

function progress({ t, locale }: RunViewContext, run: GeneratorRun): TemplateResult {
  const { format } = locale;
  const { planned, created, failed } = totalsOf(run);
  const undoing = run.state === "undoing";
  const gone = run.undone ? run.undone.deleted + run.undone.kept + run.undone.missing : 0;
  const [done, all] = undoing ? [gone, created] : [created + failed, planned];
  const facts = [
    t.ofTotal(format.number(done), format.number(all)),
    ...(run.rate ? [t.rate(format.number(run.rate, 0))] : []),
    ...(run.secondsLeft ? [t.left(format.duration(run.secondsLeft))] : []),
    ...(run.resumed > 0 ? [t.resumed] : []),
  ];
  return html`<progress part="progress" aria-label=${undoing ? t.undoProgress : t.progress} max=${Math.max(all, 1)} .value=${done}></progress>
    <p class="facts tabular">${facts.join(" · ")}</p>
    ${
      undoing
        ? nothing
        : html`<ul class="tallies tabular">${ENTITIES.filter(
            (entity) => (run.counts[entity]?.planned ?? 0) > 0,
          ).map((entity) => {
            const tally = run.counts[entity]!;
            return html`<li>${t.fields[entity]}: ${t.ofTotal(format.number(tally.created), format.number(tally.planned))}</li>`;
          })}</ul>`
    }`;
}

function ended(context: RunViewContext, run: GeneratorRun): TemplateResult {
  const { t, locale, failures } = context;
  const { failed } = totalsOf(run);
  const made = {
    linked: run.linked,
    ...Object.fromEntries(ENTITIES.map((entity) => [entity, run.counts[entity]?.created ?? 0])),
  };
  return html`<div class="row-head">
      ${badge(t, run)}
      ${run.finishedAt ? html`<time class="hint" datetime=${run.finishedAt}>${locale.format.dateTime(Date.parse(run.finishedAt))}</time>` : nothing}
    </div>
    ${run.reason && run.state !== "undone" ? html`<p class="note ${run.state === "failed" ? "alert" : "warning"}">${icons.info}<span>${t.cancelled(shortSession(run.session), run.reason, run.error?.detail ?? "")}</span></p>` : nothing}
    ${run.state === "failed" && run.error ? failureNote(locale, { kind: "error", ...run.error }) : nothing}
    ${
      run.undone
        ? html`<p>${t.undone(run.undone.deleted, run.undone.missing)}</p>
            ${run.undone.kept > 0 ? html`<p class="note warning">${icons.warning}<span>${t.kept(run.undone.kept)}</span></p>` : nothing}`
        : html`<ul class="stats tabular" aria-label=${t.stats}>${statistics(t, made, (n) => locale.format.number(n)).map((line) => html`<li>${line}</li>`)}</ul>`
    }
    ${failed > 0 && !run.undone ? refusals(context, failed, failures) : nothing} ${runActions(context, run)}`;
}

function refusals(
  { t, locale }: RunViewContext,
  failed: number,
  failures: readonly GeneratorFailure[],
): TemplateResult {
  return html`<details class="refused" part="failures">
    <summary>${icons.warning}<span>${t.refused(failed)}</span></summary>
    <ul>
      ${failures.map(
        ({ entity, no, title, field, detail }) => html`<li>
          <p>${t.fields[entity]}, № ${locale.format.number(no)}: ${title}</p>
          <p class="facts">${[field ? t.field(field) : "", detail].filter(Boolean).join(": ")}</p>
        </li>`,
      )}
    </ul>
  </details>`;
}

/** What can be done with a run that has ended; also in the list of those before. */
export function runActions(context: RunViewContext, run: GeneratorRun): TemplateResult | typeof nothing {
  const { t, question } = context;
  if (context.readonly || isActive(run)) return nothing;
  if (question?.id === run.id) return questionView(context, run, question);
  const off = context.busy || context.occupied || !context.mayRun;
  const left = leftOf(run);
  const kept = run.undone?.kept ?? 0;
  const resumable = (run.state === "stopped" || run.state === "failed") && !run.undone;
  return html`<div class="actions">
    ${
      resumable
        ? html`<button class="button" type="button" part="resume" data-action="resume" ?disabled=${off} @click=${() => context.resume(run)}>${icons.play}${t.resume}</button>`
        : nothing
    }
    ${
      left > 0
        ? html`<button class="button danger" type="button" part="undo" data-action="undo" data-run=${run.id} ?disabled=${off}
            @click=${() => context.ask({ id: run.id, force: kept > 0 })}>${icons.trash}${kept > 0 ? t.force(kept) : t.undoCount(left)}</button>`
        : nothing
    }
  </div>`;
}

function questionView(context: RunViewContext, run: GeneratorRun, { force }: Question): TemplateResult {
  const { t } = context;
  const left = leftOf(run);
  const text = force ? t.forceQuestion(left) : t.undoQuestion(left);
  return html`<div class="question" role="group" aria-label=${t.undo}>
    <p>${text}</p>
    <div class="actions">
      <button class="button danger" type="button" data-action="undo-yes" @click=${() => context.confirm(run, true)}>${t.undoYes(left)}</button>
      <button class="button quiet" type="button" data-action="undo-no" @click=${() => context.confirm(run, false)}>${t.undoNo}</button>
    </div>
  </div>`;
}

/** What the run has had to say, folded. */
export function logView(
  { t, locale }: RunViewContext,
  run: GeneratorRun,
  log: readonly GeneratorLogEntry[],
): TemplateResult | typeof nothing {
  if (log.length === 0) return nothing;
  return html`<details class="block log" part="log" @toggle=${showLast}>
    <summary>${t.log}</summary>
    <ol tabindex="0" aria-label=${t.log}>
      ${repeat(
        log,
        ({ id }) => id,
        (entry) => html`<li class=${entry.level}>
          <time datetime=${entry.at}>${locale.format.clock(Date.parse(entry.at))}</time>
          <span>${toLines(t, entry, run.session).join("\n")}</span>
        </li>`,
      )}
    </ol>
  </details>`;
}

/** A log opens at what was said last. */
function showLast({ currentTarget }: Event): void {
  const list = (currentTarget as HTMLElement).querySelector("ol");
  if (list) list.scrollTop = list.scrollHeight;
}

/** Runs before the one that is shown. */
export function historyView(
  context: RunViewContext,
  runs: readonly GeneratorRun[],
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  const { t, locale } = context;
  return html`<details class="block history" part="history">
    <summary>${t.history} (${runs.length})</summary>
    <ul>
      ${repeat(
        runs,
        ({ id }) => id,
        (run) => html`<li>
          <div class="row-head">
            ${badge(t, run)}
            <time class="hint" datetime=${run.createdAt}>${locale.format.dateTime(Date.parse(run.createdAt))}</time>
            <span class="hint">${t.records(totalsOf(run).created)} · ${t.seedIs(run.plan.seed)}</span>
          </div>
          ${runActions(context, run)}
        </li>`,
      )}
    </ul>
  </details>`;
}
