import { html, type TemplateResult } from "lit";

/** As many as the grid shows at its full height. */
const ROWS = 15;

/** Grey blocks in the shape of the rows to come. */
export function tableSkeleton(): TemplateResult {
  const row = html`<div class="skeleton-row" aria-hidden="true">
    <span class="skeleton short"></span><span class="skeleton long"></span><span class="skeleton chip-like"></span
    ><span class="skeleton medium"></span><span class="skeleton short"></span>
  </div>`;
  return html`<div class="skeleton-rows">${Array.from({ length: ROWS }, () => row)}</div>`;
}
