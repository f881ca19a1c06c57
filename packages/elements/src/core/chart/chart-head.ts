import { html, nothing, type TemplateResult } from "lit";
import { headingView } from "../heading-view.ts";
import { icons } from "../icons.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";
import type { PopupController } from "../popup.ts";
import type { Headline } from "./headline.ts";
import { chartTexts } from "./messages.ts";

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
  onSave: (type: "png" | "svg" | "csv") => void;
}

function changeView(change: NonNullable<Headline["change"]>): TemplateResult {
  const icon = change.direction === "up" ? icons.up : change.direction === "down" ? icons.down : nothing;
  return html`<span class="change ${change.direction}">${icon}${change.text}</span>
    <span class="caption">${change.caption}</span>`;
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

function menu({ locale, popup, onSave }: ChartHead): TemplateResult {
  const t = locale.texts(chartTexts);
  const button = html`<button class="button quiet icon-only" type="button" data-popup-button="export" aria-haspopup="menu"
    aria-label=${t.export} title=${t.export} aria-expanded=${popup.open === "export" ? "true" : "false"}
    @click=${() => popup.toggle("export")}>${icons.download}</button>`;
  const item = (type: "png" | "svg" | "csv", text: string) =>
    html`<button class="menu-item" type="button" role="menuitem" @click=${() => onSave(type)}>${text}</button>`;
  return popup.anchor(
    "export",
    button,
    () => html`<div class="popup" data-popup="export" role="menu" aria-label=${t.export}>
      ${item("png", t.exportPng)}${item("svg", t.exportSvg)}${item("csv", t.exportCsv)}
    </div>`,
  );
}

/** Heading, the figure that answers it, and the buttons. */
export function chartHead(head: ChartHead): TemplateResult {
  const { locale, asTable, onToggle } = head;
  const t = locale.texts(chartTexts);
  const toggle = asTable ? t.showChart : t.showTable;
  return html`<header class="head">
    <div class="titles">
      ${headingView(head.heading, head.loading)}
      ${headlineView(head)}
    </div>
    <div class="tools">
      ${
        onToggle
          ? html`<button class="button quiet icon-only" type="button" aria-label=${toggle} title=${toggle}
                @click=${onToggle}>${asTable ? icons.chart : icons.table}</button>${menu(head)}`
          : nothing
      }
      <slot name="actions"></slot>
    </div>
    ${
      onToggle || head.loading
        ? html`<p class="as-of tabular">${
            head.asOf === undefined
              ? nothing
              : locale.texts(coreTexts).asOf(locale.format.dateTime(head.asOf))
          }${head.cutAt === undefined ? nothing : html` · ${t.firstRows(head.cutAt)}`}</p>`
        : nothing
    }
  </header>`;
}
