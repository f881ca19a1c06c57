import { escapeText } from "./pure-svg.ts";

/** How a run of text looks, px. */
export interface TextLook {
  size: number;
  colour: string;
  weight?: number;
}

export interface Run extends TextLook {
  text: string;
}

const looks = ({ size, colour, weight }: TextLook): string =>
  `font-size="${size}"${weight ? ` font-weight="${weight}"` : ""} fill="${colour}"`;

/** One line of text; `y` is its base line. */
export const textMark = (text: string, { x, y, ...look }: TextLook & { x: number; y: number }): string =>
  `<text x="${x}" y="${y}" ${looks(look)}>${escapeText(text)}</text>`;

/** Texts after each other on one line, so far apart: where each begins the font itself says. */
export function runsMark(runs: readonly Run[], x: number, y: number, gap: number): string {
  const spans = runs.map(
    (run, i) => `<tspan${i ? ` dx="${gap}"` : ""} ${looks(run)}>${escapeText(run.text)}</tspan>`,
  );
  return `<text x="${x}" y="${y}">${spans.join("")}</text>`;
}
