import { html, nothing, type TemplateResult } from "lit";
import { headingView } from "../heading-view.ts";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";
import type { PopupController } from "../popup.ts";
import { changeView } from "./change-view.ts";
import type { ChartType } from "./chart-type.ts";
import { formIcons } from "./form-icons.ts";
import type { Headline } from "./headline.ts";
import { chartTexts } from "./messages.ts";

export type SaveType = "png" | "svg" | "csv" | "xlsx" | "arrow" | "sql";

export interface ChartHead {
  /** Undefined until it is known. */
  heading: string | undefined;
  headline: Headline | undefined;
  loading: boolean;
  asOf: number | undefined;
  /** Rows that were drawn, where the query's limit cut them off. */
  cutAt: number | undefined;
  asTable: boolean;
  locale: LocaleController;
  popup: PopupController;
  /** Absent where there is nothing to show as a table. */
  onToggle: (() => void) | undefined;
  /** The form that is drawn, and asks for all that could be, once the menu is open. */
  type: ChartType | undefined;
  offered: () => readonly ChartType[];
  onType: (type: ChartType) => void;
  /** Files that can be made; none where the page forbids it. */
  saves: readonly SaveType[];
  onSave: (type: SaveType) => void;
  /** Texts that can be taken along. */
  copies: readonly ("data" | "embed")[];
  onCopy: (what: "data" | "embed") => void;
}

function headlineView({ headline, loading }: ChartHead): TemplateResult | typeof nothing {
  if (loading) {
    return html`<div class="headline" aria-hidden="true"><span class="skeleton figure-skeleton"></span></div>`;
  }
  if (!headline) return nothing;
  return html`<p class="headline" part="headline">
    <span class="figure tabular" title=${headline.exact}>${headline.figure}</span>
    <span class="caption">${headline.caption}</span>
    ${headline.change ? changeView(headline.change) : nothing}
  </p>`;
}

function exportMenu(head: ChartHead): TemplateResult | typeof nothing {
  const { locale, popup, saves, copies } = head;
  if (!saves.length && !copies.length) return nothing;
  const t = locale.texts(chartTexts);
  const words: Record<SaveType, string> = {
    png: t.exportPng,
    svg: t.exportSvg,
    csv: t.exportCsv,
    xlsx: t.exportXlsx,
    arrow: t.exportArrow,
    sql: t.exportSql,
  };
  const button = html`<button class="button quiet icon-only" type="button" data-popup-button="export" aria-haspopup="menu"
    aria-label=${t.export} title=${t.export} aria-expanded=${popup.open === "export" ? "true" : "false"}
    @click=${() => popup.toggle("export")}>${icons.download}</button>`;
  const item = (text: string, onClick: () => void) =>
    html`<button class="menu-item" type="button" role="menuitem" @click=${onClick}>${text}</button>`;
  return popup.anchor(
    "export",
    button,
    () => html`<div class="popup" data-popup="export" role="menu" aria-label=${t.export}>
      ${saves.map((type) => item(words[type], () => head.onSave(type)))}
      ${copies.length && saves.length ? html`<hr role="separator" />` : nothing}
      ${copies.map((what) => item(what === "data" ? t.copyData : t.copyEmbed, () => head.onCopy(what)))}
    </div>`,
  );
}

/** The forms that the data can take, as tiles. */
function typeMenu(head: ChartHead): TemplateResult | typeof nothing {
  const { locale, popup, type } = head;
  if (!type) return nothing;
  const t = locale.texts(chartTexts);
  const label = `${t.form}: ${t.forms[type]}`;
  const button = html`<button class="button quiet icon-only" type="button" data-popup-button="type" aria-haspopup="menu"
    aria-label=${label} title=${label} aria-expanded=${popup.open === "type" ? "true" : "false"}
    @click=${() => popup.toggle("type")}>${formIcons[type]}</button>`;
  return popup.anchor(
    "type",
    button,
    () => html`<div class="popup forms" data-popup="type" role="menu" aria-label=${t.form}>
      ${head.offered().map(
        (one) => html`<button class="menu-item form-item" type="button" role="menuitem" data-form=${one}
          aria-current=${one === type ? "true" : nothing} @click=${() => head.onType(one)}>
          ${formIcons[one]}<span>${t.forms[one]}</span>
        </button>`,
      )}
    </div>`,
  );
}

function asOfView(head: ChartHead): TemplateResult | typeof nothing {
  const { locale, asOf, cutAt } = head;
  if (!head.onToggle && !head.loading) return nothing;
  const said = asOf === undefined ? nothing : locale.texts(coreTexts).asOf(locale.format.dateTime(asOf));
  const cut = cutAt === undefined ? nothing : html` · ${locale.texts(chartTexts).firstRows(cutAt)}`;
  return html`<p class="as-of tabular">${said}${cut}</p>`;
}

/** Heading, the figure that answers it, and the buttons. */
export function chartHead(head: ChartHead): TemplateResult {
  const { locale, asTable, onToggle } = head;
  const t = locale.texts(chartTexts);
  const toggle = asTable ? t.showChart : t.showTable;
  return html`<div class="head">
    <div class="titles">
      ${headingView(head.heading, head.loading)}
      ${headlineView(head)}
    </div>
    <div class="tools">
      ${
        onToggle
          ? html`<button class="button quiet icon-only" type="button" data-action="table" aria-label=${toggle} title=${toggle}
                @click=${onToggle}>${asTable ? icons.chart : icons.table}</button>${typeMenu(head)}${exportMenu(head)}`
          : nothing
      }
      <slot name="actions"></slot>
    </div>
    ${asOfView(head)}
  </div>`;
}
