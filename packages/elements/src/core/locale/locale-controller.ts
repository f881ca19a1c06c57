import { ContextConsumer } from "@lit/context";
import type { LitElement, ReactiveController } from "lit";
import { localeContext } from "../contexts.ts";
import { Formats } from "./formats.ts";
import { type Language, type Locale, type Texts, toLanguage } from "./locale.ts";
import type { Wording } from "./wording.ts";

const watched = new Set<LitElement>();
let observer: MutationObserver | undefined;

function watchPage(host: LitElement): void {
  watched.add(host);
  if (observer) return;
  observer = new MutationObserver(() => {
    for (const element of watched) element.requestUpdate();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
}

/**
 * The reader's language, time zone, texts and formats. The language is the host's own `lang`, else the provider's,
 * else the page's, else the browser's.
 */
export class LocaleController implements ReactiveController, Wording {
  readonly #host: LitElement;
  readonly #consumer: ContextConsumer<typeof localeContext, LitElement>;
  #formats: Formats | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    this.#consumer = new ContextConsumer(host, { context: localeContext, subscribe: true });
    host.addController(this);
  }

  hostConnected(): void {
    watchPage(this.#host);
  }

  hostDisconnected(): void {
    watched.delete(this.#host);
  }

  get language(): Language {
    const provided: Locale | undefined = this.#consumer.value;
    if (this.#host.lang) return toLanguage(this.#host.lang);
    return provided?.language ?? toLanguage(document.documentElement.lang || navigator.language);
  }

  /** Numbers, money, dates and durations in the reader's language and time zone. */
  get format(): Formats {
    const timeZone = this.#consumer.value?.timeZone;
    if (this.#formats?.language !== this.language || this.#formats.timeZone !== timeZone) {
      this.#formats = new Formats({ language: this.language, ...(timeZone ? { timeZone } : {}) });
    }
    return this.#formats;
  }

  /** A folder's texts in the reader's language. */
  texts<M>(texts: Texts<M>): M {
    return texts[this.language];
  }
}
