import type {
  B24Client,
  Catalogue,
  ChartFilters,
  ChartForm,
  ChartSettings,
  ChartSuggestion,
  Plan,
  SavedChart,
} from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { B24Chart } from "../../core/chart/chart.ts";
import type { ChartFormEvent, ChartSelectEvent } from "../../core/chart/events.ts";
import { B24Element, emptyView, failureView, icons, panelStyles, staleStrip } from "../../core/index.ts";
import { popupStyles } from "../../core/popup.styles.ts";
import { PopupController } from "../../core/popup.ts";
import { EmbedController } from "../chart-embed/embed-controller.ts";
import { StandInController } from "../chart-picture/stand-in-controller.ts";
import { drillPlan } from "../drill.ts";
import { ChartAnsweredEvent, ChartAskEvent, ChartFailedEvent, ChartSavedEvent } from "../events.ts";
import { isFiltered } from "../is-filtered.ts";
import { type ChartsMessages, chartsTexts } from "../messages.ts";
import { planChips } from "../plan-options.ts";
import { PlanWords } from "../plan-words.ts";
import { specChart } from "../spec-chart.ts";
import { aiChartStyles } from "./ai-chart.styles.ts";
import { askBox, suggestionChips, tryThese } from "./ask-box.ts";
import { AskController, type Drawn } from "./ask-controller.ts";
import { KeepController } from "./keep-controller.ts";
import { keepView } from "./keep-view.ts";
import { openAnswer } from "./open-answer.ts";
import { pastMenu } from "./past-menu.ts";
import { pastQuestions, rememberQuestion } from "./past-questions.ts";
import { phasesView } from "./phases-view.ts";
import { questionView } from "./question-view.ts";
import { refineView } from "./refine-view.ts";
import { sourceView } from "./source-view.ts";

const WITHOUT_AI = new Set(["without_ai", "ai_unavailable", "ai_slow", "ai_over_budget", "ai_off"]);
/** What only adds to the answer may be missing; the answer itself tells what is wrong. */
const quiet = () => undefined;

/**
 * Answers a question about the CRM with a chart: shows what it is at, says what it assumed and what the model saw, lets
 * the plan be changed without a word, keeps the chart. Works without a model too, and says so.
 *
 * @summary Ask the CRM a question, get a chart.
 * @tag b24-ai-chart
 * @event {ChartAskEvent} b24-chart-ask - A question is about to be asked; cancelable.
 * @event {ChartAnsweredEvent} b24-chart-answered - The answer has come: a chart, a question back, a refusal.
 * @event {ChartFailedEvent} b24-chart-failed - It could not be answered.
 * @event {ChartSavedEvent} b24-chart-saved - The chart is kept.
 * @csspart card - The whole card.
 * @csspart ask - The question's field.
 * @csspart suggestions - Questions that are sure to have an answer.
 * @csspart phases - What the answer is at.
 * @csspart refine - The plan as chips.
 * @csspart source - How the figures came about.
 * @csspart sql - The SQL behind them.
 * @csspart save - The form that keeps the chart.
 * @csspart state - A question back, a refusal, an error.
 * @csspart stale - Strip that says the chart could not be renewed.
 * @csspart error - What keeping failed with.
 * @csspart wrong - What is wrong with a field.
 */
