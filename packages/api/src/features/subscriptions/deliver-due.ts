import { deliverMessage } from "./deliver-message.ts";
import type { SubscriptionDeps } from "./deps.ts";
import { claimDue, trimMessages } from "./store/messages.ts";

/** Attempts of one process at the same time. */
const AT_ONCE = 10;
const KEEP_DAYS = 30;

/** Sends all that is due; stops between two rounds when told to. */
export async function deliverDue(deps: SubscriptionDeps, signal: AbortSignal): Promise<void> {
  await trimMessages(deps.db.pool, KEEP_DAYS);
  while (!signal.aborted) {
    const claimed = await claimDue(deps.db.pool, AT_ONCE, deps.leaseSeconds);
    await Promise.all(claimed.map((message) => deliverMessage(deps, message)));
    if (claimed.length < AT_ONCE) return;
  }
}
