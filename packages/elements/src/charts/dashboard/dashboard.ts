import type { B24Client, Catalogue, ChartFilters, ChartSuggestion, SavedChart } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import {
  B24Element,
  ClientController,
  emptyView,
  failureNote,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  Renewal,
  textField,
} from "../../core/index.ts";
import { popupStyles } from "../../core/popup.styles.ts";
import { PopupController } from "../../core/popup.ts";
import { EmbedController } from "../chart-embed/embed-controller.ts";
import { StandInController } from "../chart-picture/stand-in-controller.ts";
import { DashboardSavedEvent } from "../events.ts";
import { isFiltered } from "../is-filtered.ts";
import { inOrder } from "./arrange.ts";
import { BoardController, NO_FILTERS } from "./board-controller.ts";
import { dashboardStyles } from "./dashboard.styles.ts";
import { filtersView } from "./filters-view.ts";
import { lockedView } from "./locked-view.ts";
import { type DashboardMessages, dashboardTexts } from "./messages.ts";
import { MoveController } from "./move-controller.ts";
import { ShareController } from "./share-controller.ts";
import { shareView } from "./share-view.ts";
import { tileView } from "./tile-view.ts";
import { TilesController } from "./tiles-controller.ts";
import { TV_TILES, TvController } from "./tv-controller.ts";

const ROW = 64;
const REFRESHES = [0, 60, 300, 900] as const;
const MOST_SUGGESTIONS = 6;

/**
 * Kept charts side by side: arranged by pointer or keys, filtered together, renewed after every sync, shown across a
 * room, shared with strangers by a signed link. With `link` it is the stranger's view.
 *
 * @summary A board of kept charts.
 * @tag b24-dashboard
 * @event {DashboardSavedEvent} b24-dashboard-saved - A board was made, or its changes are kept.
 * @csspart head - Name, buttons and filters.
 * @csspart filters - Filters that reach every chart.
 * @csspart grid - The charts.
 * @csspart tile - One chart in its place.
 * @csspart share - The dialog of links.
 * @csspart state - Message in place of the board.
 * @csspart error - What saving or sharing failed with.
 * @csspart wrong - What is wrong with a field.
 */
