import { html, raw } from "hono/html";
import type { AppContext } from "../../platform/http/environment.ts";
import { messages } from "./messages.ts";
import { type Html, type Language, renderPage } from "./page.ts";
import { type RecordKind, readPlacement } from "./places.ts";
import type { Session } from "./sessions.ts";

export interface PlacementRequest {
  readonly session: Session;
  readonly memberId: string;
  readonly language: Language;
  /** `CRM_DEAL_DETAIL_TOOLBAR`; DEFAULT is the application itself. */
  readonly placement: string;
  /** The record whose card it is. */
  readonly recordId: number | null;
}

const QUERIES: Readonly<Record<RecordKind, string>> = {
  DEAL: "deals",
  LEAD: "leads",
  CONTACT: "contacts",
  COMPANY: "companies",
};

/** What a card shows beside the record: what it names, or what names it. */
const RELATIVES: Readonly<Record<RecordKind, readonly RecordKind[]>> = {
  DEAL: ["CONTACT", "COMPANY"],
  LEAD: [],
  CONTACT: ["DEAL"],
  COMPANY: ["CONTACT", "DEAL"],
};

/**
 * The page behind a button: the elements that fit the place, alive by the session's token. The token stands in a data
 * block of the page and in no address; only the portal's own pages may show it.
 */
export function placementPage(c: AppContext, request: PlacementRequest): Response | Promise<Response> {
  const { session, memberId, language } = request;
  const t = messages[language];
  const { token, expiresAt, url, host } = session;
  return renderPage(c, {
    language,
    title: t.pageTitle,
    framedBy: url,
    data: { token, expiresAt, memberId },
    scripts: ["frame.js", "placement.js"],
    elements: true,
    body: html`<b24-provider locale="${language}" portal="${host}"><main class="wide">${bodyOf(request)}</main></b24-provider>`,
  });
}

function bodyOf({ placement, recordId, language }: PlacementRequest): Html {
  const place = readPlacement(placement);
  if (place === null) return overview();
  const { kind, view } = place;
  return view === "card" && recordId !== null ? card(kind, recordId, language) : list(kind);
}

/** The record, what hangs on it, and for deals the charts that it is part of. */
function card(kind: RecordKind, id: number, language: Language): Html {
  const t = messages[language];
  const tables = [[QUERIES[kind], `id=${id}`, t.kinds[kind]] as const, ...RELATIVES[kind].map(relative)];
  function relative(other: RecordKind) {
    return [QUERIES[other], `${kind.toLowerCase()}=${id}`, t.lists[other]] as const;
  }
  return html`<h1>${t.kinds[kind]} № ${id}</h1>
    ${tables.map(([query, params, heading]) => html`<b24-table query="${query}" params="${params}" heading="${heading}"></b24-table>`)}
    ${kind === "DEAL" ? html`<div class="charts">${charts()}</div>` : ""}
    <b24-sync-status></b24-sync-status>`;
}

function list(kind: RecordKind): Html {
  return html`<b24-sync-status></b24-sync-status>
    ${kind === "DEAL" ? html`<div class="charts">${charts()}</div>` : ""}
    <b24-table query="${QUERIES[kind]}" params="limit=10000"></b24-table>`;
}

function overview(): Html {
  return html`<b24-sync-status></b24-sync-status><div class="charts">${charts()}</div>
    <b24-table query="deals" params="limit=10000"></b24-table>`;
}

const charts = () =>
  raw(
    `<b24-chart query="deals-by-stage" type="bar" x="stage" y="count"></b24-chart><b24-chart query="deals-by-month" type="line"></b24-chart>`,
  );
