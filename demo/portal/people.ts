import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Portal } from "./portal.ts";
import type { Row } from "./values.ts";

/** Person 1 runs the portal; nobody else does. */
export function isAdmin(userId: number): boolean {
  return userId === 1;
}

export function findUser(portal: Portal, userId: number): Row | undefined {
  return portal.crm.users.find((row) => Number(row.ID) === userId);
}

export function isActiveUser(portal: Portal, userId: number): boolean {
  return findUser(portal, userId)?.ACTIVE === true;
}

/** The cookie in which a browser keeps who it plays; there are no passwords here. */
export const USER_COOKIE = "portal_user";

/** Who sits at the browser: person 1 unless its cookie names another one who works here. */
export function browserUser(portal: Portal, c: Context): number {
  const chosen = Number(getCookie(c, USER_COOKIE));
  return Number.isInteger(chosen) && isActiveUser(portal, chosen) ? chosen : 1;
}

export function fullName(row: Row): string {
  return [row.NAME, row.LAST_NAME].filter(Boolean).join(" ");
}
