import { icon } from "../icons.ts";
import { html, type Markup } from "../markup.ts";
import type { Secret } from "./one-time.ts";

/** Secrets to copy now: the next look at the page has none. */
export function secretBox(title: string, secrets: readonly Secret[]): Markup | null {
  if (secrets.length === 0) return null;
  return html`<section class="panel secrets" aria-labelledby="secrets-title">
<h2 id="secrets-title">${icon("key")}${title}</h2>
<p>Сохраните сейчас: больше портал этого не покажет.</p>
<dl>${secrets.map(
    ({ name, value }, i) =>
      html`<div><dt>${name}</dt><dd><code id="secret-${i}">${value}</code><button type="button" class="button" data-copy="#secret-${i}">${icon("copy")}<span class="copy-word">Скопировать</span><span class="unseen">: ${name}</span></button></dd></div>`,
  )}</dl>
</section>`;
}
