import type { Drawing } from "./drawing.ts";

let pen: CanvasRenderingContext2D | null;

/** How wide a text stands in a font, px. `font` as in CSS: `13px sans-serif`. */
export function letterWidth(text: string, font: string): number {
  pen ??= document.createElement("canvas").getContext("2d")!;
  pen.font = font;
  return pen.measureText(text).width;
}

/** The letters that an element writes with. */
export function lettersOf(element: Element): Pick<Drawing, "font" | "widthOf"> {
  const font = getComputedStyle(element).fontFamily;
  return { font, widthOf: (text, size) => letterWidth(text, `${size}px ${font}`) };
}
