import type { B24Client, ChartSettings, ChartSettingsChange, ChartSettingsPatch } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import {
  B24Element,
  ClientController,
  type Failure,
  failureNote,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  portalContext,
  textField,
  toFailure,
} from "../../core/index.ts";
import { ChartSettingsSavedEvent } from "../events.ts";
import { chartSettingsStyles } from "./chart-settings.styles.ts";
import { type ChartSettingsMessages, chartSettingsTexts } from "./messages.ts";

const LEVELS = ["off", "schema", "values", "aggregates"] as const;
const MOST_TOKENS = 1_000_000_000;

/** What the form holds; `tokens` as it was typed. */
interface Draft {
  sharing: ChartSettings["sharing"];
  tokens: string;
  sql: boolean;
}

const toDraft = ({ sharing, tokensPerDay, sql }: ChartSettings): Draft => ({
  sharing,
  tokens: String(tokensPerDay),
  sql: sql !== "off",
});

/**
 * What the model may see of a portal, what it may spend and whether SQL may run, for administrators; with what was spent
 * today, whether the server's attack on itself has failed, and who changed what.
 *
 * @summary Settings of AI in charts, with their history.
 * @tag b24-chart-settings
 * @event {ChartSettingsSavedEvent} b24-chart-settings-saved - Settings were changed.
 * @csspart card - The whole card.
 * @csspart form - The settings.
 * @csspart safety - Whether SQL may run, and why not.
 * @csspart changes - Who changed what.
 * @csspart error - What saving failed with.
 * @csspart wrong - What is wrong with a field.
 * @csspart state - The message where the settings cannot be shown.
 */
