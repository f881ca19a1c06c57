import type { ErrorCode, Portal } from "@b24kit/client/contract";

export type PortalState = Portal["state"];

/** Failures that only a person at the portal can repair; every other one may pass by itself. */
const needsPerson: ReadonlySet<ErrorCode> = new Set([
  "application_removed",
  "portal_credential_rejected",
  "portal_token_expired",
  "portal_user_inactive",
  "insufficient_scope",
  "portal_access_denied",
  "portal_plan_required",
]);

/** Failures that say something about the portal as a whole, not about one call. */
const aboutPortal: ReadonlySet<ErrorCode> = new Set([
  ...needsPerson,
  "portal_unreachable",
  "portal_not_bitrix",
  "portal_blocked",
]);

/** The state a portal is in after a call succeeded (null) or failed; null where the failure says nothing about it. */
export function toPortalState(failure: ErrorCode | null): PortalState | null {
  if (failure === null) return "connected";
  if (!aboutPortal.has(failure)) return null;
  return needsPerson.has(failure) ? "reauthorise" : "unreachable";
}
