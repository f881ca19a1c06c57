import type { Context } from "hono";
import { browserUser, findUser, isAdmin } from "../people.ts";
import type { Portal } from "../portal.ts";
import type { Row } from "../values.ts";
import type { View } from "./page.ts";

/** Whose page this is: the browser's person and the page's own address. */
export function openView(portal: Portal, c: Context): View {
  const userId = browserUser(portal, c);
  const { pathname, search } = new URL(c.req.url);
  return {
    portal,
    user: findUser(portal, userId) as Row,
    path: pathname + search,
    isAdmin: isAdmin(userId),
    isFramed: c.req.header("sec-fetch-dest") === "iframe",
  };
}

/** Whether one of the portal's own pages sent this, and no other site in a person's name. */
export function isOwnRequest(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return origin === undefined || origin === new URL(c.req.url).origin;
}

/** A path of this portal, whatever a form claims. */
export function ownPath(text: string): string {
  return /^\/(?![/\\])/.test(text) ? text : "/";
}
