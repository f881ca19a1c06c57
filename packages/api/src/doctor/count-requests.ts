import type { PortalClient } from "../platform/bitrix/types.ts";

export interface CountedClient {
  readonly client: Pick<PortalClient, "call" | "batch" | "limits">;
  /** Requests that went to the portal. */
  readonly used: () => number;
}

/** The doctor asks a portal at most so often. */
export const MOST_REQUESTS = 60;

/** Counts what is asked of a portal, and stops before it is too much. */
export function countRequests(inner: PortalClient): CountedClient {
  let used = 0;
  const count = () => {
    used += 1;
    if (used >= MOST_REQUESTS) throw new Error(`the doctor asks at most ${MOST_REQUESTS} times`);
  };
  return {
    used: () => used,
    client: {
      call(method, params, options) {
        count();
        return inner.call(method, params, { ...options, onRetry: count });
      },
      batch(commands, options) {
        count();
        return inner.batch(commands, { ...options, onRetry: count });
      },
      limits: () => inner.limits(),
    },
  };
}
