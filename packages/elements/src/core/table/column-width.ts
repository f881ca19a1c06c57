import type { ColumnKind } from "@b24kit/client";

/** Width in px that a column of the kind needs to be read without cutting most of its values. */
export const KIND_WIDTH: Record<ColumnKind, number> = {
  id: 84,
  text: 220,
  number: 104,
  count: 104,
  money: 132,
  percent: 96,
  boolean: 88,
  date: 116,
  datetime: 152,
  status: 160,
  stage: 208,
  user: 172,
  department: 172,
  link: 200,
  phone: 152,
  email: 200,
  url: 200,
  list: 180,
  json: 220,
};

export const LEAST_WIDTH = 56;
export const MOST_WIDTH = 800;

/** Kinds whose columns share what width is left over. */
const GROWS: ReadonlySet<ColumnKind> = new Set([
  "text",
  "link",
  "stage",
  "status",
  "user",
  "department",
  "email",
  "url",
  "list",
  "json",
]);

/** Default width: the kind's, or more where the heading needs it (8.2 px a letter, and room for the sort mark). */
export function defaultWidth(kind: ColumnKind, heading: string): number {
  return Math.max(KIND_WIDTH[kind], Math.min(200, Math.ceil(heading.length * 8.2) + 48));
}

export interface ColumnWidth {
  kind: ColumnKind;
  heading: string;
  /** What the reader dragged it to, px. */
  chosen: number | undefined;
}

/** `grid-template-columns` for the columns in order; a width the reader chose is kept exactly. */
export function gridTemplate(columns: readonly ColumnWidth[]): string {
  return columns
    .map(({ kind, heading, chosen }) => {
      if (chosen !== undefined) return `${chosen}px`;
      const width = defaultWidth(kind, heading);
      return GROWS.has(kind)
        ? `minmax(${width}px, ${width}fr)`
        : `minmax(${width}px, ${Math.round(width / 3)}fr)`;
    })
    .join(" ");
}

/** Width in px below which the columns scroll. */
export function leastWidth(columns: readonly ColumnWidth[]): number {
  return columns.reduce((sum, { kind, heading, chosen }) => sum + (chosen ?? defaultWidth(kind, heading)), 0);
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
}
