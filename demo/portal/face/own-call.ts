import type { Portal } from "../portal.ts";
import type { Answer, Caller } from "../rest/method.ts";
import { Params } from "../rest/params.ts";
import { ALL_SCOPES } from "../scopes.ts";

/** Runs a method in the name of the person at the browser: pages write through the same doors as programs do. */
export function ownCall(
  portal: Portal,
  userId: number,
  name: string,
  params: Record<string, unknown>,
): Answer | null {
  const method = portal.methods.get(name.toLowerCase());
  if (!method) return null;
  const caller: Caller = { credential: `person ${userId}`, userId, scopes: new Set(ALL_SCOPES) };
  return method.run({ portal, caller, params: new Params(params), start: 0 });
}
