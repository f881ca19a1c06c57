import { RestError } from "../rest/error.ts";
import type { Call, Caller } from "../rest/method.ts";

/** The first user runs the portal; nobody else does. */
export function isAdmin({ userId }: Pick<Caller, "userId">): boolean {
  return userId === 1;
}

export function requireAdmin({ caller }: Call): void {
  if (!isAdmin(caller)) throw new RestError("", "Access denied.");
}
