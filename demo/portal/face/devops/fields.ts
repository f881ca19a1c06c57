import { SCOPE_NAMES } from "../../oauth/scope-names.ts";
import { ALL_SCOPES } from "../../scopes.ts";
import { html, type Markup } from "../markup.ts";

export interface TextField {
  name: string;
  title: string;
  value: string;
  help?: string;
  wrong?: string | undefined;
  type?: "text" | "url";
  required?: boolean;
}

/** One line of text: label above, help and fault below, both told to whoever listens. */
export function textField({ name, title, value, help, wrong, type = "text", required }: TextField): Markup {
  const told = [help && `${name}-help`, wrong && `${name}-wrong`].filter(Boolean).join(" ");
  return html`<div class="field"><label for="${name}">${title}</label>
<input id="${name}" name="${name}" type="${type === "url" ? "text" : type}"${type === "url" && html` inputmode="url" spellcheck="false" autocomplete="off"`} value="${value}"${required && html` required`}${
    told && html` aria-describedby="${told}"`
  }${wrong && html` aria-invalid="true"`}>
${help && html`<p class="help" id="${name}-help">${help}</p>`}${wrong && html`<p class="wrong" id="${name}-wrong">${wrong}</p>`}</div>`;
}

/** What a credential may do: one box for each right. */
export function scopeBoxes(chosen: ReadonlySet<string>, legend: string): Markup {
  return html`<fieldset class="boxes"><legend>${legend}</legend>${ALL_SCOPES.map(
    (scope) =>
      html`<label class="box"><input type="checkbox" name="scopes" value="${scope}"${chosen.has(scope) && html` checked`}><span>${SCOPE_NAMES[scope] ?? scope}</span> <code>${scope}</code></label>`,
  )}</fieldset>`;
}
