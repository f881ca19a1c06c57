import type { B24Client, ChartForm, Dashboard, SavedChart } from "@b24kit/client";
import type { LitElement, ReactiveController } from "lit";
import { type Failure, type Language, toFailure } from "../../core/index.ts";
import { added, tileSize } from "../dashboard/arrange.ts";
import { newId } from "../new-id.ts";
import type { Drawn } from "./ask-controller.ts";

export type KeepState =
  | { kind: "closed" }
  | { kind: "form"; id: string; name: string; pinned: boolean; busy: boolean; failure?: Failure }
  | {
      kind: "kept";
      chart: SavedChart;
      size: ReturnType<typeof tileSize>;
      boards: readonly Dashboard[] | undefined;
      busy: boolean;
      on?: string;
      failure?: Failure;
    };

/** Keeps a drawn chart, and puts it on a dashboard. */
export class KeepController implements ReactiveController {
  state: KeepState = { kind: "closed" };
  readonly #host: LitElement;
  readonly #client: () => B24Client | undefined;
  readonly #onSaved: (chart: SavedChart) => void;

  constructor(host: LitElement, client: () => B24Client | undefined, onSaved: (chart: SavedChart) => void) {
    this.#host = host;
    this.#client = client;
    this.#onSaved = onSaved;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.state = { kind: "closed" };
  }

  openForm(name: string): void {
    // The id is chosen once: a repeat after a lost answer makes no second chart.
    this.#set({ kind: "form", id: newId(), name, pinned: false, busy: false });
  }

  change(part: Partial<Extract<KeepState, { kind: "form" }>>): void {
    if (this.state.kind === "form") this.#set({ ...this.state, ...part });
  }

  close(): void {
    this.#set({ kind: "closed" });
  }

  async save(drawn: Drawn, question: string, form: ChartForm | null, locale: Language): Promise<void> {
    const client = this.#client();
    const { state } = this;
    if (!client || state.kind !== "form" || state.busy || !state.name.trim()) return;
    const { failure: _, ...form0 } = state;
    this.#set({ ...form0, busy: true });
    const { answer } = drawn;
    const definition =
      answer.kind === "plan"
        ? ({ lane: "plan", plan: answer.plan } as const)
        : ({ lane: "sql", sql: answer.sql } as const);
    try {
      const { id, name, pinned } = state;
      const chart = await client.charts.boards.keep({
        id,
        name: name.trim(),
        question,
        definition,
        form,
        locale,
        pinned,
      });
      const size = tileSize(form ?? answer.spec.type, answer.spec.source.rows);
      this.#set({ kind: "kept", chart, size, boards: undefined, busy: false });
      this.#onSaved(chart);
      const boards = await client.charts.boards.dashboards();
      if (this.state.kind === "kept") this.#set({ ...this.state, boards });
    } catch (error) {
      if (this.state.kind === "form") this.#set({ ...this.state, busy: false, failure: toFailure(error) });
      else if (this.state.kind === "kept")
        this.#set({ ...this.state, boards: [], failure: toFailure(error) });
    }
  }

  /** Puts the kept chart on a dashboard; a new one is named `fresh`. */
  async putOn(board: Dashboard | undefined, fresh: string): Promise<void> {
    const client = this.#client();
    const { state } = this;
    if (!client || state.kind !== "kept" || state.busy) return;
    this.#set({ ...state, busy: true });
    try {
      const kept = board ? (await client.charts.boards.dashboard(board.id)).dashboard : undefined;
      const others = kept?.tiles.filter(({ chart }) => chart !== state.chart.id) ?? [];
      const saved = await client.charts.boards.keepDashboard(kept?.id ?? newId(), {
        name: kept?.name ?? fresh,
        tiles: added(others, state.chart.id, state.size),
        filters: kept?.filters ?? {},
        refreshSeconds: kept?.refreshSeconds ?? 0,
        version: kept?.version ?? null,
      });
      this.#set({ ...state, busy: false, on: saved.name });
    } catch (error) {
      this.#set({ ...state, busy: false, failure: toFailure(error) });
    }
  }

  #set(state: KeepState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
