import { html, type Markup } from "../markup.ts";

/** A page that is one application: the script opens the frame in it. */
export function renderApplicationPage(
  title: string,
  opens: { application?: number; placement?: number },
): Markup {
  const [name, id] =
    opens.application === undefined ? ["placement", opens.placement] : ["application", opens.application];
  return html`<div class="head"><h1 data-app-title>${title}</h1></div>
<section class="panel app-panel" aria-label="${title}"><div class="app-place" data-app-place data-${name}-page="${id}"></div></section>`;
}
