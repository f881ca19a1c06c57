import type { Table } from "@uwdata/flechette";
import { html, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";

/** The records behind a mark. */
export interface RowsBehind {
  title: string;
  table: Table;
  /** Indexes of the rows; all of the table where absent. */
  rows?: Uint32Array;
}

/** A dialog over the page with the rows behind a mark, in the element that draws every table. */
export function rowsDialog(
  behind: RowsBehind,
  locale: LocaleController,
  onClose: () => void,
): TemplateResult {
  const { close } = locale.texts(coreTexts);
  return html`<dialog class="rows-dialog" part="rows" aria-label=${behind.title} @close=${onClose}>
    <div class="rows-body">
      <button class="button quiet icon-only rows-close" type="button" aria-label=${close} title=${close}
        @click=${(event: Event) => (event.currentTarget as Element).closest("dialog")?.close()}>${icons.close}</button>
      <b24-table .data=${behind.table} .only=${behind.rows} heading=${behind.title}></b24-table>
    </div>
  </dialog>`;
}
