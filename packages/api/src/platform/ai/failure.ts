import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  RateLimitError,
} from "openai";
import { AppError } from "../http/app-error.ts";

/** What went wrong at the model's service, in our codes. Its own words may quote the key or the prompt: they are only the cause. */
export function modelFailure(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError)
    return timedOut(error);
  if (error instanceof APIConnectionError)
    return new AppError("ai_unavailable", "The model's service cannot be reached.", { cause: error });
  if (error instanceof RateLimitError) return limited(error);
  if (error instanceof APIError) return refused(error);
  return error;
}

export function timedOut(cause?: unknown): AppError {
  return new AppError("ai_timeout", undefined, { cause });
}

function limited(error: InstanceType<typeof RateLimitError>): AppError {
  if (error.code === "insufficient_quota")
    return new AppError("ai_unavailable", "The account at the model's service has no money left.", {
      cause: error,
    });
  const seconds = Number(error.headers?.get("retry-after"));
  return new AppError("ai_rate_limited", "The model's service limits our requests.", {
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) : 10,
    cause: error,
  });
}

function refused(error: InstanceType<typeof APIError>): AppError {
  const { status } = error;
  if (status === 401 || status === 403)
    return new AppError("ai_credential_rejected", undefined, { cause: error });
  if (status === 404)
    return new AppError("ai_unavailable", "The model's service does not know the model of OPENAI_MODEL.", {
      cause: error,
    });
  return new AppError("ai_unavailable", `The model's service answered ${status ?? "nonsense"}.`, {
    cause: error,
  });
}

/** Whether the service itself is at fault, so that asking it again soon is useless. */
export function countsAgainstService(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ["ai_unavailable", "ai_timeout", "ai_rate_limited", "ai_credential_rejected"].includes(error.code)
  );
}

/** A lost connection or a fault of the service's own, which may be over at once. */
export function isHiccup(error: unknown): boolean {
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return false;
  return error instanceof APIConnectionError || (error instanceof APIError && (error.status ?? 0) >= 500);
}
