import { edgeOf } from "../../core/chart/still/frame.ts";

/** Room that a live chart keeps above its heading, px: it stays. */
export const ABOVE = 4;

/** Takes card and edge off a picture, once: whoever shows it has its own. */
export function cropFrame(picture: SVGSVGElement): SVGSVGElement {
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const card = picture.querySelector(":scope > rect");
  if (!width || !height || !card) return picture;
  const edge = edgeOf(width);
  const room = [width - 2 * edge, height - 2 * edge + ABOVE] as const;
  picture.setAttribute("viewBox", [edge, edge - ABOVE, ...room].join(" "));
  picture.setAttribute("width", String(room[0]));
  picture.setAttribute("height", String(room[1]));
  // Its words lie where the live chart has them, on whatever ground that has.
  card.remove();
  return picture;
}
