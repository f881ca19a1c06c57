import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { icons } from "./icons.ts";

export interface TextField {
  /** Also the id within the shadow root. */
  name: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: "text" | "email" | "password" | "url";
  hint?: string | undefined;
  /** What is wrong with it, in words; shown below the field and read out with it. */
  wrong?: string | undefined;
  placeholder?: string | undefined;
  autocomplete?: string;
  disabled?: boolean;
  maxlength?: number;
}

/** A labelled field: help below, what is wrong beside it. Needs `panelStyles` and `controlStyles`. */
export function textField(field: TextField): TemplateResult {
  const { name, label, value, type = "text", hint, wrong, placeholder, autocomplete = "off" } = field;
  const described = [wrong ? `${name}-wrong` : "", hint ? `${name}-hint` : ""].filter(Boolean).join(" ");
  return html`<div class="labelled">
    <label for=${name}>${label}</label>
    <input class="field" id=${name} name=${name} type=${type} .value=${live(value)} autocomplete=${autocomplete}
      autocapitalize="none" spellcheck="false" placeholder=${ifDefined(placeholder)}
      maxlength=${field.maxlength ?? 2048} ?disabled=${field.disabled ?? false}
      aria-invalid=${wrong ? "true" : "false"} aria-describedby=${described || nothing}
      @input=${(event: InputEvent) => field.onInput((event.target as HTMLInputElement).value)} />
    ${wrong ? html`<p class="wrong" id="${name}-wrong" part="wrong">${icons.error}<span>${wrong}</span></p>` : nothing}
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`;
}
