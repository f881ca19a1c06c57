import type { ErrorCode } from "@b24kit/client/contract";
import { errorTexts } from "./error-texts.ts";

/** What went wrong, as elements show it. `kind` chooses the view; `code` the words, absent for errors that are not the API's. */
export interface Failure {
  kind: "error" | "no-rights" | "offline";
  code?: ErrorCode;
  /** English, from the server; never a secret. */
  detail?: string;
  requestId?: string;
}

const NO_RIGHTS: ReadonlySet<string> = new Set([
  "forbidden",
  "unauthenticated",
  "origin_not_allowed",
  "token_expired",
]);

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorTexts.en, code);
}

/** Reads any thrown value: the client's `ApiError` by its code, a failed fetch as "offline", the rest as unknown. */
export function toFailure(error: unknown): Failure {
  const { code, detail, requestId, message, name } = (error ?? {}) as Record<string, unknown>;
  if (isErrorCode(code)) {
    return {
      kind: NO_RIGHTS.has(code) ? "no-rights" : "error",
      code,
      ...(typeof detail === "string" && detail ? { detail } : {}),
      ...(typeof requestId === "string" && requestId ? { requestId } : {}),
    };
  }
  // A browser's fetch fails with TypeError where the server cannot be reached at all.
  if (error instanceof TypeError || name === "NetworkError" || code === "network_error")
    return { kind: "offline" };
  return { kind: "error", ...(typeof message === "string" && message ? { detail: message } : {}) };
}
