import { Webhook } from "standardwebhooks";
import { toFailure } from "../../platform/http/app-error.ts";
import { type SubscriptionDeps, secretRow } from "./deps.ts";
import { judge, type Outcome } from "./outcome.ts";
import { GIVE_UP, pauseAfter } from "./schedule.ts";
import { noteArrival, noteFailure } from "./store/endpoints.ts";
import { type Claimed, recordAttempt } from "./store/messages.ts";

/**
 * Makes one attempt at a claimed message and records what it came to. Killed in between, the message is sent again under
 * its id: at least once, never lost. `once`: nothing comes after this attempt.
 */
export async function deliverMessage(
  deps: SubscriptionDeps,
  message: Claimed,
  { once = false } = {},
): Promise<void> {
  const began = deps.now();
  const outcome = await attempt(deps, message);
  const pause = outcome.delivered || once ? null : pauseAfter(message.attempts, outcome.wish, deps.random());
  await deps.db.transaction(async (tx) => {
    const recorded = await recordAttempt(tx, message, {
      state: outcome.delivered ? "delivered" : pause === null ? "failed" : "pending",
      pauseSeconds: pause,
      status: outcome.status,
      error: outcome.error,
      milliseconds: deps.now() - began,
    });
    if (!recorded) return;
    if (outcome.delivered) await noteArrival(tx, message.endpointId);
    else if (!once) await noteFailure(tx, message.endpointId, { gone: outcome.gone, giveUp: GIVE_UP });
  });
  const { id, endpointId, attempts } = message;
  const line = { message: id, endpoint: endpointId, attempts, status: outcome.status };
  if (!outcome.delivered) deps.log.warn({ ...line, code: outcome.error?.code }, "a message did not arrive");
}

async function attempt(deps: SubscriptionDeps, message: Claimed): Promise<Outcome> {
  try {
    const headers = sign(deps, message);
    return judge(await deps.outside.post(message.url, headers, message.body));
  } catch (error) {
    const { code, detail } = toFailure(error);
    return { delivered: false, status: null, error: { code, detail }, wish: null, gone: false };
  }
}

/** Signed anew at each attempt: receivers refuse old timestamps. */
function sign(deps: SubscriptionDeps, { id, endpointId, secret, body }: Claimed): Record<string, string> {
  const at = new Date(Math.floor(deps.now() / 1000) * 1000);
  const key = deps.secrets.open(secret, secretRow(endpointId));
  return {
    "content-type": "application/json",
    "user-agent": "b24kit-webhooks/1",
    "webhook-id": id,
    "webhook-timestamp": String(at.getTime() / 1000),
    "webhook-signature": new Webhook(key).sign(id, at, body),
  };
}
