import type {
  AskPhase,
  B24Client,
  ChartAnswer,
  ChartFilters,
  ChartForm,
  ChartSuggestion,
  Label,
  Plan,
  SavedChart,
} from "@b24kit/client";
import type { Table } from "@uwdata/flechette";
import type { LitElement, ReactiveController } from "lit";
import { ClientController, type Failure, type Language, Renewal, toFailure } from "../../core/index.ts";

/** An answer that is drawn: the rows are here. */
export interface Drawn {
  answer: Extract<ChartAnswer, { kind: "plan" | "sql" }>;
  table: Table;
}

export type AskState =
  | { kind: "idle" }
  | { kind: "asking"; question: string; phase: AskPhase | undefined; before: Drawn | undefined }
  | { kind: "drawn"; question: string; drawn: Drawn; stale?: Failure }
  | { kind: "open"; question: string; answer: Extract<ChartAnswer, { kind: "clarify" | "refuse" }> }
  | { kind: "failed"; question: string; failure: Failure };

/** What the answers are to speak. */
export interface Reader {
  locale: Language;
  timeZone: string;
}

interface Options {
  reader: () => Reader;
  filters: () => ChartFilters | null;
  onClient: (client: B24Client, signal: AbortSignal) => void;
  /** The copy has changed: what can be asked may have, too. */
  onSynced: (client: B24Client) => void;
  /** `rows`: how many there are to draw; 0 where there is no chart. */
  onAnswered: (question: string, answer: ChartAnswer, rows: number) => void;
  onFailed: (question: string, failure: Failure) => void;
}

/** One question at a time: asked, shown while it lasts, drawn, changed by chips, drawn anew after a sync. */
export class AskController implements ReactiveController {
  state: AskState = { kind: "idle" };
  /** The kept chart that is shown, as it was kept. */
  kept: Pick<SavedChart, "id" | "name"> | undefined;
  readonly #host: LitElement;
  readonly #options: Options;
  readonly #clients: ClientController;
  readonly #renewal = new Renewal(() => this.#onChanged());
  #abort = new AbortController();
  #again: (() => Promise<ChartAnswer>) | undefined;
  /** Of what was asked last. */
  #locale: Language | undefined;
  /** Only the newest answer is taken. */
  #round = 0;

  constructor(host: LitElement, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#clients = new ClientController(host, (client, signal) => {
      this.#renewal.follow(client, signal);
      options.onClient(client, signal);
    });
    host.addController(this);
  }

  get client(): B24Client | undefined {
    return this.#clients.current;
  }

  /** What is drawn says words of the language that it was asked in. */
  hostUpdate(): void {
    if (this.state.kind === "drawn" && this.#locale !== this.#options.reader().locale) void this.refresh();
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** The plan that is drawn now: what a following question builds on. */
  get plan(): Plan | undefined {
    const drawn = this.#drawn;
    return drawn?.answer.kind === "plan" ? drawn.answer.plan : undefined;
  }

  get #drawn(): Drawn | undefined {
    if (this.state.kind === "drawn") return this.state.drawn;
    return this.state.kind === "asking" ? this.state.before : undefined;
  }

  ask(question: string): Promise<void> {
    const context = this.plan ?? null;
    return this.#run(question, (client, signal, reader) =>
      client.charts.ask(
        { question, ...reader, context, filters: this.#options.filters() },
        { signal, onPhase: (phase) => signal.aborted || this.#setPhase(phase) },
      ),
    );
  }

  runPlan(
    question: string,
    plan: Plan,
    form: ChartForm | null = null,
    title: Label | null = null,
  ): Promise<void> {
    return this.#run(question, (client, signal, reader) =>
      client.charts.run({ plan, ...reader, form, title, filters: this.#options.filters() }, { signal }),
    );
  }

  suggestion({ title, plan, form }: ChartSuggestion): Promise<void> {
    return this.runPlan(title[this.#options.reader().locale], plan, form, title);
  }

  runSql(question: string, sql: string): Promise<void> {
    return this.#run(question, (client, signal, reader) =>
      client.charts.runSql({ sql, ...reader }, { signal }),
    );
  }

  open({ id, name, question }: Pick<SavedChart, "id" | "name" | "question">): Promise<void> {
    const run = this.#run(question ?? name, (client, signal, reader) =>
      client.charts.boards.run(id, { ...reader, filters: this.#options.filters() }, { signal }),
    );
    this.kept = { id, name };
    return run;
  }

  /** Draws the same anew, without a word: what is shown stays until the new is here. */
  async refresh(): Promise<void> {
    const { state } = this;
    if (state.kind !== "drawn" || !this.#again) return;
    const round = ++this.#round;
    try {
      const answer = await this.#again();
      if (answer.kind !== "plan" && answer.kind !== "sql") return;
      const table = await this.client?.charts.result(answer.result, { signal: this.#abort.signal });
      if (table && round === this.#round)
        this.#set({ kind: "drawn", question: state.question, drawn: { answer, table } });
    } catch (error) {
      if (round === this.#round && !this.#abort.signal.aborted)
        this.#set({ ...state, stale: toFailure(error) });
    }
  }

  /** Forgets the question and what it brought. */
  clear(): void {
    this.stop();
    this.#set({ kind: "idle" });
  }

  /** Ends what is under way; a chart that was there before comes back. */
  stop(): void {
    this.#abort.abort();
    this.#round += 1;
    if (this.state.kind !== "asking") return;
    const { before, question } = this.state;
    this.#set(before ? { kind: "drawn", question, drawn: before } : { kind: "idle" });
  }

  async #run(
    question: string,
    send: (client: B24Client, signal: AbortSignal, reader: Reader) => Promise<ChartAnswer>,
  ): Promise<void> {
    const { client } = this;
    if (!client) return;
    const before = this.#drawn;
    this.#round += 1;
    this.kept = undefined;
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#set({ kind: "asking", question, phase: undefined, before });
    const asked = (signal: AbortSignal) => {
      const reader = this.#options.reader();
      this.#locale = reader.locale;
      return send(client, signal, reader);
    };
    this.#again = () => asked(this.#abort.signal);
    try {
      const answer = await asked(abort.signal);
      if (abort.signal.aborted) return;
      const rows = await this.#take(client, question, answer, abort.signal);
      if (!abort.signal.aborted) this.#options.onAnswered(question, answer, rows);
    } catch (error) {
      if (abort.signal.aborted) return;
      const failure = toFailure(error);
      this.#set({ kind: "failed", question, failure });
      this.#options.onFailed(question, failure);
    }
  }

  /** Resolves with the number of rows that there are to draw. */
  async #take(
    client: B24Client,
    question: string,
    answer: ChartAnswer,
    signal: AbortSignal,
  ): Promise<number> {
    if (answer.kind === "clarify" || answer.kind === "refuse") {
      this.#set({ kind: "open", question, answer });
      return 0;
    }
    this.#setPhase("drawing");
    const table = await client.charts.result(answer.result, { signal });
    if (!signal.aborted) this.#set({ kind: "drawn", question, drawn: { answer, table } });
    return table.numRows;
  }

  #setPhase(phase: AskPhase): void {
    if (this.state.kind === "asking") this.#set({ ...this.state, phase });
  }

  #onChanged(): void {
    void this.#renewal.time(() => this.refresh());
    if (this.client) this.#options.onSynced(this.client);
  }

  #set(state: AskState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
