import type { Right } from "@b24kit/client/contract";
import { AppError } from "../http/app-error.ts";

/** Who a request speaks for, and how far that reaches. A person is (kind, subject). */
export interface Caller {
  readonly kind: "key" | "user" | "page";
  /** Stable name of the key, user or page session; safe in logs. */
  readonly subject: string;
  readonly rights: ReadonlySet<Right>;
  /** Ids of the portals that may be seen, or `all`. */
  readonly portals: "all" | readonly number[];
  /** When the credential ends, in milliseconds since the epoch; absent where it does not end by itself. */
  readonly expiresAt?: number | undefined;
  /** What a token was given for, beside its rights; the feature that gave it reads it. */
  readonly grant?: unknown;
}

/** The caller as logs, limits and histories know it. */
export const callerName = ({ kind, subject }: Caller): string => `${kind}:${subject}`;

/** `admin` implies every other right, and who reads all data reads charts. */
export function hasRight({ rights }: Caller, right: Right): boolean {
  return rights.has(right) || rights.has("admin") || (right === "charts:read" && rights.has("data:read"));
}

/** @throws AppError `forbidden`, naming the right that is missing. */
export function requireRight(caller: Caller, right: Right): void {
  if (!hasRight(caller, right)) throw new AppError("forbidden", `The right "${right}" is missing.`);
}

export function maySeePortal(caller: Caller, portalId: number): boolean {
  return caller.portals === "all" || caller.portals.includes(portalId);
}
