import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

// 20 px grid, 1.5 px strokes in the text colour; decorative, the control carries the name.
function icon(body: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${body}</svg>`;
}

export const icons = {
  search: icon(svg`<circle cx="9" cy="9" r="5.25"/><path d="m13 13 3.5 3.5"/>`),
  close: icon(svg`<path d="m5 5 10 10M15 5 5 15"/>`),
  refresh: icon(svg`<path d="M16 10a6 6 0 1 1-1.8-4.3M16.2 3v3.2H13"/>`),
  play: icon(svg`<path d="M6.5 4.5v11l9-5.5z"/>`),
  pause: icon(svg`<path d="M7.5 5v10M12.5 5v10"/>`),
  compare: icon(svg`<path d="M4 7.5h11m-3-3 3 3-3 3M16 12.5H5m3-3-3 3 3 3"/>`),
  unfold: icon(svg`<path d="m5.5 8 4.5 4.5L14.5 8"/>`),
  stop: icon(svg`<rect x="5.5" y="5.5" width="9" height="9" rx="1"/>`),
  download: icon(svg`<path d="M10 3.5v9m-3.5-3.5L10 12.5 13.5 9M4 16h12"/>`),
  columns: icon(svg`<rect x="3.5" y="4" width="13" height="12" rx="1.5"/><path d="M8 4v12m4.25-12v12"/>`),
  filter: icon(svg`<path d="M3.5 5h13L12 10.5V16l-4-2v-3.5z"/>`),
  menu: icon(
    svg`<circle cx="4.5" cy="10" r=".75"/><circle cx="10" cy="10" r=".75"/><circle cx="15.5" cy="10" r=".75"/>`,
  ),
  up: icon(svg`<path d="M10 15.5v-11m-4 4 4-4 4 4"/>`),
  down: icon(svg`<path d="M10 4.5v11m-4-4 4 4 4-4"/>`),
  sortable: icon(svg`<path d="m7 8 3-3 3 3M7 12l3 3 3-3"/>`),
  check: icon(svg`<path d="m4.5 10.5 3.5 3.5 7.5-8"/>`),
  warning: icon(svg`<path d="M10 3.5 17.5 16.5h-15zM10 8.5v3.5m0 2.3v.2"/>`),
  error: icon(svg`<circle cx="10" cy="10" r="6.75"/><path d="M10 6.5v4.25m0 2.5v.2"/>`),
  info: icon(svg`<circle cx="10" cy="10" r="6.75"/><path d="M10 9.25v4.25m0-7v.2"/>`),
  lock: icon(svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`),
  offline: icon(
    svg`<path d="M3 8a10 10 0 0 1 14 0M5.7 11a6 6 0 0 1 8.6 0m-5.8 2.9a2.1 2.1 0 0 1 3 0M3.5 3.5l13 13"/>`,
  ),
  empty: icon(svg`<path d="M3.5 11.5 5.5 5h9l2 6.5v4h-13zm0 0H7.5l1 2h3l1-2h4"/>`),
  clock: icon(svg`<circle cx="10" cy="10" r="6.75"/><path d="M10 6.25V10l2.5 1.75"/>`),
  table: icon(
    svg`<rect x="3.5" y="4.5" width="13" height="11" rx="1.5"/><path d="M3.5 8.5h13m-13 3.5h13M8.5 8.5v7"/>`,
  ),
  chart: icon(svg`<path d="M4 16V9.5M8 16V5m4 11v-8m4 8V7"/>`),
  code: icon(svg`<path d="m7 6-4 4 4 4m6-8 4 4-4 4"/>`),
  copy: icon(
    svg`<rect x="7" y="7" width="9.5" height="9.5" rx="1.5"/><path d="M4.5 13H3.5V5a1.5 1.5 0 0 1 1.5-1.5h8v1"/>`,
  ),
  save: icon(svg`<path d="M5 3.5h10v13l-5-3.5-5 3.5z"/>`),
  pin: icon(svg`<path d="m12 3.5 4.5 4.5-3 1-3 3-.5 3.5-5.5-5.5L8 9.5l3-3zM7.2 12.8 3.5 16.5"/>`),
  history: icon(svg`<path d="M4 10a6 6 0 1 0 2-4.5L4 7.3M4 3.8v3.5h3.5M10 7v3l2 1.5"/>`),
  share: icon(
    svg`<circle cx="5" cy="10" r="2"/><circle cx="14.5" cy="5" r="2"/><circle cx="14.5" cy="15" r="2"/><path d="m6.8 9 6-3.1M6.8 11l6 3.1"/>`,
  ),
  screen: icon(svg`<rect x="2.5" y="4" width="15" height="10" rx="1.5"/><path d="M7 17h6"/>`),
  edit: icon(svg`<path d="m4 16 .8-3.6L13 4.2a1.4 1.4 0 0 1 2 0l.8.8a1.4 1.4 0 0 1 0 2L7.6 15.2z"/>`),
  plus: icon(svg`<path d="M10 4v12M4 10h12"/>`),
  trash: icon(svg`<path d="M4 6h12M8 6V4h4v2m2.5 0-.7 10H6.2L5.5 6"/>`),
  spark: icon(svg`<path d="M9 3.5 10.6 8 15 9.5 10.6 11 9 15.5 7.4 11 3 9.5 7.4 8zM15.5 13v4m-2-2h4"/>`),
  send: icon(svg`<path d="M10 16V4.5m-5 5 5-5 5 5"/>`),
  move: icon(svg`<path d="M10 3v14M3 10h14M8 5l2-2 2 2M8 15l2 2 2-2M5 8l-2 2 2 2m10-4 2 2-2 2"/>`),
  external: icon(
    svg`<path d="M11.5 4H16v4.5M16 4l-7 7M14.5 11.5V15a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1h3.5"/>`,
  ),
} as const satisfies Record<string, TemplateResult>;

export type IconName = keyof typeof icons;
