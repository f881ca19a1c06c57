import type { ErrorCode } from "@b24kit/client/contract";
import type { OutsideAnswer } from "../../platform/outside/post-outside.ts";

/** What one attempt came to. */
export interface Outcome {
  readonly delivered: boolean;
  readonly status: number | null;
  readonly error: { readonly code: ErrorCode; readonly detail: string } | null;
  /** Seconds after which the address wishes to be asked again. */
  readonly wish: number | null;
  /** The address says that it wants nothing more. */
  readonly gone: boolean;
}

/** Only 2xx is a delivery; a redirect is not followed, so it is none. */
export function judge({ status, retryAfter }: OutsideAnswer): Outcome {
  const delivered = status >= 200 && status < 300;
  return {
    delivered,
    status,
    error: delivered ? null : { code: "outgoing_refused", detail: `The address answered ${status}.` },
    wish: status === 429 || status === 503 ? retryAfter : null,
    gone: status === 410,
  };
}
