import { html, type Markup, Markup as Raw } from "./markup.ts";

/** Drawings of 20 by 20, in lines of the text's colour. */
const DRAWINGS = {
  deal: "M3 6h14v9H3zM7 6V4h6v2M3 10h14",
  lead: "M3 4h14l-5.5 6.5V16l-3-1.6v-3.9z",
  contact: "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zm-6 6.4c.6-3 2.9-4.4 6-4.400s5.4 1.4 6 4.400z",
  company: "M4 17V4h8v13M12 8h4v9M2.5 17h15M6.5 7h3m-3 3h3m-3 3h3",
  app: "M4 4h5v5H4zm7 0h5v5h-5zM4 11h5v5H4zm9.5 0v5M11 13.500h5",
  code: "M7 6 3 10l4 4m6-8 4 4-4 4m-1.5-9-3 10",
  search: "M9 14.500A5.5 5.5 0 1 0 9 3.500a5.5 5.5 0 0 0 0 11zm4-1.5 4 4",
  menu: "M3 5.500h14M3 10h14M3 14.500h14",
  rows: "M4 6h12M4 10h12M4 14h12",
  close: "m5 5 10 10M15 5 5 15",
  down: "m6 8 4 4 4-4",
  left: "m12 5-5 5 5 5",
  right: "m8 5 5 5-5 5",
  plus: "M10 4v12M4 10h12",
  up: "m6 12 4-4 4 4",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  copy: "M7 7h9v9H7zM4 13V4h9",
  warning: "M10 3.5 17.5 16.500h-15zM10 8v4m0 2v.5",
  key: "M12.5 11a3.5 3.5 0 1 0-3.3-2.300L3.5 14.400v2.100h2.600v-1.600h1.700v-1.700l1.6-1.600a3.5 3.5 0 0 0 3.1-.6zM13 7.200v.1",
  hook: "M7.5 9.5 4.6 14.500M10 5.500a2.5 2.5 0 1 1 2.2 3.700l2.6 4.600M4.8 14.400a2 2 0 1 0 2 2h7.400a2 2 0 1 0 1-3",
} as const;

export type IconName = keyof typeof DRAWINGS;

export function icon(name: IconName): Markup {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="${new Raw(DRAWINGS[name])}"/></svg>`;
}
