import { type Drawing, plainText } from "./drawing.ts";
import { wrapText } from "./wrap-text.ts";

/**
 * A name in at most two lines of `room` px. ECharts would break it too, but takes letters that are not Latin for as wide as
 * the font's squares, and then breaks Russian words in the middle.
 */
export function wrapName(drawing: Drawing, name: string, room: number, size: number): string {
  return wrapText(name, room, 2, (text) => drawing.widthOf(text, size)).join("\n");
}

// The edge is ECharts' own padding and what its measure of letters may differ by.
const KEY = { icon: 14 + 5, gap: 16, edge: 24, line: 29, most: 4, size: 13 };

/** Room above the plot for the key of several series, which may need more than one line. */
export function keyRoom(drawing: Drawing): number {
  const { data, words, width } = drawing;
  let lines = 1;
  let taken = 0;
  for (const one of data.series) {
    const item = KEY.icon + drawing.widthOf(plainText(words.series(one)), KEY.size);
    if (taken > 0 && taken + KEY.gap + item > width - KEY.edge) {
      lines++;
      taken = item;
    } else taken += (taken > 0 ? KEY.gap : 0) + item;
  }
  return 44 + (Math.min(lines, KEY.most) - 1) * KEY.line;
}
