import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { TableData } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { tableTexts } from "./messages.ts";
import type { TableView } from "./table-view.ts";

/** List of all columns: which are shown, and in what order. */
export function columnsPanel(
  view: TableView,
  data: TableData,
  locale: LocaleController,
  onChange: () => void,
): TemplateResult {
  const t = locale.texts(tableTexts);
  const arranged = view.arranged(data);
  const move = (name: string, by: number) => () => {
    view.move(data, name, by);
    onChange();
  };
  const show = (name: string) => (event: Event) => {
    view.setHidden(name, !(event.target as HTMLInputElement).checked);
    onChange();
  };
  const showAll = () => {
    view.showAll();
    onChange();
  };
  return html`<div class="popup columns-panel" data-popup="columns" role="group" aria-label=${t.columns}>
    <p class="hint">${t.columnsHint}</p>
    <ul class="plain-list">
      ${repeat(
        arranged,
        ({ info }) => info.name,
        (column, i) => {
          const { name } = column.info;
          const label = labelOf(column, locale.language);
          return html`<li class="columns-row">
            <label><input type="checkbox" .checked=${!view.hidden.has(name)} @change=${show(name)} /><span>${label}</span></label>
            <button class="button quiet icon-only" type="button" aria-label=${t.moveUp(label)}
              aria-disabled=${i === 0 ? "true" : "false"} @click=${move(name, -1)}>${icons.up}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t.moveDown(label)}
              aria-disabled=${i === arranged.length - 1 ? "true" : "false"} @click=${move(name, 1)}>${icons.down}</button>
          </li>`;
        },
      )}
    </ul>
    <button class="button quiet" type="button" ?disabled=${view.hidden.size === 0} @click=${showAll}>${t.showAllColumns}</button>
  </div>`;
}
