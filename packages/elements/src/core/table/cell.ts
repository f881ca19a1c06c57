import { html, nothing, type TemplateResult } from "lit";
import { cssVars } from "../css-vars.ts";
import { cellText, linkOf } from "../data/cell-text.ts";
import type { Column, TableData } from "../data/column.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import { coreTexts } from "../messages.ts";
import { tableTexts } from "./messages.ts";

/** Whether the column's cells are right-aligned: quantities are, ids and dates are not. */
export function isQuantity(column: Column): boolean {
  return column.type === "number" && column.info.kind !== "id";
}

/** Where a cell's text leads: the portal's record, a web page, a letter or a call. */
function targetOf(
  column: Column,
  row: number,
  data: TableData,
  text: string,
): { href: string; away: boolean } | undefined {
  const portal = linkOf(column, row, data);
  if (portal) return { href: portal, away: true };
  const { kind } = column.info;
  if (kind === "email" && /^[^\s@]+@[^\s@]+$/.test(text)) return { href: `mailto:${text}`, away: false };
  if (kind === "phone" && /\d{3}/.test(text))
    return { href: `tel:${text.replace(/[^\d+]/g, "")}`, away: false };
  if ((kind === "url" || kind === "link") && /^https?:\/\//i.test(text) && URL.canParse(text))
    return { href: text, away: true };
  return undefined;
}

function linkView(
  target: { href: string; away: boolean },
  text: string,
  locale: LocaleController,
  tabIndex: -1 | 0,
): TemplateResult {
  const { href, away } = target;
  if (!away) return html`<a tabindex=${tabIndex} href=${href}>${text}</a>`;
  const label = locale.texts(tableTexts).openInPortal(text);
  return html`<a tabindex=${tabIndex} href=${href} target="_blank" rel="noopener" aria-label=${label}>${text}</a>`;
}

function chipView(column: Column, text: string): TemplateResult {
  const colour = column.info.colors.get(text);
  return html`<span class="chip" ${cssVars({ "--_chip": colour })}><span class="chip-text">${text}</span></span>`;
}

/** The exact value behind a short one, for the cell's tooltip. */
export function exactText(column: Column, row: number, text: string, locale: LocaleController): string {
  if (column.type !== "time") return text;
  return locale.format.exact(column.number(row), { calendar: column.isCalendar });
}

/** What stands in a cell. A grid walks its links by arrow keys; elsewhere they are reached by Tab: `tabIndex` 0. */
export function cellView(
  column: Column,
  row: number,
  data: TableData,
  locale: LocaleController,
  tabIndex: -1 | 0 = -1,
): TemplateResult {
  const text = cellText(column, row, data, locale.format, locale.texts(coreTexts));
  if (text === undefined) {
    return html`<span class="none" aria-hidden="true">—</span
      ><span class="visually-hidden">${locale.texts(tableTexts).noValue}</span>`;
  }
  if (column.info.colors.size > 0) return chipView(column, text);
  const target = targetOf(column, row, data, text);
  if (target) return linkView(target, text, locale, tabIndex);
  if (column.type === "time") {
    const iso = new Date(column.number(row)).toISOString();
    return html`<time datetime=${column.isCalendar ? iso.slice(0, 10) : iso}>${text}</time>`;
  }
  return html`${text}${nothing}`;
}
