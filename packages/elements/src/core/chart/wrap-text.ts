type Measure = (text: string) => number;

/** Whole words on at most so many lines of `room` px; what is beyond ends in "…". */
export function wrapText(text: string, room: number, most: number, widthOf: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n\r\t]+/).filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length > most) lines.splice(most - 1, lines.length, `${lines[most - 1]}…`);
  return lines.map((line) => clipText(line, room, widthOf));
}

/** The text, or as much of it as fits, ended by "…". */
export function clipText(text: string, room: number, widthOf: Measure): string {
  if (widthOf(text) <= room) return text;
  // Letters, not halves of them: a half is no text.
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
