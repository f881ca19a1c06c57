import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { Headline } from "./headline.ts";

/** "+12 % к периоду «март 2026»", with an arrow: never by colour alone. */
export function changeView(change: NonNullable<Headline["change"]>): TemplateResult {
  const icon = change.direction === "up" ? icons.up : change.direction === "down" ? icons.down : nothing;
  return html`<span class="change ${change.direction}">${icon}${change.text}</span>
    <span class="caption">${change.caption}</span>`;
}
