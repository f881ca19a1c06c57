import createPurifier from "dompurify";
import { marked } from "marked";

// Words of the portal and of the model: nothing but text, tables and lists comes through, no addresses to load from.
const ALLOWED = {
  ALLOWED_TAGS: [
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "em",
    "strong",
    "del",
    "br",
    "hr",
    "blockquote",
  ],
  ALLOWED_ATTR: [],
  RETURN_DOM_FRAGMENT: true,
} as const;

/** Markdown as nodes that are safe to show. */
export function renderMarkdown(markdown: string): DocumentFragment {
  const html = marked.parse(markdown, { async: false, gfm: true });
  const nodes = createPurifier.sanitize(html, {
    ...ALLOWED,
    ALLOWED_TAGS: [...ALLOWED.ALLOWED_TAGS],
    ALLOWED_ATTR: [],
  });
  // A wide table scrolls; keys must reach it.
  for (const table of nodes.querySelectorAll("table")) table.tabIndex = 0;
  return nodes;
}
