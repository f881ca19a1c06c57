/** All that a drawing is made of: shapes, texts, and what fills them. Nothing that loads, links, runs or moves. */
const ELEMENTS = new Set(
  "svg g path text tspan rect circle line polyline polygon ellipse defs clipPath linearGradient radialGradient stop pattern use".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  (
    "x y x1 y1 x2 y2 cx cy r rx ry d dx dy width height points transform viewBox id fx fy offset " +
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap " +
    "stroke-linejoin stroke-miterlimit stop-color stop-opacity opacity paint-order clip-path clip-rule " +
    "font-size font-weight font-style text-anchor dominant-baseline xml:space href xlink:href " +
    "gradientUnits gradientTransform patternUnits patternContentUnits patternTransform clipPathUnits"
  ).split(" "),
);
/** Numbers, names, colours and references within the picture: no address, no quote, no escape. */
const VALUE = /^[\w\s#%.,()+-]*$/;
const REFERENCE = /^#[\w-]+$/;
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<>]*")*)\s*>/y;
const ATTRIBUTE = /([\w:-]+)="([^"<>]*)"/g;
const FONT: Readonly<Record<string, true>> = { "font-size": true, "font-weight": true, "font-style": true };

/** A drawing held something that a drawing does not hold: it is not shown. */
export class ImpureSvg extends Error {}

/** Where a hundredth of a pixel is enough; a matrix needs all its digits. */
const SHAPES: Readonly<Record<string, true>> = { d: true, points: true };

const rounded = (value: string) => value.replace(/(\.\d\d)\d+/g, "$1");

function isPure(name: string, value: string): boolean {
  return name.endsWith("href") ? REFERENCE.test(value) : VALUE.test(value);
}

/** What of a `style` says how letters look, as attributes: strict policies refuse the style itself. */
function fontAttributes(style: string): string {
  return style
    .split(";")
    .map((one) => one.split(":").map((part) => part.trim()))
    .flatMap(([name = "", value = ""]) => (FONT[name] && VALUE.test(value) ? ` ${name}="${value}"` : []))
    .join("");
}

function attributesOf(text: string): string {
  let pure = "";
  for (const [, name = "", value = ""] of text.matchAll(ATTRIBUTE)) {
    if (name === "style") pure += fontAttributes(value);
    else if (!ATTRIBUTES.has(name)) continue;
    else if (isPure(name, value)) pure += ` ${name}="${SHAPES[name] ? rounded(value) : value}"`;
    else throw new ImpureSvg(`The drawing has ${name}="${value.slice(0, 40)}".`);
  }
  return pure;
}

/**
 * Markup of a drawing, element by element: names that are not on the list are refused, attributes that are not on it
 * are left out, and no value leads out of its quotes or the picture. ECharts escapes texts, but writes colours and
 * fonts as they are given. @throws ImpureSvg
 */
export function pureSvg(markup: string): string {
  let pure = "";
  let at = 0;
  while (at < markup.length) {
    const next = markup.indexOf("<", at);
    pure += markup.slice(at, next < 0 ? undefined : next);
    if (next < 0) break;
    TAG.lastIndex = next;
    const [tag, close, name = "", attributes = ""] = TAG.exec(markup) ?? [];
    if (tag === undefined || !ELEMENTS.has(name))
      throw new ImpureSvg(`The drawing has ${JSON.stringify(markup.slice(next, next + 40))}.`);
    pure += close ? `</${name}>` : `<${name}${attributesOf(attributes)}>`;
    at = next + tag.length;
  }
  return pure;
}

/** Letters that no XML may hold, lone halves of pairs among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export const readable = (text: string): string => text.replace(FORBIDDEN, "\ufffd");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it stands in markup. */
export const escapeText = (text: string): string =>
  readable(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
