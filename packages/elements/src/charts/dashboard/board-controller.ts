import type {
  B24Client,
  CallOptions,
  ChartFilters,
  ChartSuggestion,
  Dashboard,
  DashboardTile,
  Plan,
  SavedChart,
} from "@b24kit/client";
import type { LitElement, ReactiveController } from "lit";
import { type Failure, type Language, toFailure } from "../../core/index.ts";
import { newId } from "../new-id.ts";
import { added, place, tileSize, without } from "./arrange.ts";

export const NO_FILTERS: ChartFilters = { from: null, to: null, funnel: [], responsible: [], source: [] };

export type BoardState =
  | { kind: "loading" }
  /** Nobody has made one yet. */
  | { kind: "none" }
  | { kind: "locked"; wrong: boolean; busy: boolean }
  | { kind: "failed"; failure: Failure }
  | { kind: "open"; board: Dashboard; charts: readonly SavedChart[] };

/** What is being changed; kept apart until it is saved. */
export interface BoardDraft {
  name: string;
  tiles: readonly DashboardTile[];
  refreshSeconds: number;
  busy: boolean;
  failure?: Failure;
}

interface Options {
  onOpened: () => void;
  onSaved: (board: Dashboard) => void;
}

/** Opens a dashboard, of one's own or behind a stranger's link, and keeps changes of it. */
export class BoardController implements ReactiveController {
  state: BoardState = { kind: "loading" };
  boards: readonly Dashboard[] = [];
  draft: BoardDraft | undefined;
  /** What every call carries: a stranger's own token. */
  call: CallOptions = {};
  readonly #host: LitElement;
  readonly #options: Options;
  #client: B24Client | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#renewal);
  }

  /** Opens a board by its id, or the first there is. */
  async open(client: B24Client, id: string): Promise<void> {
    this.#client = client;
    this.call = {};
    try {
      this.boards = await client.charts.boards.dashboards();
      const wanted = id || this.boards[0]?.id;
      if (!wanted) return this.#set({ kind: "none" });
      await this.#load(wanted);
    } catch (error) {
      this.#set({ kind: "failed", failure: toFailure(error) });
    }
  }

  /** Opens a signed link; asks for the password where it has one. */
  async openLink(client: B24Client, link: string, password: string | null = null): Promise<void> {
    this.#client = client;
    if (this.state.kind === "locked") this.#set({ ...this.state, busy: true });
    try {
      const opened = await client.charts.boards.open(link, password);
      this.call = { token: opened.token };
      this.#renew(client, link, password, Date.parse(opened.expiresAt) - Date.parse(opened.serverTime));
      if (this.state.kind !== "open") await this.#load(opened.dashboard);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === "share_password_wrong")
        this.#set({ kind: "locked", wrong: password !== null, busy: false });
      else this.#set({ kind: "failed", failure });
    }
  }

  /** A minute early, by the server's clock: the page's may be wrong. */
  #renew(client: B24Client, link: string, password: string | null, lives: number): void {
    clearTimeout(this.#renewal);
    const wait = Math.max(5_000, lives - 60_000);
    this.#renewal = setTimeout(() => void this.openLink(client, link, password), wait);
  }

  async #load(id: string): Promise<void> {
    const { dashboard, charts } = await this.#client!.charts.boards.dashboard(id, this.call);
    this.draft = undefined;
    this.#set({ kind: "open", board: dashboard, charts });
    this.#options.onOpened();
  }

  async select(id: string): Promise<void> {
    await this.#load(id).catch((error) => this.#set({ kind: "failed", failure: toFailure(error) }));
  }

  get tiles(): readonly DashboardTile[] {
    return this.draft?.tiles ?? (this.state.kind === "open" ? this.state.board.tiles : []);
  }

  edit(): void {
    if (this.state.kind !== "open") return;
    const { name, tiles, refreshSeconds } = this.state.board;
    this.#setDraft({ name, tiles, refreshSeconds, busy: false });
  }

  cancel(): void {
    this.#setDraft(undefined);
  }

  change(part: Partial<BoardDraft>): void {
    if (this.draft) this.#setDraft({ ...this.draft, ...part });
  }

  place(chart: string, to: Parameters<typeof place>[2]): void {
    this.change({ tiles: place(this.tiles, chart, to) });
  }

  remove(chart: string): void {
    this.change({ tiles: without(this.tiles, chart) });
  }

  /** Puts a kept chart on the board. */
  add(chart: SavedChart): void {
    if (this.state.kind !== "open") return;
    if (!this.draft) this.edit();
    const charts = [...this.state.charts.filter(({ id }) => id !== chart.id), chart];
    this.state = { ...this.state, charts };
    this.change({ tiles: added(this.tiles, chart.id) });
    this.#options.onOpened();
  }

  /** Keeps the draft; another's change in between is told, and nothing is lost. */
  async save(filters: ChartFilters): Promise<void> {
    const { state, draft } = this;
    if (state.kind !== "open" || !draft || draft.busy) return;
    const { failure: _, ...rest } = draft;
    this.#setDraft({ ...rest, busy: true });
    try {
      const { name, tiles, refreshSeconds } = draft;
      const body = { name, tiles: [...tiles], refreshSeconds, filters, version: state.board.version };
      const board = await this.#client!.charts.boards.keepDashboard(state.board.id, body);
      this.boards = [...this.boards.filter(({ id }) => id !== board.id), board];
      this.state = { ...state, board };
      this.#setDraft(undefined);
      this.#options.onSaved(board);
    } catch (error) {
      this.#setDraft({ ...draft, busy: false, failure: toFailure(error) });
    }
  }

  /** Makes a board of suggestions: the first thing to see where there is none. */
  async make(name: string, suggestions: readonly ChartSuggestion[], locale: Language): Promise<void> {
    const client = this.#client;
    if (!client) return;
    this.#set({ kind: "loading" });
    try {
      const made = await Promise.all(suggestions.map((one) => this.#keep(client, one, locale)));
      const tiles = made.reduce<DashboardTile[]>((placed, { id, size }) => added(placed, id, size), []);
      const body = { name, tiles, filters: NO_FILTERS, refreshSeconds: 0, version: null };
      const board = await client.charts.boards.keepDashboard(newId(), body);
      this.boards = [...this.boards, board];
      this.#options.onSaved(board);
      await this.#load(board.id);
    } catch (error) {
      this.#set({ kind: "failed", failure: toFailure(error) });
    }
  }

  async #keep(client: B24Client, { title, plan, form }: ChartSuggestion, locale: Language) {
    const definition: { lane: "plan"; plan: Plan } = { lane: "plan", plan };
    const [{ id }, answer] = await Promise.all([
      client.charts.boards.keep({ id: newId(), name: title[locale], definition, form, locale }),
      client.charts.run({ plan, form, locale }),
    ]);
    return { id, size: "spec" in answer ? tileSize(answer.spec.type, answer.spec.source.rows) : undefined };
  }

  #setDraft(draft: BoardDraft | undefined): void {
    this.draft = draft;
    this.#host.requestUpdate();
  }

  #set(state: BoardState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
