import type { GenerationOrder, GeneratorEntity, GeneratorLocale, GeneratorPreview } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { type Failure, failureNote, icons, type LocaleController, textField } from "../../core/index.ts";
import type { GeneratorMessages } from "../messages.ts";
import { ENTITIES } from "../run-state.ts";

/** What stands in the fields, as text. */
export interface Draft {
  counts: Record<GeneratorEntity, string>;
  locale: GeneratorLocale;
  seed: string;
}

export interface FormContext {
  locale: LocaleController;
  t: GeneratorMessages;
  draft: Draft;
  /** The form was sent with something wrong. */
  checked: boolean;
  busy: boolean;
  disabled: boolean;
  failure: Failure | undefined;
  preview: GeneratorPreview | undefined;
  /** There is a run already: another one is no longer the first thing to do. */
  again: boolean;
  change(part: Partial<Omit<Draft, "counts">>): void;
  count(entity: GeneratorEntity, text: string): void;
  submit(): void;
  ask(): void;
  hide(): void;
}

const FIRST: readonly GeneratorEntity[] = ["company", "contact"];
const MOST = 100_000;
const LARGEST_SEED = 2_147_483_647;

const whole = (text: string, most: number) => /^\d+$/.test(text.trim()) && Number(text) <= most;

/** The order that the fields make; null where one of them makes no sense. */
export function toOrder({ counts, locale, seed }: Draft): GenerationOrder | null {
  const right = ENTITIES.every((entity) => whole(counts[entity], MOST));
  if (!right || (seed.trim() !== "" && !whole(seed, LARGEST_SEED))) return null;
  const [companies, contacts, leads, deals] = ENTITIES.map((entity) => Number(counts[entity])) as [
    number,
    number,
    number,
    number,
  ];
  if (companies + contacts + leads + deals === 0) return null;
  return { companies, contacts, leads, deals, locale, ...(seed.trim() === "" ? {} : { seed: Number(seed) }) };
}

/** How many of what, in which language; then make it, or see first what it would be. */
export function formView(context: FormContext): TemplateResult {
  const { t, draft, busy, disabled, again } = context;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    context.submit();
  };
  const off = busy || disabled;
  return html`<form class="block fields" part="form" novalidate aria-label=${t.heading} @submit=${submit}>
    <div class="counts">${FIRST.map((entity) => countField(context, entity))}</div>
    <details ?open=${wrongInside(context)}>
      <summary>${t.more}</summary>
      <div class="fields more">
        <div class="counts">${ENTITIES.filter((entity) => !FIRST.includes(entity)).map((entity) => countField(context, entity))}</div>
        <div class="counts">
          <div class="labelled">
            <label for="locale">${t.locale}</label>
            <select class="field" id="locale" name="locale" ?disabled=${off}
              @change=${(event: Event) => context.change({ locale: (event.target as HTMLSelectElement).value as GeneratorLocale })}>
              ${Object.entries(t.locales).map(([value, name]) => html`<option value=${value} ?selected=${value === draft.locale}>${name}</option>`)}
            </select>
          </div>
          ${textField({
            name: "seed",
            label: t.seed,
            value: draft.seed,
            hint: t.seedHint,
            maxlength: 10,
            disabled: off,
            wrong:
              context.checked && draft.seed.trim() !== "" && !whole(draft.seed, LARGEST_SEED)
                ? t.wrongSeed
                : undefined,
            onInput: (seed) => context.change({ seed }),
          })}
        </div>
      </div>
    </details>
    ${context.checked && isNothing(draft) ? html`<p class="wrong">${icons.error}<span>${t.nothing}</span></p>` : nothing}
    <div class="actions">
      <button class="button ${again ? "" : "primary"}" type="submit" part="start" data-action="start" ?disabled=${off}>
        ${icons.play}${again ? t.again : t.start}
      </button>
      <button class="button quiet" type="button" part="preview" data-action="preview" ?disabled=${off} @click=${() => context.ask()}>
        ${t.preview}
      </button>
    </div>
    ${context.failure ? failureNote(context.locale, context.failure) : nothing}
    ${context.preview ? previewView(context, context.preview) : nothing}
  </form>`;
}

function countField(context: FormContext, entity: GeneratorEntity): TemplateResult {
  const { t, draft, checked } = context;
  const value = draft.counts[entity];
  return textField({
    name: entity,
    label: t.fields[entity],
    value,
    maxlength: 6,
    disabled: context.busy || context.disabled,
    wrong: checked && !whole(value, MOST) ? t.wrongCount : undefined,
    onInput: (text) => context.count(entity, text),
  });
}

const isNothing = ({ counts }: Draft) => ENTITIES.every((entity) => Number(counts[entity]) === 0);

/** A wrong field must not hide. */
function wrongInside({ checked, draft }: FormContext): boolean {
  const hidden = ENTITIES.filter((entity) => !FIRST.includes(entity));
  return (
    checked &&
    (hidden.some((entity) => !whole(draft.counts[entity], MOST)) ||
      (draft.seed.trim() !== "" && !whole(draft.seed, LARGEST_SEED)))
  );
}

/** A telephone number is read as a whole. */
const wholePhone = (line: string) => (line.startsWith("+") ? html`<span class="phone">${line}</span>` : line);

function previewView({ t, locale, hide }: FormContext, preview: GeneratorPreview): TemplateResult {
  const { format } = locale;
  const { counts } = preview.plan;
  const time = preview.seconds < 1 ? null : format.duration(preview.seconds);
  return html`<section class="preview" part="preview-card" aria-label=${t.previewTitle}>
    <h3>${t.previewTitle}</h3>
    <ul class="facts">
      ${ENTITIES.filter((entity) => counts[entity] > 0).map((entity) => html`<li>${t.counted[entity](counts[entity])}</li>`)}
      ${preview.links.contacts > 0 ? html`<li>${t.previewLinks(preview.links.contacts, preview.links.several)}</li>` : nothing}
      <li>${t.previewTime(preview.requests, time)}</li>
      <li>${t.seedIs(preview.plan.seed)}</li>
    </ul>
    <h3>${t.samples}</h3>
    <ul class="samples">
      ${preview.samples.map(
        (sample) => html`<li>
          <p class="sample-title">${sample.title}</p>
          <p class="facts">${sample.lines.map((line, at) => html`${at > 0 ? " · " : ""}${wholePhone(line)}`)}</p>
        </li>`,
      )}
    </ul>
    <div class="actions"><button class="button quiet" type="button" data-action="hide" @click=${hide}>${t.previewClose}</button></div>
  </section>`;
}
