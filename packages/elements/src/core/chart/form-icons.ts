import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { ChartType } from "./chart-type.ts";

// As the elements' other icons: 20 px grid, strokes in the text colour.
function icon(body: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${body}</svg>`;
}

export const formIcons: Readonly<Record<ChartType, TemplateResult>> = {
  kpi: icon(svg`<path d="M4 6.5 6 5v6M9 5h3.5L9 11h3.5M3.5 15.5h13"/>`),
  bar: icon(svg`<path d="M4 16V9.5M8 16V5m4 11v-8m4 8V7"/>`),
  line: icon(svg`<path d="m3.5 13.5 4-5 3.5 3 5.5-6.5"/>`),
  area: icon(svg`<path d="m3.5 12.5 4-4.5 3.5 2.5L16.5 5v11h-13z"/>`),
  combo: icon(svg`<path d="M4.5 16v-4m5.5 4v-6m5.5 6V9M3.5 8.5l5-3.5 3.5 2 4.5-3"/>`),
  pie: icon(
    svg`<circle cx="10" cy="10" r="6.5"/><circle cx="10" cy="10" r="2.5"/><path d="M10 3.5v4M12.2 11.2l3.5 2"/>`,
  ),
  funnel: icon(svg`<path d="M3.5 5h13M5.5 9h9M7.5 13h5M9 16.5h2"/>`),
  gauge: icon(svg`<path d="M4.2 14.5a6.8 6.8 0 1 1 11.6 0M10 11.5l3-3.5"/>`),
  scatter: icon(
    svg`<path d="M3.5 3.5v13h13"/><circle cx="7.5" cy="12" r=".8"/><circle cx="10" cy="8" r=".8"/><circle cx="13" cy="10.5" r=".8"/><circle cx="15" cy="5.5" r=".8"/>`,
  ),
  heatmap: icon(
    svg`<rect x="3.5" y="3.5" width="13" height="13" rx="1.5"/><path d="M8 3.5v13m4.3-13v13M3.5 8h13m-13 4.3h13"/>`,
  ),
  calendar: icon(
    svg`<rect x="3.5" y="4.5" width="13" height="12" rx="1.5"/><path d="M3.5 8h13M7 3v3m6-3v3M7 11h.1m2.9 0h.1m2.9 0h.1M7 13.8h.1m2.9 0h.1"/>`,
  ),
  radar: icon(svg`<path d="m10 3.5 6.2 4.5-2.4 7.3H6.2L3.8 8zM10 7l3 2.2-1.2 3.5H8.2L7 9.2z"/>`),
  treemap: icon(
    svg`<rect x="3.5" y="3.5" width="13" height="13" rx="1.5"/><path d="M10 3.5v13M10 9h6.5M13 9v7.5"/>`,
  ),
  sankey: icon(svg`<path d="M3.5 5c6 0 7 0 13 0M3.5 8c6 0 7 7.500 13 7.500M3.5 15c6 0 7-4.500 13-4.500"/>`),
  pivot: icon(
    svg`<rect x="3.5" y="4" width="13" height="12" rx="1.5"/><path d="M3.500 8h13M8 4v12m4-5.500h2M10 13h4"/>`,
  ),
  table: icon(svg`<path d="M4 5.500h.1M7 5.500h9M4 10h.1M7 10h9M4 14.500h.1M7 14.500h9"/>`),
};
