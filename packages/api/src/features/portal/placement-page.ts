import { html } from "hono/html";
import type { AppContext } from "../../platform/http/environment.ts";
import { type Html, type Language, renderPage } from "./page.ts";
import { type Part, partsOf } from "./page-parts.ts";
import { type Place, pageTitles } from "./places.ts";
import type { Session } from "./sessions.ts";

/** An element that another feature shows at a place, or null where it has nothing to say there. */
export type PagePart = (place: Place) => Part | null;

export interface PlacementRequest {
  readonly session: Session;
  readonly language: Language;
  readonly place: Place;
  readonly more: readonly PagePart[];
}

/**
 * The page behind a button: the elements that fit the place, alive by the session's token. The token stands in the page
 * itself and in no address; only the portal's own pages may show it, and it is renewed by what the portal gives them.
 */
export function placementPage(c: AppContext, request: PlacementRequest): Response | Promise<Response> {
  const { session, language, place, more } = request;
  const { token, expiresAt, url, host } = session;
  const { main, side, wide } = partsOf(place, language);
  const others = more.map((part) => part(place)).filter((part) => part !== null);
  const list = (parts: readonly Part[]) => parts.map(draw);
  return renderPage(c, {
    language,
    title: pageTitles[language].data,
    framedBy: url,
    body: html`<b24-provider frame locale="${language}" portal="${host}" token-url="/api/v1/portals/session"
      token="${token}" token-expires="${expiresAt}">
      <main class="place">
        <div class="columns${side.length > 0 ? " two" : ""}">
          <div>${list([...main, ...others])}</div>
          ${side.length > 0 ? html`<div>${list(side)}</div>` : ""}
        </div>
        ${wide.map((row) => html`<div class="row">${list(row)}</div>`)}
      </main>
    </b24-provider>`,
  });
}

/** Tags and names come from code, values may come from the portal: only those are escaped. */
function draw({ tag, attributes }: Part): Html {
  const written = Object.entries(attributes).map(([name, value]) =>
    value === true ? html` ${name}` : html` ${name}="${value}"`,
  );
  return html`<${tag}${written}></${tag}>`;
}
