import { html, nothing, type TemplateResult } from "lit";

/** An element's heading; a grey block while the data has not told it, nothing where it never will. */
export function headingView(heading: string | undefined, loading: boolean): TemplateResult | typeof nothing {
  if (heading !== undefined) return html`<h2 class="heading">${heading}</h2>`;
  if (!loading) return nothing;
  return html`<div class="heading" aria-hidden="true"><span class="skeleton heading-skeleton"></span></div>`;
}
