import { html, nothing, type TemplateResult } from "lit";
import { failureNote, icons, type LocaleController, textField } from "../../core/index.ts";
import { chartsTexts } from "../messages.ts";
import type { KeepController } from "./keep-controller.ts";

/** The form that keeps a chart, and then the dashboards it can stand on. */
export function keepView(
  keep: KeepController,
  locale: LocaleController,
  onSave: () => void,
): TemplateResult | typeof nothing {
  const { state } = keep;
  const t = locale.texts(chartsTexts);
  if (state.kind === "closed") return nothing;
  if (state.kind === "form") {
    const submit = (event: Event) => {
      event.preventDefault();
      onSave();
    };
    return html`<form class="keep" part="save" aria-label=${t.saveTitle} @submit=${submit}>
      ${textField({ name: "name", label: t.name, value: state.name, maxlength: 200, onInput: (name) => keep.change({ name }) })}
      <label class="choice"><input type="checkbox" .checked=${state.pinned}
        @change=${(event: Event) => keep.change({ pinned: (event.target as HTMLInputElement).checked })} />${t.pin}</label>
      ${state.failure ? failureNote(locale, state.failure) : nothing}
      <div class="actions">
        <button class="button primary" type="submit" ?disabled=${state.busy || !state.name.trim()}>${t.save}</button>
        <button class="button" type="button" @click=${() => keep.close()}>${t.cancel}</button>
      </div>
    </form>`;
  }
  const { boards, on, chart, failure, busy } = state;
  return html`<div class="keep" part="save" role="status">
    <p class="kept"><span class="kept-mark">${icons.check}</span>${on ? t.putOnDone(on) : `${t.saved}: ${chart.name}`}</p>
    ${failure ? failureNote(locale, failure) : nothing}
    ${
      on || !boards
        ? nothing
        : html`<p class="caption">${t.putOn}</p>
            <div class="actions">
              ${boards.slice(0, 6).map(
                (board) => html`<button class="button" type="button" data-board=${board.id} ?disabled=${busy}
                  @click=${() => keep.putOn(board, t.newDashboard)}>${board.name}</button>`,
              )}
              <button class="button" type="button" data-board="new" ?disabled=${busy}
                @click=${() => keep.putOn(undefined, t.newDashboard)}>${icons.plus}${t.newDashboard}</button>
            </div>`
    }
    <button class="button quiet icon-only keep-close" type="button" aria-label=${t.cancel} @click=${() => keep.close()}>${icons.close}</button>
  </div>`;
}
