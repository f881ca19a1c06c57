const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(
  "svg g path text tspan rect circle line polyline polygon ellipse defs clipPath linearGradient radialGradient stop pattern use title desc".split(
    " ",
  ),
);
/** What runs, styles, or leads out of the picture. */
const OUTSIDE = /^on|^style$/i;
const leadsOut = ({ name, value }: Attr): boolean =>
  OUTSIDE.test(name) ||
  (/href$/i.test(name) && !value.startsWith("#")) ||
  (!name.startsWith("xmlns") && /url\((?!#)|:\/\//i.test(value));

/**
 * A picture's markup as an element of this page. The API lets only shapes and texts through; so does this, as the markup
 * becomes part of the page. Undefined where it is no picture.
 */
export function readPicture(markup: string): SVGSVGElement | undefined {
  const root = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  const nodes = [root, ...root.querySelectorAll("*")];
  const pure = nodes.every(
    (node) => node.namespaceURI === SVG && DRAWN.has(node.localName) && ![...node.attributes].some(leadsOut),
  );
  return pure && root.localName === "svg"
    ? (document.importNode(root, true) as Element as SVGSVGElement)
    : undefined;
}
