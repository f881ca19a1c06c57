import { format } from "echarts/core";
import { type Drawing, plainText } from "./drawing.ts";

const widthOf = ({ font }: Drawing, text: string, size: number) =>
  format.getTextRect(text, `${size}px ${font}`).width;

/** A name in lines that fit. ECharts breaks it too, but leaves the space at a line's end, which shifts it from its edge. */
export function wrapName(drawing: Drawing, name: string, room: number, size: number): string {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && widthOf(drawing, longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("\n");
}

// The edge is ECharts' own padding and what its measure of letters may differ by.
const KEY = { icon: 14 + 5, gap: 16, edge: 24, line: 29, most: 4, size: 13 };

/** Room above the plot for the key of several series, which may need more than one line. */
export function keyRoom(drawing: Drawing): number {
  const { data, words, width } = drawing;
  let lines = 1;
  let taken = 0;
  for (const one of data.series) {
    const item = KEY.icon + widthOf(drawing, plainText(words.series(one)), KEY.size);
    if (taken > 0 && taken + KEY.gap + item > width - KEY.edge) {
      lines++;
      taken = item;
    } else taken += (taken > 0 ? KEY.gap : 0) + item;
  }
  return 44 + (Math.min(lines, KEY.most) - 1) * KEY.line;
}
