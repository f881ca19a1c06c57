/** The mark left where words were understood: what follows it is not their neighbour any more. */
const TAKEN = " · ";

/** A question while it is being read: what is understood is taken out, what is left at the end was not. */
export class ReadingText {
  text: string;

  constructor(question: string) {
    this.text = ` ${question.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim()} `;
  }

  has(pattern: RegExp): boolean {
    return pattern.test(this.text);
  }

  /** Takes the first match out. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.text);
    if (match)
      this.text = this.text.slice(0, match.index) + TAKEN + this.text.slice(match.index + match[0].length);
    return match;
  }

  /** Takes a span out that was found by other means. */
  cut(start: number, end: number): void {
    this.text = this.text.slice(0, start) + TAKEN + this.text.slice(end);
  }

  /** Words with their places. */
  words(): { word: string; start: number; end: number }[] {
    return [...this.text.matchAll(/[\p{L}\d]+/gu)].map((match) => ({
      word: match[0],
      start: match.index,
      end: match.index + match[0].length,
    }));
  }
}

/**
 * A pattern of words: `*` is any ending, a space is one between words, `#` a number. Words of both languages stand
 * side by side: `сделк*|deal*`.
 */
export function words(source: string): RegExp {
  const body = source
    .replaceAll(" ?", "\\s{0,3}")
    .replaceAll(" ", "\\s+")
    .replaceAll("*", "\\p{L}*")
    .replaceAll("#", "(\\d+)");
  return new RegExp(`(?<![\\p{L}\\d])(?:${body})(?![\\p{L}\\d])`, "u");
}
