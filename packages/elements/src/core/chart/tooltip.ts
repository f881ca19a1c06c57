import type { Drawing } from "./drawing.ts";
import { colourOf, seriesColour } from "./drawing.ts";
import type { Reading } from "./reading.ts";

function span(className: string, text: string): HTMLElement {
  const node = document.createElement("span");
  node.className = className;
  node.textContent = text;
  return node;
}

/**
 * A reading as nodes, never as markup: texts come from the portal. Styled by the element's own sheet, so that no policy
 * of the page is in its way.
 */
export function tooltipNode({ title, lines }: Reading, { data, palette }: Drawing): HTMLElement {
  const node = document.createElement("div");
  node.className = "tip";
  if (title) node.append(span("tip-title", title));
  for (const { name, value, series } of lines) {
    const line = document.createElement("div");
    line.className = "tip-line";
    const one = series === undefined ? undefined : data.series[series];
    if (one && data.series.length > 1) {
      const mark = span("tip-mark", "");
      mark.style.setProperty("background-color", colourOf(one, series!, palette) || seriesColour(palette, 0));
      line.append(mark);
    }
    if (name) line.append(span("tip-name", name));
    line.append(span("tip-value tabular", value));
    node.append(line);
  }
  return node;
}