export class B24ChartSettings extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, chartSettingsStyles];

  readonly #portal = new ContextConsumer(this, { context: portalContext, subscribe: true });
  readonly #clients: ClientController = new ClientController(this, (client) => this.#begin(client));
  #shown: string | undefined;

  @state() private settings: ChartSettings | undefined;
  @state() private changes: readonly ChartSettingsChange[] = [];
  @state() private draft: Draft | undefined;
  @state() private failure: Failure | undefined;
  @state() private saving = false;
  @state() private saveFailure: Failure | undefined;
  @state() private said = false;

  protected override willUpdate(): void {
    const client = this.#clients.current;
    if (client && this.#shown !== undefined && this.#shown !== (this.#portal.value ?? ""))
      this.#begin(client);
  }

  get #t(): ChartSettingsMessages {
    return this.locale.texts(chartSettingsTexts);
  }

  /** Another portal, or another person: nothing of before stays. */
  #begin(client: B24Client): void {
    this.#shown = this.#portal.value ?? "";
    this.settings = undefined;
    this.draft = undefined;
    this.changes = [];
    this.failure = undefined;
    this.saveFailure = undefined;
    void this.#load(client, this.#portal.value);
  }

  async #load(client: B24Client, portal: string | undefined): Promise<void> {
    const { signal } = this.#clients;
    const current = () => !signal.aborted && this.#shown === (portal ?? "");
    const options = { signal, portal };
    try {
      const [settings, changes] = await Promise.all([
        client.charts.settings(options),
        client.charts.settingsChanges(options),
      ]);
      if (!current()) return;
      this.settings = settings;
      this.changes = changes;
      this.draft ??= toDraft(settings);
    } catch (error) {
      if (current()) this.failure = toFailure(error);
    }
  }

  #change(part: Partial<Draft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    this.said = false;
    this.saveFailure = undefined;
  }

  get #tokensWrong(): boolean {
    const tokens = this.draft?.tokens.replace(/\s/g, "") ?? "";
    return !/^\d+$/.test(tokens) || Number(tokens) > MOST_TOKENS;
  }

  /** What differs from what is set; empty where nothing does. */
  get #patch(): ChartSettingsPatch {
    const { draft, settings } = this;
    if (!draft || !settings) return {};
    const before = toDraft(settings);
    const tokensPerDay = Number(draft.tokens.replace(/\s/g, ""));
    return {
      ...(draft.sharing === before.sharing ? {} : { sharing: draft.sharing }),
      ...(tokensPerDay === settings.tokensPerDay ? {} : { tokensPerDay }),
      ...(draft.sql === before.sql ? {} : { sql: draft.sql ? ("on" as const) : ("off" as const) }),
    };
  }

  readonly #save = async (event: Event) => {
    event.preventDefault();
    const client = this.#clients.current;
    const patch = this.#patch;
    if (!client || this.saving || this.#tokensWrong || !Object.keys(patch).length) return;
    const portal = this.#portal.value;
    this.saving = true;
    this.saveFailure = undefined;
    try {
      const settings = await client.charts.changeSettings(patch, { portal });
      if (this.#shown !== (portal ?? "")) return;
      this.settings = settings;
      this.draft = toDraft(settings);
      this.said = true;
      this.dispatchEvent(new ChartSettingsSavedEvent({ settings }));
      await this.#load(client, portal);
    } catch (error) {
      this.saveFailure = toFailure(error);
    } finally {
      this.saving = false;
    }
  };

  #modelView({ model, tokensToday, tokensPerDay, costToday }: ChartSettings): TemplateResult {
    const t = this.#t;
    const { format } = this.locale;
    const of = tokensPerDay ? format.number(tokensPerDay, 0) : t.noLimit;
    const cost = costToday === null ? undefined : format.money(costToday, "USD", 4);
    return html`<div class="block">
      <h3>${t.model}: ${model ?? t.noModel}</h3>
      <p class="facts tabular">${model ? t.spent(format.number(tokensToday, 0), of, cost) : t.noModelHelp}</p>
    </div>`;
  }

  #sharingView(draft: Draft): TemplateResult {
    const t = this.#t;
    return html`<div class="block"><fieldset><legend><h3>${t.sharing}</h3></legend>
      ${LEVELS.map(
        (level) => html`<label class="choice"><input type="radio" name="sharing" value=${level}
          .checked=${draft.sharing === level} @change=${() => this.#change({ sharing: level })} />
          <span class="level">${t.levels[level].name}<span class="hint">${t.levels[level].means}</span></span></label>`,
      )}
      <p class="hint">${t.rowsNever}</p>
    </fieldset></div>`;
  }

  #sqlView(draft: Draft, { sql, sqlReason }: ChartSettings): TemplateResult {
    const t = this.#t;
    const unsafe = sqlReason !== null;
    const safety = unsafe
      ? html`<div class="note alert">${icons.warning}<div><p class="note-title">${t.sqlUnsafe}</p>
          <p class="detail">${sqlReason}</p><p>${t.sqlUnsafeHelp}</p></div></div>`
      : sql === "on"
        ? html`<p class="hint">${t.sqlSafe}</p>`
        : nothing;
    return html`<div class="block"><fieldset><legend><h3>${t.sql}</h3></legend>
      <label class="choice"><input type="checkbox" name="sql" .checked=${draft.sql}
        @change=${(event: Event) => this.#change({ sql: (event.target as HTMLInputElement).checked })} />
        <span class="level">${t.sqlAllow}<span class="hint">${t.sqlMeans}</span></span></label>
      <div part="safety">${safety}</div>
    </fieldset></div>`;
  }

  #actions(): TemplateResult {
    const t = this.#t;
    const changed = Object.keys(this.#patch).length > 0;
    const reset = () => {
      this.draft = this.settings && toDraft(this.settings);
    };
    return html`<div class="block">
      ${this.saveFailure ? failureNote(this.locale, this.saveFailure) : nothing}
      <div class="actions">
        <button class="button primary" type="submit" ?disabled=${!changed || this.#tokensWrong || this.saving}>${t.save}</button>
        ${changed ? html`<button class="button" type="button" data-action="reset" @click=${reset}>${t.reset}</button>` : nothing}
        <span class="saved" role="status">${this.said && !changed ? t.saved : ""}</span>
      </div>
    </div>`;
  }

  #changeWords({ sharing, tokensPerDay, sql }: ChartSettingsChange): string {
    const { changed, levels, noLimit } = this.#t;
    const tokens = (n: number) => (n ? this.locale.format.number(n, 0) : noLimit);
    const words = [
      sharing && changed.sharing(levels[sharing].name),
      tokensPerDay === undefined ? "" : changed.budget(tokens(tokensPerDay)),
      sql && changed.sql[sql],
    ];
    return words.filter(Boolean).join("; ");
  }

  #changesView(): TemplateResult {
    const t = this.#t;
    return html`<div class="block" part="changes"><h3>${t.changes}</h3>
      ${
        this.changes.length
          ? html`<ul class="changes">${this.changes.map(
              (
                change,
              ) => html`<li><span class="when tabular">${this.locale.format.dateTime(Date.parse(change.at))} · ${change.who}</span>
                <span>${this.#changeWords(change)}</span></li>`,
            )}</ul>`
          : html`<p class="hint">${t.changesNone}</p>`
      }</div>`;
  }

  #bodyView(): TemplateResult {
    const { settings, draft, failure } = this;
    const t = this.#t;
    if (failure)
      return failureView(this.locale, failure, () => {
        if (this.#clients.current) this.#begin(this.#clients.current);
      });
    if (!settings || !draft)
      return html`${loadingNote(this.locale)}<div class="block" aria-hidden="true">
        ${[1, 2, 3, 4].map(() => html`<p><span class="skeleton"></span></p>`)}</div>`;
    return html`${this.#modelView(settings)}
      <form part="form" @submit=${this.#save}>
        ${this.#sharingView(draft)}
        <div class="block">${textField({
          name: "tokens",
          label: t.budget,
          value: draft.tokens,
          hint: t.budgetHint,
          wrong: this.#tokensWrong ? t.budgetWrong : undefined,
          maxlength: 13,
          onInput: (tokens) => this.#change({ tokens }),
        })}</div>
        ${this.#sqlView(draft, settings)}${this.#actions()}
      </form>
      ${this.#changesView()}`;
  }

  protected override render(): TemplateResult {
    const t = this.#t;
    return html`<section class="card" part="card" aria-labelledby="title">
      <header><h2 id="title">${t.heading}</h2><p class="lead">${t.lead}</p></header>
      ${this.#bodyView()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-chart-settings": B24ChartSettings;
  }
}
