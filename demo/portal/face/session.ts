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

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The portal's own address for a request that came by another name of this machine, else null: frames answer only to
 * the one name that the portal told them.
 */
export function properAddress(portal: Portal, c: Context): string | null {
  const asked = new URL(c.req.url);
  const proper = new URL(portal.address.url);
  if (asked.hostname === proper.hostname || asked.port !== proper.port) return null;
  if (!LOOPBACK.has(asked.hostname) || !LOOPBACK.has(proper.hostname)) return null;
  return proper.origin + asked.pathname + asked.search;
}

/** A path of this portal, whatever a form claims. */
export function ownPath(text: string): string {
  return /^\/(?![/\\])/.test(text) ? text : "/";
}