export class B24AiChart extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, popupStyles, aiChartStyles];

  /** Asked as soon as there is an API to ask. */
  @property() question = "";

  /** Id of a kept chart to show. */
  @property({ attribute: "chart-id" }) chartId = "";

  /** Seconds after which the chart is drawn anew; 0 waits for the next sync. */
  @property({ type: Number }) refresh = 0;

  /** Height of the plot, px; by default what its form needs. */
  @property({ type: Number }) height = 0;

  /** Leaves out downloads and copies. */
  @property({ type: Boolean, attribute: "no-export" }) noExport = false;

  /** Shows the chart alone: nothing can be asked, changed or kept. */
  @property({ type: Boolean }) readonly = false;

  /** `static` shows the kept chart as a picture that the API has drawn, live when asked; nothing else is loaded. */
  @property() mode: "live" | "static" = "live";

  /** Leaves out the picture that stands for a kept chart until that is drawn. */
  @property({ type: Boolean, attribute: "no-picture" }) noPicture = false;

  /** Filters of the page, which reach every answer. */
  @property({ attribute: false }) filters: ChartFilters | null = null;

  @state() private text = "";
  @state() private suggestions: readonly ChartSuggestion[] = [];
  @state() private catalogue: Catalogue | undefined;
  @state() private settings: ChartSettings | undefined;
  @state() private draft: string | undefined;
  @state() private kept: readonly SavedChart[] | undefined;
  @state() private said = "";

  readonly #popup = new PopupController(this);
  readonly #ask = new AskController(this, {
    reader: () => ({
      locale: this.locale.language,
      timeZone: this.locale.format.zone,
    }),
    filters: () => this.filters,
    onClient: (client, signal) => this.#begin(client, signal),
    onSynced: (client) => this.#learn(client),
    onAnswered: (question, answer, rows) => {
      if (!rows) this.#standIn.clear();
      if (this.#ask.client) this.#readSettings(this.#ask.client);
      if (answer.kind === "plan" || answer.kind === "sql")
        this.said = this.#t.answeredAloud(answer.spec.title[this.locale.language]);
      this.dispatchEvent(new ChartAnsweredEvent({ question, answer }));
    },
    onFailed: (question, failure) => {
      this.#standIn.clear();
      this.dispatchEvent(new ChartFailedEvent({ question, failure }));
    },
  });
  readonly #keep = new KeepController(
    this,
    () => this.#ask.client,
    (chart) => {
      this.#ask.kept = chart;
      this.dispatchEvent(new ChartSavedEvent({ chart }));
    },
  );
  readonly #embed = new EmbedController(this);
  readonly #standIn = new StandInController(this);
  #form: ChartForm | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  get #t(): ChartsMessages {
    return this.locale.texts(chartsTexts);
  }

  /** Asks a question, as if the reader had typed it. */
  ask(question: string): void {
    if (!this.dispatchEvent(new ChartAskEvent({ question }))) return;
    rememberQuestion(question);
    this.text = "";
    this.#fresh();
    void this.#ask.ask(question);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("refresh")) this.#repeat();
    if (changed.has("height"))
      this.style.setProperty("--b24-chart-height", this.height > 0 ? `${this.height}px` : null);
    if (!this.#ask.client || this.#isPicture) return;
    if (changed.get("mode") === "static") this.#begin(this.#ask.client);
    const asked = changed.has("question") && changed.get("question") !== undefined;
    const opened = changed.has("chartId") && changed.get("chartId") !== undefined;
    const filtered = changed.has("filters") && changed.get("filters") !== undefined;
    if (filtered) this.#standIn.clear();
    if (asked || opened) this.#start(this.#ask.client);
    else if (filtered) void this.#ask.refresh();
  }

  #repeat(): void {
    clearInterval(this.#timer);
    if (this.refresh > 0) this.#timer = setInterval(() => void this.#ask.refresh(), this.refresh * 1000);
  }

  get #isPicture(): boolean {
    return this.mode === "static" && this.chartId !== "";
  }

  #begin(client: B24Client, signal?: AbortSignal): void {
    if (this.#isPicture) return;
    this.#learn(client, signal);
    this.#readSettings(client, signal);
    this.#start(client);
  }

  /** What the model may see, and what it has cost today. */
  #readSettings(client: B24Client, signal?: AbortSignal): void {
    if (this.readonly) return;
    void client.charts.settings({ signal }).then((found) => {
      this.settings = found;
    }, quiet);
  }

  /** What can be asked. */
  #learn(client: B24Client, signal?: AbortSignal): void {
    if (this.readonly) return;
    void client.charts.suggest(undefined, { signal }).then((found) => {
      this.suggestions = found;
    }, quiet);
    void client.charts.catalogue({ signal }).then((found) => {
      this.catalogue = found;
    }, quiet);
  }

  #start(client: B24Client): void {
    if (this.chartId) {
      const other = this.noPicture || this.height > 0 || (this.filters && isFiltered(this.filters));
      this.#standIn.begin(other ? [] : [{ id: this.chartId }]);
      void client.charts.boards
        .chart(this.chartId)
        .then((chart) => this.#ask.open(chart))
        .catch(() => this.#ask.open({ id: this.chartId, name: "", question: null }));
    } else if (this.question) void this.#ask.ask(this.question);
  }

  #fresh(): void {
    this.#standIn.clear();
    this.draft = undefined;
    this.#form = null;
    this.#keep.close();
  }

  readonly #choose = (suggestion: ChartSuggestion) => {
    this.#fresh();
    void this.#ask.suggestion(suggestion);
  };

  readonly #refine = (plan: Plan) => {
    this.#keep.close();
    const { state } = this.#ask;
    void this.#ask.runPlan("question" in state ? state.question : "", plan, this.#form);
  };

  /** The records behind a mark, as a plan that lists them. */
  readonly #drill = async (event: ChartSelectEvent) => {
    const { state, client } = this.#ask;
    const chart = event.currentTarget as B24Chart;
    if (state.kind !== "drawn" || state.drawn.answer.kind !== "plan" || !client || this.readonly) return;
    const { plan, spec } = state.drawn.answer;
    const list = drillPlan(plan, event.detail, this.catalogue);
    if (!list) return;
    event.preventDefault();
    const reader = { locale: this.locale.language, timeZone: spec.timeZone };
    const answer = await client.charts.run({ plan: list, ...reader, form: "table", filters: this.filters });
    if (answer.kind !== "plan") return;
    const table = await client.charts.result(answer.result);
    await chart.showRows({ title: `${this.#t.records}: ${event.detail.text}`, table });
  };

  #drawnView({ answer, table }: Drawn): TemplateResult {
    const { spec } = answer;
    const words = new PlanWords(this.catalogue, this.locale);
    const plan = answer.kind === "plan" ? answer.plan : undefined;
    const t = this.#t;
    const withoutAi =
      spec.notes.some(({ code }) => WITHOUT_AI.has(code)) || spec.source.lane === "suggestion";
    const chips =
      plan && !this.readonly
        ? refineView(
            planChips(plan, this.catalogue, words, { noSplit: t.noSplit, top: t.top, compare: t.compare }),
            this.#popup,
            this.locale,
            this.#refine,
          )
        : nothing;
    const onEmbed = this.#embed.opens(this.readonly ? undefined : this.#ask.kept);
    const chart =
      table.numRows === 0
        ? html`<h2 class="empty-heading">${spec.title[this.locale.language]}</h2>
            ${emptyView(this.locale, { title: t.emptyTitle, text: t.emptyText })}`
        : html`<div class="drawn" @b24-chart-form=${(event: ChartFormEvent) => {
            this.#form = event.detail.type;
          }}>${specChart({ spec, table, language: this.locale.language, noExport: this.noExport, readonly: this.readonly, onSelect: this.#drill, onEmbed, pictured: this.#standIn.stands(this.chartId), onSettled: () => this.#standIn.settle(this.chartId) })}</div>`;
    return html`${chart}${chips}
      ${
        this.readonly
          ? nothing
          : sourceView({
              spec,
              plan: plan && words.plan(plan),
              settings: this.settings,
              withoutAi,
              locale: this.locale,
              draft: this.draft,
              canEdit: this.settings?.sql === "on",
              onDraft: (sql) => {
                this.draft = sql;
              },
              onRun: (sql) => {
                const { state } = this.#ask;
                this.draft = undefined;
                void this.#ask.runSql("question" in state ? state.question : "", sql);
              },
            })
      }`;
  }

  #questionView(question: string, drawn: Drawn | undefined): TemplateResult | typeof nothing {
    if (this.readonly || !question) return nothing;
    const canKeep = drawn && drawn.table.numRows > 0 && this.#keep.state.kind === "closed";
    return questionView({
      question,
      withoutAi: drawn?.answer.spec.notes.some(({ code }) => WITHOUT_AI.has(code)) ?? false,
      locale: this.locale,
      onSave: canKeep && (() => this.#keep.openForm(drawn.answer.spec.title[this.locale.language])),
      onNew: () => {
        this.#fresh();
        this.#ask.clear();
      },
    });
  }

  #bodyView(): TemplateResult {
    const { state } = this.#ask;
    const t = this.#t;
    if (state.kind === "asking") return phasesView(state.phase, this.locale);
    if (state.kind === "open") return openAnswer(state.answer, this.locale, this.#choose);
    if (state.kind === "failed") {
      const retry = () =>
        state.question ? this.ask(state.question) : this.#ask.client && this.#start(this.#ask.client);
      return html`${failureView(this.locale, state.failure, retry)}
        ${suggestionChips(this.suggestions.slice(0, 3), this.locale, t.whatFits, this.#choose)}`;
    }
    if (state.kind === "drawn") {
      const { stale } = state;
      const asOf = Date.parse(state.drawn.answer.spec.source.asOf ?? "") || Date.now();
      return html`${stale ? staleStrip(this.locale, { asOf, failure: stale }, () => void this.#ask.refresh()) : nothing}
        ${this.#drawnView(state.drawn)}`;
    }
    return this.readonly ? html`` : tryThese(this.suggestions, this.locale, this.#choose);
  }

  #headView(): TemplateResult | typeof nothing {
    if (this.readonly) return nothing;
    const { state } = this.#ask;
    return html`<div class="head">
      ${askBox({
        locale: this.locale,
        value: this.text,
        busy: state.kind === "asking",
        follows: this.#ask.plan !== undefined,
        onInput: (value) => {
          this.text = value;
        },
        onAsk: (question) => this.ask(question),
        onStop: () => {
          this.#standIn.clear();
          this.#ask.stop();
        },
      })}
      ${pastMenu({
        locale: this.locale,
        popup: this.#popup,
        questions: this.#popup.open === "past" ? pastQuestions() : [],
        charts: this.kept,
        onOpen: () => {
          const found = this.#ask.client?.charts.boards.charts().catch(() => []);
          void found?.then((charts) => {
            this.kept = charts;
          });
        },
        onAsk: (question) => this.ask(question),
        onChart: (chart) => {
          this.#fresh();
          void this.#ask.open(chart);
        },
      })}
    </div>`;
  }

  protected override render(): TemplateResult {
    if (this.#isPicture) {
      void import("../chart-picture/chart-picture.define.ts");
      return html`<b24-chart-picture chart-id=${this.chartId}></b24-chart-picture>`;
    }
    const { state } = this.#ask;
    const drawn = state.kind === "drawn" ? state.drawn : undefined;
    const save = () =>
      drawn &&
      this.#keep.save(drawn, "question" in state ? state.question : "", this.#form, this.locale.language);
    return html`<section class="card ${this.readonly ? "bare" : ""}" part="card" aria-label=${this.#t.ask} aria-busy=${state.kind === "asking" || this.#standIn.stands(this.chartId) ? "true" : "false"}>
      ${this.#headView()}
      <div class="body">
        ${"question" in state ? this.#questionView(state.question, drawn) : nothing}
        ${keepView(this.#keep, this.locale, () => void save())}
        <div class="stage">${this.#standIn.view(this.chartId)}<div>${this.#bodyView()}</div></div>
      </div>
      ${this.#embed.view()}
      <div class="visually-hidden" aria-live="polite">${this.said}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-ai-chart": B24AiChart;
  }
}
