import type { B24Client, CallOptions, ChartAnswer, ChartFilters, SavedChart } from "@b24kit/client";
import type { Table } from "@uwdata/flechette";
import type { LitElement, ReactiveController } from "lit";
import { type Failure, toFailure } from "../../core/index.ts";

export type Drawable = Extract<ChartAnswer, { kind: "plan" | "sql" }>;

/** What a tile has to show; what was drawn stays while the new is on its way. */
export interface TileState {
  answer?: Drawable;
  table?: Table;
  busy: boolean;
  failure?: Failure;
  /** The question has no answer any more, or not with these filters. */
  refused?: boolean;
}

export interface TileSource {
  client: B24Client;
  options: CallOptions;
  reader: { locale: "ru" | "en"; timeZone: string };
  filters: ChartFilters | null;
}

/** Few at a time: a board of forty must not fill the API's queue. */
const AT_ONCE = 4;

/** Draws the charts of a board: a few at once, each by itself, the newest round wins. */
export class TilesController implements ReactiveController {
  readonly #host: LitElement;
  readonly #tiles = new Map<string, TileState>();
  /** Of the charts as they were asked for last. */
  locale: TileSource["reader"]["locale"] | undefined;
  #abort = new AbortController();

  readonly #onNoChart: (chart: string) => void;

  /** @param onNoChart no chart has come: words stand in its place */
  constructor(host: LitElement, onNoChart: (chart: string) => void) {
    this.#host = host;
    this.#onNoChart = onNoChart;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#abort.abort();
  }

  of(chart: string): TileState {
    return this.#tiles.get(chart) ?? { busy: true };
  }

  /** Draws these charts anew. */
  async draw(charts: readonly Pick<SavedChart, "id">[], source: TileSource): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.locale = source.reader.locale;
    const left = [...charts];
    for (const { id } of left) this.#set(id, { ...this.of(id), busy: true });
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) await this.#one(next.id, source, abort.signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #one(
    id: string,
    { client, options, reader, filters }: TileSource,
    signal: AbortSignal,
  ): Promise<void> {
    const call = { ...options, signal };
    try {
      const answer = await client.charts.boards.run(id, { ...reader, filters }, call);
      if (answer.kind !== "plan" && answer.kind !== "sql")
        return this.#set(id, { busy: false, refused: true });
      const table = await client.charts.result(answer.result, call);
      if (!signal.aborted) this.#set(id, { answer, table, busy: false });
    } catch (error) {
      if (!signal.aborted) this.#set(id, { ...this.of(id), busy: false, failure: toFailure(error) });
    }
  }

  #set(id: string, state: TileState): void {
    this.#tiles.set(id, state);
    const { table, failure, refused } = state;
    if (table ? table.numRows === 0 : failure || refused) this.#onNoChart(id);
    this.#host.requestUpdate();
  }
}
