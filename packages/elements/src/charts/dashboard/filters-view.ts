import type { Catalogue, CatalogueValue, ChartFilters } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { icons, type LocaleController } from "../../core/index.ts";
import type { PopupController } from "../../core/popup.ts";
import { isFiltered } from "../is-filtered.ts";
import { columnOf } from "../plan-columns.ts";
import { dashboardTexts } from "./messages.ts";

type Choice = "funnel" | "responsible" | "source";
const CHOICES: readonly Choice[] = ["funnel", "responsible", "source"];

export interface FiltersView {
  filters: ChartFilters;
  catalogue: Catalogue | undefined;
  popup: PopupController;
  locale: LocaleController;
  onChange: (filters: ChartFilters) => void;
}

function valuesOf(catalogue: Catalogue | undefined, choice: Choice): CatalogueValue[] {
  const column = columnOf(catalogue, "deals", `${choice}_id`) ?? columnOf(catalogue, "deals", choice);
  return column?.values ?? [];
}

function choiceView(view: FiltersView, choice: Choice): TemplateResult | typeof nothing {
  const { filters, catalogue, popup, locale, onChange } = view;
  const t = locale.texts(dashboardTexts);
  const values = valuesOf(catalogue, choice);
  const chosen = filters[choice];
  if (values.length < 2) return nothing;
  const toggle = (code: string) => {
    const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    onChange({ ...filters, [choice]: next });
  };
  const only =
    chosen.length === 1 ? values.find(({ code }) => code === chosen[0])?.label[locale.language] : undefined;
  const said = chosen.length ? (only ?? t.chosen(chosen.length)) : t.any;
  const button = html`<button class="filter ${chosen.length ? "on" : ""}" type="button" data-popup-button=${choice}
    aria-expanded=${popup.open === choice ? "true" : "false"} @click=${() => popup.toggle(choice)}>
    <span class="filter-name">${t[choice]}:</span> ${said}${icons.sortable}</button>`;
  return popup.anchor(
    choice,
    button,
    () => html`<div class="popup" data-popup=${choice} role="group" aria-label=${t[choice]}>
      ${values.map(
        ({
          code,
          label,
        }) => html`<label class="choice"><input type="checkbox" .checked=${chosen.includes(code)}
          @change=${() => toggle(code)} />${label[locale.language]}</label>`,
      )}
    </div>`,
  );
}

/** Filters that reach every chart: days, funnel, responsible, source. */
export function filtersView(view: FiltersView): TemplateResult {
  const { filters, locale, onChange } = view;
  const t = locale.texts(dashboardTexts);
  const day = (name: "from" | "to") => html`<label class="day"><span>${t[name]}</span>
    <input class="field" type="date" name=${name} .value=${filters[name] ?? ""}
      @change=${(event: Event) => onChange({ ...filters, [name]: (event.target as HTMLInputElement).value || null })} /></label>`;
  return html`<div class="filters" part="filters" role="group" aria-label=${t.filters}>
    ${day("from")}${day("to")}${CHOICES.map((choice) => choiceView(view, choice))}
    ${
      isFiltered(filters)
        ? html`<button class="button quiet" type="button" data-action="reset"
            @click=${() => onChange({ from: null, to: null, funnel: [], responsible: [], source: [] })}>${t.reset}</button>`
        : nothing
    }
  </div>`;
}
