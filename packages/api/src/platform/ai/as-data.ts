/** Controls, and the signs by which text hides or turns itself: zero width, directions, separators of lines, tags. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Words of others as a short line for a prompt: they go in as a JSON value, so quotes do no harm. */
export function asData(text: string, maxLength = 80): string {
  const line = text.normalize("NFC").replace(CONTROL, " ").replace(/\s+/g, " ").trim();
  return line.length > maxLength ? `${[...line].slice(0, maxLength - 1).join("")}…` : line;
}
