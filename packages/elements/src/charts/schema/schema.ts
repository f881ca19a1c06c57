import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { saveFile } from "../../core/export/save-file.ts";
import {
  B24Element,
  ClientController,
  emptyView,
  type Failure,
  failureView,
  icons,
  loadingNote,
  panelStyles,
  toFailure,
} from "../../core/index.ts";
import { type SchemaMessages, schemaTexts } from "./messages.ts";
import { schemaStyles } from "./schema.styles.ts";
import { findSections, type Section, toSections } from "./sections.ts";

/** A section with what it looks like. */
interface Shown extends Section {
  nodes: DocumentFragment;
}

/**
 * The database in words: tables, fields, their types, values and links, as the Markdown that people and language models
 * read. Searched, copied, downloaded.
 *
 * @summary Description of the mirrored database.
 * @tag b24-schema
 * @csspart card - The whole card.
 * @csspart contents - List of the tables.
 * @csspart text - The description.
 * @csspart state - Message in place of it.
 */
export class B24Schema extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, schemaStyles];

  /** One table alone, by its name; all by default. */
  @property() table = "";

  /** With explanations by the language model. */
  @property({ type: Boolean }) enriched = false;

  @state() private markdown: string | undefined;
  @state() private failure: Failure | undefined;
  @state() private search = "";
  @state() private said = "";

  readonly #clients = new ClientController(this, () => {
    this.#asked = "";
  });
  #asked = "";
  #sections: { of: string; list: Shown[] } | undefined;
  #render: ((markdown: string) => DocumentFragment) | undefined;

  get #t(): SchemaMessages {
    return this.locale.texts(schemaTexts);
  }

  protected override updated(): void {
    const client = this.#clients.current;
    const asked = JSON.stringify([this.locale.language, this.table, this.enriched]);
    if (!client || asked === this.#asked) return;
    this.#asked = asked;
    void this.#load(asked);
  }

  async #load(asked: string): Promise<void> {
    const { table, enriched } = this;
    const locale = this.locale.language;
    this.failure = undefined;
    try {
      const [markdown, { renderMarkdown }] = await Promise.all([
        this.#clients.current!.charts.schema(
          { locale, enriched, ...(table ? { table } : {}) },
          { signal: this.#clients.signal },
        ),
        import("./render-markdown.ts"),
      ]);
      if (asked !== this.#asked) return;
      this.#render = renderMarkdown;
      this.markdown = markdown;
    } catch (error) {
      if (asked === this.#asked && !this.#clients.signal.aborted) this.failure = toFailure(error);
    }
  }

  #retry(): void {
    this.#asked = "";
    this.requestUpdate();
  }

  #shown(markdown: string): Shown[] {
    if (this.#sections?.of !== markdown) {
      const list = toSections(markdown).map((one) => ({ ...one, nodes: this.#render!(one.markdown) }));
      this.#sections = { of: markdown, list };
    }
    const found = new Set(findSections(this.#sections.list, this.search).map((one) => one.markdown));
    return this.#sections.list.filter((one) => found.has(one.markdown));
  }

  readonly #copy = async () => {
    const t = this.#t;
    this.said = await navigator.clipboard.writeText(this.markdown ?? "").then(
      () => t.copied,
      () => t.notCopied,
    );
  };

  readonly #download = () => {
    const name = `${this.table || "schema"}.${this.locale.language}.md`;
    saveFile(new Blob([this.markdown ?? ""], { type: "text/markdown;charset=utf-8" }), name);
  };

  #headView(): TemplateResult {
    const t = this.#t;
    const ready = this.markdown !== undefined;
    return html`<header>
      <h2>${t.schema}</h2>
      <label class="search"><span class="visually-hidden">${t.search}</span>${icons.search}
        <input class="field" type="search" placeholder=${t.searchShort} .value=${this.search} ?disabled=${!ready}
          @input=${(event: InputEvent) => {
            this.search = (event.target as HTMLInputElement).value;
          }} /></label>
      <div class="actions">
        <label class="choice" title=${t.enrichHint}><input type="checkbox" .checked=${this.enriched}
          @change=${(event: Event) => {
            this.enriched = (event.target as HTMLInputElement).checked;
          }} />${t.enrich}</label>
        <button class="button quiet icon-only" type="button" data-action="copy" aria-label=${t.copy} title=${t.copy} ?disabled=${!ready} @click=${this.#copy}>${icons.copy}</button>
        <button class="button quiet icon-only" type="button" data-action="download" aria-label=${t.download} title=${t.download} ?disabled=${!ready} @click=${this.#download}>${icons.download}</button>
      </div>
    </header>`;
  }

  #goTo(title: string): void {
    const section = [...this.renderRoot.querySelectorAll<HTMLElement>("section.part")].find(
      (one) => one.dataset.title === title,
    );
    section?.scrollIntoView({ block: "start" });
    section?.focus();
  }

  #textView(markdown: string): TemplateResult {
    const t = this.#t;
    const parts = this.#shown(markdown);
    if (!parts.length)
      return emptyView(this.locale, { icon: "search", title: t.nothingTitle, text: t.nothingText });
    const named = parts.filter(({ title }) => title);
    return html`<div class="columns">
      <nav class="contents" part="contents" aria-label=${t.contents}>
        <ul>${named.map(({ title }) => html`<li><button class="jump" type="button" @click=${() => this.#goTo(title!)}>${title}</button></li>`)}</ul>
      </nav>
      <div class="text" part="text" tabindex="0" role="group" aria-label=${t.schema}>
        ${parts.map(({ title, nodes }) => html`<section class="part" tabindex="-1" data-title=${title ?? nothing}>${nodes.cloneNode(true)}</section>`)}
      </div>
    </div>`;
  }

  #bodyView(): TemplateResult {
    if (this.failure) return failureView(this.locale, this.failure, () => this.#retry());
    if (this.markdown !== undefined) return this.#textView(this.markdown);
    return html`${loadingNote(this.locale)}<div class="waiting" aria-hidden="true">
      ${[1, 2, 3, 4, 5, 6].map(() => html`<span class="skeleton"></span>`)}</div>`;
  }

  protected override render(): TemplateResult {
    const found =
      this.search && this.markdown !== undefined
        ? this.#t.found(this.#shown(this.markdown).length)
        : this.said;
    return html`<section class="card" part="card" aria-label=${this.#t.schema}>
      ${this.#headView()}${this.#bodyView()}
      <div class="visually-hidden" role="status">${found}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-schema": B24Schema;
  }
}
