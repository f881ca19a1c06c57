/** A piece of HTML that needs no more escaping. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

/** HTML with everything that is put in escaped; what is nothing (null, false) leaves nothing. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  let text = strings[0] as string;
  pieces.forEach((piece, i) => {
    text += toText(piece) + strings[i + 1];
  });
  return new Markup(text);
}

/** Pieces with the same HTML between each two of them. */
export function join(pieces: readonly Piece[], between: Markup): Markup {
  return new Markup(pieces.map(toText).join(between.text));
}

function toText(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (piece === null || piece === undefined || piece === false) return "";
  if (typeof piece === "object") return piece.map(toText).join("");
  return escapeText(String(piece));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}
