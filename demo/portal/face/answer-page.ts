import { createHash } from "node:crypto";
import type { Portal } from "../portal.ts";
import { stageStyles } from "./crm/stages.ts";
import type { Piece } from "./markup.ts";
import { renderPage, type View } from "./page.ts";
import { menuApplications } from "./placements/placed.ts";

/**
 * Nothing but the portal's own files runs or paints. Frames are free, as on a portal: an application may lead its frame
 * wherever it likes, and a form opens it there by POST.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src http: https:",
  "form-action 'self' http: https:",
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

export interface Content {
  title: string;
  body: Piece;
  search?: string;
  status?: number;
}

/** Puts content into the portal's page and sends it. */
export function answerPage(view: View, { status = 200, ...content }: Content): Response {
  const page = renderPage(view, {
    ...content,
    menu: menuApplications(view),
    stylesVersion: versionOf(stageStyles(view.portal)),
  });
  return new Response(page.text, { status, headers: HEADERS });
}

/** The page of the browser's next request. */
export function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}

export function answerStageStyles(portal: Portal): Response {
  return new Response(stageStyles(portal), {
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" },
  });
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
