import type { DashboardTile, SavedChart } from "@b24kit/client";
import { html, nothing, type TemplateResult } from "lit";
import { cssVars } from "../../core/css-vars.ts";
import { failureWords, icons, type LocaleController, loadingNote } from "../../core/index.ts";
import type { StandInController } from "../chart-picture/stand-in-controller.ts";
import { specChart } from "../spec-chart.ts";
import { dashboardTexts } from "./messages.ts";
import type { MoveController } from "./move-controller.ts";
import type { TileState } from "./tiles-controller.ts";

export interface TileView {
  tile: DashboardTile;
  chart: SavedChart | undefined;
  state: TileState;
  locale: LocaleController;
  editing: boolean;
  noExport: boolean;
  moves: MoveController;
  standIns: StandInController;
  onRemove: () => void;
  /** Absent for strangers. */
  onEmbed: ((chart: SavedChart) => void) | undefined;
}

function contentView({
  tile,
  state,
  chart,
  locale,
  noExport,
  editing,
  onEmbed,
  standIns,
}: TileView): TemplateResult {
  const t = locale.texts(dashboardTexts);
  const { answer, table, failure, refused } = state;
  const name = chart?.name ?? "";
  if (answer && table && table.numRows > 0) {
    const stale = failure
      ? html`<p class="tile-stale" role="status">${icons.warning}${t.stale}</p>`
      : nothing;
    return html`${stale}${specChart({
      spec: answer.spec,
      table,
      language: locale.language,
      heading: name,
      noExport,
      readonly: editing,
      pictured: standIns.stands(tile.chart),
      onSettled: () => standIns.settle(tile.chart),
      onEmbed: chart && onEmbed && !editing ? () => onEmbed(chart) : undefined,
    })}`;
  }
  const words = failure
    ? failureWords(locale, failure)
    : refused
      ? t.tileRefused
      : table
        ? t.tileEmpty
        : undefined;
  return html`<h3 class="tile-name">${name}</h3>
    ${
      words
        ? html`<p class="tile-note" role="status">${failure ? icons.error : icons.empty}<span>${words}</span></p>`
        : html`${loadingNote(locale)}<div class="tile-skeleton" aria-hidden="true"><span class="skeleton"></span></div>`
    }`;
}

function handles({ tile, chart, locale, moves, onRemove }: TileView): TemplateResult {
  const t = locale.texts(dashboardTexts);
  const name = chart?.name ?? "";
  return html`<div class="tile-tools">
      <button class="handle" type="button" data-move=${tile.chart} aria-label=${t.move(name)} title=${t.move(name)}
        @pointerdown=${(event: PointerEvent) => moves.begin(event, tile, false)} @pointermove=${moves.move}
        @pointerup=${moves.end} @pointercancel=${moves.end} @keydown=${(event: KeyboardEvent) => moves.key(event, tile)}>${icons.move}</button>
      <button class="handle" type="button" data-remove=${tile.chart} aria-label=${t.remove(name)} title=${t.remove(name)} @click=${onRemove}>${icons.trash}</button>
    </div>
    <span class="resize" title=${t.resize(name)} @pointerdown=${(event: PointerEvent) => moves.begin(event, tile, true)}
      @pointermove=${moves.move} @pointerup=${moves.end} @pointercancel=${moves.end}></span>`;
}

/** A chart in its place on the board. */
export function tileView(view: TileView): TemplateResult {
  const { tile, editing, moves, chart, state, standIns } = view;
  const comes = state.table ? state.table.numRows > 0 : !state.failure && !state.refused;
  const standIn = comes ? standIns.view(tile.chart) : nothing;
  const busy = state.busy || standIns.stands(tile.chart) ? "true" : "false";
  const place = cssVars({
    "--_x": String(tile.x + 1),
    "--_y": String(tile.y + 1),
    "--_w": String(tile.width),
    "--_h": String(tile.height),
  });
  return html`<article class="tile ${editing ? "editing" : ""} ${moves.dragged === tile.chart ? "dragged" : ""} ${state.busy ? "busy" : ""}"
    part="tile" aria-label=${chart?.name ?? ""} aria-busy=${busy} ${place}>
    <div class="tile-body">${standIn}<div class="content">${contentView(view)}</div></div>
    ${editing ? handles(view) : nothing}
  </article>`;
}
