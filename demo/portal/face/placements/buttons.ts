import { icon } from "../icons.ts";
import { html, type Markup } from "../markup.ts";

/** A placement of an application as a page shows it. */
export interface Placed {
  /** The binding's own number. */
  id: number;
  /** `CRM_DEAL_LIST_MENU` */
  code: string;
  title: string;
  description: string;
}

/** What the page says about its place; the script adds the row's ID and the page's address. */
export interface PlacedAt {
  id?: string;
}

/** Buttons of a toolbar; more than two fold into a menu of the browser's own. */
export function toolbarButtons(placed: readonly Placed[], at: PlacedAt): Markup | null {
  if (placed.length === 0) return null;
  const [first, second, ...rest] = placed as [Placed, ...Placed[]];
  const fold = [second, ...rest].filter((one) => one !== undefined);
  if (fold.length <= 1) return html`${placed.map((one) => openButton(one, at, "button"))}`;
  return html`${openButton(first, at, "button")}<details class="more"><summary class="button">Ещё ${fold.length}${icon("down")}</summary><div class="sheet">${fold.map((one) => openButton(one, at, "menu-item"))}</div></details>`;
}

function openButton(placed: Placed, { id }: PlacedAt, look: string): Markup {
  return html`<button type="button" class="${look}" data-placement="${placed.id}"${id !== undefined && html` data-record="${id}"`}${placed.description && html` title="${placed.description}"`}>${icon("app")}${placed.title}</button>`;
}

/** The menu that every row of a list shares: the page's script opens it at the row's button. */
export function placementMenu(placed: readonly Placed[]): Markup | null {
  if (placed.length === 0) return null;
  return html`<div id="row-menu" class="sheet row-menu" role="menu" popover="auto" aria-label="Приложения">${placed.map(
    (one) =>
      html`<button type="button" role="menuitem" class="menu-item" tabindex="-1" data-placement="${one.id}">${icon("app")}${one.title}</button>`,
  )}</div>`;
}
