import type { SavedChart } from "@b24kit/client";
import { html, type TemplateResult } from "lit";
import { icons, type LocaleController } from "../../core/index.ts";
import type { PopupController } from "../../core/popup.ts";
import { chartsTexts } from "../messages.ts";

export interface PastMenu {
  locale: LocaleController;
  popup: PopupController;
  questions: readonly string[];
  /** Undefined while they are on their way. */
  charts: readonly SavedChart[] | undefined;
  onOpen: () => void;
  onAsk: (question: string) => void;
  onChart: (chart: SavedChart) => void;
}

/** What was asked in this tab, and what is kept for good. */
export function pastMenu(menu: PastMenu): TemplateResult {
  const { locale, popup, questions, charts, onOpen, onAsk, onChart } = menu;
  const t = locale.texts(chartsTexts);
  const open = popup.open === "past";
  const toggle = () => {
    popup.toggle("past");
    if (!open) onOpen();
  };
  const item = (text: string, onClick: () => void, icon?: TemplateResult) =>
    html`<button class="menu-item" type="button" role="menuitem" @click=${() => {
      popup.close(true);
      onClick();
    }}>${icon}<span class="menu-text">${text}</span></button>`;
  const button = html`<button class="button quiet icon-only" type="button" data-popup-button="past" aria-haspopup="menu"
    aria-label=${t.history} title=${t.history} aria-expanded=${open ? "true" : "false"} @click=${toggle}>${icons.history}</button>`;
  return popup.anchor(
    "past",
    button,
    () => html`<div class="popup past" data-popup="past" role="menu" aria-label=${t.history}>
      <p class="hint">${t.kept}</p>
      ${charts?.length ? charts.slice(0, 12).map((one) => item(one.name, () => onChart(one), one.pinned ? icons.pin : icons.save)) : html`<p class="hint">${charts ? t.keptNone : "…"}</p>`}
      <hr role="separator" />
      <p class="hint">${t.history}</p>
      ${questions.length ? questions.map((one) => item(one, () => onAsk(one))) : html`<p class="hint">${t.historyNone}</p>`}
    </div>`,
  );
}
