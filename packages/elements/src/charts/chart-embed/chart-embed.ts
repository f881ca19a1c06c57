import type { PictureLink } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { B24Element, copyField, coreTexts, failureNote, icons, panelStyles } from "../../core/index.ts";
import { shareStyles } from "../dashboard/share.styles.ts";
import { chartEmbedStyles } from "./chart-embed.styles.ts";
import {
  EMBED_FORMS,
  type EmbedForm,
  type EmbedTheme,
  elementCode,
  type LinkedPicture,
  pictureAddress,
  pictureCode,
  scriptCode,
} from "./embed-codes.ts";
import { LinksController } from "./links-controller.ts";
import { type ChartEmbedMessages, chartEmbedTexts } from "./messages.ts";

const HOURS = [720, 8_760, 87_600] as const;
const THEMES = ["light", "dark", "auto"] as const;
const WIDTH = 640;

/**
 * The code that puts a kept chart on another page, with a preview: a script tag, the element alone, or a picture that
 * needs no script. Pictures have addresses that end by themselves or at once.
 *
 * @summary A kept chart for other pages: three kinds of code.
 * @tag b24-chart-embed
 * @csspart dialog - The dialog.
 * @csspart preview - How it will look.
 * @csspart error - What making or ending an address failed with.
 */
export class B24ChartEmbed extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, shareStyles, chartEmbedStyles];

  /** Id of the kept chart. */
  @property({ attribute: "chart-id" }) chartId = "";

  /** What it shows, for those who do not see the picture. */
  @property() name = "";

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** The kind of code that is shown. */
  @property() form: EmbedForm = "script";

  @state() private theme: EmbedTheme = "light";
  @state() private hours: (typeof HOURS)[number] = 8_760;
  @state() private height: number | undefined;
  @state() private unseen = false;

  readonly #links = new LinksController(this, () => (this.open ? this.chartId : ""));

  get #t(): ChartEmbedMessages {
    return this.locale.texts(chartEmbedTexts);
  }

  /** Opens the dialog. */
  show(): void {
    this.open = true;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("open") && this.open) void import("../chart-picture/chart-picture.define.ts");
    const dialog = this.renderRoot.querySelector<HTMLDialogElement>("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  #segments<T extends string | number>(
    name: string,
    legend: string,
    words: Record<T, string>,
    all: readonly T[],
    chosen: T,
    onChoose: (one: T) => void,
  ): TemplateResult {
    return html`<fieldset><legend>${legend}</legend><div class="segments">${all.map(
      (
        one,
      ) => html`<label class="segment"><input type="radio" name=${name} value=${one} .checked=${one === chosen}
        @change=${() => onChoose(one)} /><span>${words[one]}</span></label>`,
    )}</div></fieldset>`;
  }

  #picture({ url }: PictureLink): LinkedPicture {
    const { language, format } = this.locale;
    const look = { locale: language, timeZone: format.zone, width: WIDTH, height: this.height };
    return { url: url ?? "", name: this.name, theme: this.theme, ...look };
  }

  #liveView(): TemplateResult {
    const code =
      this.form === "script" ? scriptCode(this.chartId, this.#links.api) : elementCode(this.chartId);
    return html`${copyField(this.locale, this.#t.code, code)}
      <p class="label">${this.#t.preview}</p>
      <div class="preview" part="preview"><b24-chart-picture chart-id=${this.chartId}></b24-chart-picture></div>`;
  }

  #madeView(made: PictureLink): TemplateResult {
    const t = this.#t;
    const picture = this.#picture(made);
    const theme = this.theme === "auto" ? "light" : this.theme;
    const onLoad = (event: Event) => {
      const { naturalWidth, naturalHeight } = event.currentTarget as HTMLImageElement;
      this.height = Math.round((naturalHeight * WIDTH) / naturalWidth) || undefined;
    };
    const image = html`<img src=${pictureAddress(picture, theme)} alt=${this.name} @load=${onLoad}
      @error=${() => {
        this.unseen = true;
      }} />`;
    return html`<div class="note success" role="status"><p class="note-title">${t.ready}</p></div>
      ${copyField(this.locale, t.code, pictureCode(picture))}
      <p class="label">${t.preview}</p>
      <div class="preview ${theme}" part="preview">${this.unseen ? html`<p>${t.noPreview}</p>` : image}</div>`;
  }

  #pictureView(): TemplateResult {
    const t = this.#t;
    const links = this.#links;
    const make = () => void links.make(this.hours);
    return html`<div class="choices">
        ${this.#segments("theme", t.theme, t.themes, THEMES, this.theme, (theme) => {
          this.theme = theme;
        })}
        ${
          links.made
            ? nothing
            : this.#segments("hours", t.expires, t.expiresChoices, HOURS, this.hours, (hours) => {
                this.hours = hours;
              })
        }
      </div>
      ${links.failure ? failureNote(this.locale, links.failure) : nothing}
      ${
        links.made
          ? this.#madeView(links.made)
          : html`<div class="actions"><button class="button primary" type="button" data-action="make"
              ?disabled=${links.busy} @click=${make}>${t.make}</button></div>`
      }
      ${this.#linksView()}`;
  }

  #linksView(): TemplateResult | typeof nothing {
    const t = this.#t;
    const { links } = this.#links;
    const when = (at: string) => this.locale.format.dateTime(Date.parse(at));
    if (!links.length) return nothing;
    return html`<h3>${t.links}</h3>
      <ul class="links">${links.map(
        (link) => html`<li><div class="facts"><p>${t.linkFacts(when(link.expiresAt), link.used)}</p>
            ${link.lastUsedAt ? html`<p class="last-use">${t.lastUse(when(link.lastUsedAt), link.lastOrigin)}</p>` : nothing}</div>
          <button class="button quiet danger" type="button" data-revoke=${link.id}
            @click=${() => void this.#links.revoke(link.id)}>${t.revoke}</button></li>`,
      )}</ul>`;
  }

  protected override render(): TemplateResult {
    if (!this.open) return html``;
    const t = this.#t;
    const { close } = this.locale.texts(coreTexts);
    const shut = () => {
      this.open = false;
    };
    return html`<dialog class="dialog" part="dialog" aria-labelledby="title" @close=${shut}>
      <form @submit=${(event: Event) => event.preventDefault()}>
        <div class="dialog-head"><h2 id="title">${t.title}</h2>
          <button class="button quiet icon-only" type="button" aria-label=${close} title=${close}
            @click=${(event: Event) => (event.currentTarget as Element).closest("dialog")?.close()}>${icons.close}</button></div>
        ${this.#segments("form", t.form, t.forms, EMBED_FORMS, this.form, (form) => {
          this.form = form;
        })}
        <p class="lead">${t.about[this.form]}</p>
        ${this.form === "picture" ? this.#pictureView() : this.#liveView()}
      </form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-chart-embed": B24ChartEmbed;
  }
}
