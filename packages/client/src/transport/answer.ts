import type { Problem } from "../contract/errors.ts";
import { ConnectionError, isProblem, toApiError } from "./errors.ts";

/** Seconds of a Retry-After header: a number, or an HTTP date. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, (until - now) / 1000);
}

/** The error that a failed answer means; what is not a problem of ours came from something in between. */
export async function readProblem(response: Response, now: number): Promise<Error> {
  const text = await response.text();
  const retryAfter = retryAfterSeconds(response.headers.get("retry-after"), now);
  const value = parse(text);
  if (isProblem(value)) return toApiError(value, retryAfter);
  const type = response.headers.get("content-type") ?? "no content type";
  if (response.status === 502 || response.status === 503 || response.status === 504) {
    return toApiError(proxyProblem(response, type), retryAfter);
  }
  return new ConnectionError("api_answer_invalid", `status ${response.status}, ${type}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A gateway's own page while the API restarts. */
function proxyProblem(response: Response, type: string): Problem {
  return {
    type: "about:blank",
    code: "interrupted",
    title: "A gateway in front of the API answered instead of it",
    status: response.status,
    detail: `status ${response.status}, ${type}`,
    remedy: "Try again in a moment; if it stays, look whether the API runs.",
    requestId: response.headers.get("x-request-id") ?? "",
  };
}
