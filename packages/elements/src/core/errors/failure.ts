import type { AnyErrorCode } from "@b24kit/client";
import { errorTexts } from "./error-texts.ts";

/** What went wrong, as elements show it. `kind` chooses the view; `code` the words, absent for errors that are not the API's. */
export interface Failure {
  kind: "error" | "no-rights" | "offline";
  code?: AnyErrorCode;
  /** English, from the server; never a secret. */
  detail?: string;
  requestId?: string;
}

const NO_RIGHTS: ReadonlySet<string> = new Set([
  "forbidden",
  "unauthenticated",
  "origin_not_allowed",
  "token_expired",
  "token_unavailable",
]);
const OFFLINE: ReadonlySet<string> = new Set(["api_unreachable", "api_timeout"]);

function isErrorCode(code: unknown): code is AnyErrorCode {
  return typeof code === "string" && Object.hasOwn(errorTexts.en, code);
}

function kindOf(code: AnyErrorCode): Failure["kind"] {
  if (OFFLINE.has(code)) return "offline";
  return NO_RIGHTS.has(code) ? "no-rights" : "error";
}

/** Reads any thrown value: the client's `ApiError` by its code, a failed fetch as "offline", the rest as unknown. */
export function toFailure(error: unknown): Failure {
  const { code, detail, requestId, message } = (error ?? {}) as Record<string, unknown>;
  if (isErrorCode(code)) {
    return {
      kind: kindOf(code),
      code,
      ...(typeof detail === "string" && detail ? { detail } : {}),
      ...(typeof requestId === "string" && requestId ? { requestId } : {}),
    };
  }
  // A browser's fetch fails with TypeError where the server cannot be reached at all.
  if (error instanceof TypeError) return { kind: "offline" };
  return { kind: "error", ...(typeof message === "string" && message ? { detail: message } : {}) };
}