export class B24Dashboard extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, popupStyles, dashboardStyles];

  /** Id of the board; the first there is where absent. */
  @property({ attribute: "dashboard-id" }) dashboardId = "";

  /** A signed link that somebody has shared; shows its board to a stranger. */
  @property() link = "";

  /** Seconds between refreshes, in place of what the board says; 0 leaves it to the board. */
  @property({ type: Number }) refresh = 0;

  /** Seconds that a page stays on the whole screen. */
  @property({ type: Number, attribute: "page-seconds" }) pageSeconds = 15;

  /** Leaves out downloads and copies. */
  @property({ type: Boolean, attribute: "no-export" }) noExport = false;

  /** Leaves out editing and sharing. */
  @property({ type: Boolean }) readonly = false;

  @state() private filters: ChartFilters = NO_FILTERS;
  @state() private catalogue: Catalogue | undefined;
  /** What a first dashboard could be made of; undefined until it is known. */
  @state() private suggestions: readonly ChartSuggestion[] | undefined;
  @state() private kept: readonly SavedChart[] | undefined;
  @state() private password = "";
  @state() private said = "";

  readonly #clients = new ClientController(this, (client, signal) => this.#begin(client, signal));
  readonly #popup = new PopupController(this);
  readonly #standIns = new StandInController(this);
  readonly #tiles = new TilesController(this, (chart) => this.#standIns.end(chart));
  readonly #board = new BoardController(this, {
    onOpened: () => this.#onOpened(),
    onSaved: (dashboard) => this.dispatchEvent(new DashboardSavedEvent({ dashboard })),
  });
  readonly #embed = new EmbedController(this);
  readonly #share = new ShareController(this, () => this.#clients.current);
  readonly #tv = new TvController(
    this,
    () => Math.ceil(this.#board.tiles.length / TV_TILES),
    () => this.pageSeconds,
  );
  readonly #moves = new MoveController(this, {
    grid: () => this.renderRoot.querySelector<HTMLElement>(".grid"),
    rowHeight: ROW,
    onPlace: (chart, change) => this.#board.place(chart, change),
    onMoved: (chart) => this.#sayPlace(chart),
  });
  readonly #renewal = new Renewal(() => this.#onChanged());
  #timer: ReturnType<typeof setInterval> | undefined;

  get #t(): DashboardMessages {
    return this.locale.texts(dashboardTexts);
  }

  get #stranger(): boolean {
    return this.link !== "";
  }

  /** Draws every chart anew. */
  renew(): void {
    void this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#renewal.stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const client = this.#clients.current;
    const other = (["dashboardId", "link"] as const).some((name) => changed.get(name) !== undefined);
    if (client && other) this.#open(client);
    if (changed.has("refresh")) this.#repeat();
    if (this.#tiles.locale && this.#tiles.locale !== this.locale.language) void this.#draw();
    const dialog = this.renderRoot.querySelector<HTMLDialogElement>(".dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  #begin(client: B24Client, signal: AbortSignal): void {
    this.#open(client);
    if (this.#stranger) return;
    this.#learn(client, signal);
    this.#renewal.follow(client, signal);
  }

  /** Without them the filters are only the days, and the empty board offers nothing. */
  #learn(client: B24Client, signal?: AbortSignal): void {
    const quiet = () => undefined;
    void client.charts.catalogue({ signal }).then((found) => {
      this.catalogue = found;
    }, quiet);
    void client.charts.suggest(undefined, { signal }).then((found) => {
      this.suggestions = found;
    }, quiet);
  }

  #open(client: B24Client): void {
    this.#standIns.warm();
    void (this.#stranger
      ? this.#board.openLink(client, this.link)
      : this.#board.open(client, this.dashboardId));
  }

  #onOpened(): void {
    const { state } = this.#board;
    if (state.kind !== "open") return;
    if (!this.#board.draft) this.filters = state.board.filters;
    this.#repeat();
    void this.#draw();
  }

  #repeat(): void {
    clearInterval(this.#timer);
    const { state } = this.#board;
    const seconds = this.refresh || (state.kind === "open" ? state.board.refreshSeconds : 0);
    if (seconds > 0)
      this.#timer = setInterval(() => this.#renewal.busy || this.renew(), Math.max(10, seconds) * 1000);
  }

  #onChanged(): void {
    if (!this.#clients.current) return;
    this.renew();
    if (!this.#stranger) this.#learn(this.#clients.current);
  }

  async #draw(): Promise<void> {
    const client = this.#clients.current;
    const { state } = this.#board;
    if (!client || state.kind !== "open") return;
    const charts = inOrder(this.#board.tiles).map(({ chart }) => ({ id: chart }));
    const source = {
      client,
      options: this.#board.call,
      reader: { locale: this.locale.language, timeZone: this.locale.format.zone },
      filters: isFiltered(this.filters) ? this.filters : null,
    };
    // Pictures know the locks of a stranger's link, not the filters of this page.
    if (source.filters) this.#standIns.clear();
    else this.#standIns.begin(charts, this.#board.call);
    await this.#renewal.time(() => this.#tiles.draw(charts, source));
  }

  readonly #filter = (filters: ChartFilters) => {
    this.filters = filters;
    void this.#draw();
  };

  #nameOf(chart: string): string {
    const { state } = this.#board;
    return (state.kind === "open" && state.charts.find(({ id }) => id === chart)?.name) || "";
  }

  #sayPlace(chart: string): void {
    const tile = this.#board.tiles.find((one) => one.chart === chart);
    if (tile) this.said = this.#t.moved(this.#nameOf(chart), tile.x + 1, tile.y + 1, tile.width, tile.height);
  }

  #addMenu(): TemplateResult {
    const t = this.#t;
    const placed = new Set(this.#board.tiles.map(({ chart }) => chart));
    const free = this.kept?.filter(({ id }) => !placed.has(id));
    const open = () => {
      this.#popup.toggle("add");
      void this.#clients.current?.charts.boards.charts().then(
        (charts) => {
          this.kept = charts;
        },
        () => undefined,
      );
    };
    const button = html`<button class="button" type="button" data-popup-button="add" aria-haspopup="menu"
      aria-expanded=${this.#popup.open === "add" ? "true" : "false"} @click=${open}>${icons.plus}${t.add}</button>`;
    return this.#popup.anchor(
      "add",
      button,
      () => html`<div class="popup" data-popup="add" role="menu" aria-label=${t.add}>
        ${
          free?.length
            ? free.map(
                (chart) =>
                  html`<button class="menu-item" type="button" role="menuitem" @click=${() => {
                    this.#popup.close(true);
                    this.#board.add(chart);
                  }}>${chart.name}</button>`,
              )
            : html`<p class="hint">${free ? t.addNone : "…"}</p>`
        }
      </div>`,
    );
  }

  #editHead(): TemplateResult {
    const t = this.#t;
    const draft = this.#board.draft!;
    return html`<div class="edit">
      ${textField({ name: "name", label: t.name, value: draft.name, maxlength: 200, onInput: (name) => this.#board.change({ name }) })}
      <div class="labelled"><label for="refresh">${t.refreshEvery}</label>
        <select class="field" id="refresh" .value=${String(draft.refreshSeconds)}
          @change=${(event: Event) => this.#board.change({ refreshSeconds: Number((event.target as HTMLSelectElement).value) })}>
          ${REFRESHES.map((seconds) => html`<option value=${seconds} ?selected=${seconds === draft.refreshSeconds}>${t.refreshChoices[seconds]}</option>`)}
        </select></div>
      <div class="actions">
        ${this.#addMenu()}
        <button class="button primary" type="button" data-action="save" ?disabled=${draft.busy || !draft.name.trim()}
          @click=${() => this.#board.save(this.filters)}>${t.save}</button>
        <button class="button" type="button" data-action="cancel" @click=${() => this.#board.cancel()}>${t.cancel}</button>
      </div>
      <p class="hint">${t.editHint}</p>
      ${draft.failure ? failureNote(this.locale, draft.failure) : nothing}
    </div>`;
  }

  #headView(name: string): TemplateResult {
    const t = this.#t;
    const { boards, draft } = this.#board;
    const tool = (action: string, label: string, icon: TemplateResult, onClick: () => void) =>
      html`<button class="button quiet" type="button" data-action=${action} aria-label=${label} title=${label} @click=${onClick}>${icon}<span class="tool-text">${label}</span></button>`;
    const own = !this.readonly && !this.#stranger && !draft;
    const { state } = this.#board;
    return html`<div class="board-head" part="head">
      <div class="title-line">
        ${
          boards.length > 1 && !draft
            ? html`<select class="board-name" aria-label=${t.dashboard} @change=${(event: Event) => this.#board.select((event.target as HTMLSelectElement).value)}>
                ${boards.map((board) => html`<option value=${board.id} ?selected=${state.kind === "open" && board.id === state.board.id}>${board.name}</option>`)}
              </select>`
            : html`<h2 class="board-name">${draft?.name ?? name}</h2>`
        }
        <div class="tools">
          ${tool("refresh", t.refresh, icons.refresh, () => this.renew())}
          ${tool("tv", t.tv, icons.screen, () => void this.#tv.enter())}
          ${own && state.kind === "open" ? tool("share", t.share, icons.share, () => void this.#share.open(state.board.id)) : nothing}
          ${own ? tool("edit", t.edit, icons.edit, () => this.#board.edit()) : nothing}
        </div>
      </div>
      ${draft ? this.#editHead() : this.#stranger ? nothing : filtersView({ filters: this.filters, catalogue: this.catalogue, popup: this.#popup, locale: this.locale, onChange: this.#filter })}
    </div>`;
  }

  #gridView(charts: readonly SavedChart[]): TemplateResult {
    const t = this.#t;
    const tiles = inOrder(this.#board.tiles);
    if (!tiles.length) return emptyView(this.locale, { title: t.emptyTitle, text: t.emptyText });
    const first = this.#tv.page * TV_TILES;
    const shown = this.#tv.on ? tiles.slice(first, first + TV_TILES) : tiles;
    const editing = this.#board.draft !== undefined;
    return html`<div class="grid ${editing ? "arranging" : ""}" part="grid">
      ${repeat(
        shown,
        ({ chart }) => chart,
        (tile) =>
          tileView({
            tile,
            chart: charts.find(({ id }) => id === tile.chart),
            state: this.#tiles.of(tile.chart),
            locale: this.locale,
            editing,
            noExport: this.noExport || this.#tv.on,
            moves: this.#moves,
            standIns: this.#standIns,
            onRemove: () => this.#board.remove(tile.chart),
            onEmbed: this.readonly || this.#stranger ? undefined : (chart) => void this.#embed.show(chart),
          }),
      )}
    </div>`;
  }

  #lockedView({ wrong, busy }: { wrong: boolean; busy: boolean }): TemplateResult {
    return lockedView({
      ...{ locale: this.locale, password: this.password, wrong, busy },
      onInput: (password) => {
        this.password = password;
      },
      onOpen: () => {
        const client = this.#clients.current;
        if (client) void this.#board.openLink(client, this.link, this.password);
      },
    });
  }

  #noneView(): TemplateResult {
    const t = this.#t;
    const offered = (this.suggestions ?? []).slice(0, MOST_SUGGESTIONS);
    const make = () => void this.#board.make(t.makeName, offered, this.locale.language);
    const action = offered.length
      ? html`<button class="button primary" type="button" data-action="make" @click=${make}>${icons.spark}${t.make}</button>`
      : nothing;
    return html`<div class="panel">${emptyView(this.locale, { icon: "chart", title: t.noneTitle, text: this.suggestions?.length === 0 ? t.noneYetText : t.noneText, action })}
      ${offered.length ? html`<ul class="offered">${offered.map(({ title }) => html`<li>${title[this.locale.language]}</li>`)}</ul>` : nothing}</div>`;
  }

  #tvBar(name: string): TemplateResult {
    const t = this.#t;
    const pages = Math.ceil(this.#board.tiles.length / TV_TILES);
    return html`<div class="tv-bar"><h2 class="board-name">${name}</h2>
      <span class="tabular">${pages > 1 ? t.tvPage(this.#tv.page + 1, pages) : nothing}</span>
      <span class="tabular">${this.locale.format.time(Date.now())}</span>
      <button class="button" type="button" data-action="leave" @click=${() => this.#tv.leave()}>${t.tvLeave}</button></div>`;
  }

  #bodyView(): TemplateResult {
    const { state } = this.#board;
    switch (state.kind) {
      case "loading":
        return html`${loadingNote(this.locale)}<div class="grid" aria-hidden="true">
          ${[0, 1, 2, 3].map(() => html`<div class="tile ghost"><span class="skeleton"></span></div>`)}</div>`;
      case "none":
        return this.#noneView();
      case "locked":
        return this.#lockedView(state);
      case "failed": {
        const client = this.#clients.current;
        return html`<div class="panel">${failureView(this.locale, state.failure, client && (() => this.#open(client)))}</div>`;
      }
      default:
        return html`${this.#tv.on ? this.#tvBar(state.board.name) : this.#headView(state.board.name)}
          ${keyed(state.board.id, this.#gridView(state.charts))}`;
    }
  }

  protected override render(): TemplateResult {
    const filters = isFiltered(this.filters) ? this.filters : null;
    return html`<section class="board ${this.#tv.on ? "tv" : ""}" aria-label=${this.#t.dashboard}>
      ${this.#bodyView()}
      ${shareView(this.#share, this.locale, () => void this.#share.make(filters))}
      ${this.#embed.view()}
      <div class="visually-hidden" aria-live="polite">${this.said}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-dashboard": B24Dashboard;
  }
}
