import { isAdmin } from "../people.ts";
import { RestError } from "../rest/error.ts";
import type { Call } from "../rest/method.ts";

/** Refuses all but administrators, in the words of the CRM. */
export function requireCrmAdmin({ caller }: Call): void {
  if (!isAdmin(caller.userId)) throw new RestError("", "Access denied.");
}
