import type { Frame } from "../../apps/frames.ts";
import type { Portal } from "../../portal.ts";
import type { Caller } from "../../rest/method.ts";
import { Params } from "../../rest/params.ts";

/** Settings that an application keeps in the portal: for all (`app`) or for one person (`user`). */
export type OptionKind = "app" | "user";

export function readOptions(portal: Portal, frame: Frame, kind: OptionKind): unknown {
  return callAs(portal, frame, `${kind}.option.get`, {}) ?? [];
}

/** Keeps one setting and answers with all of them. */
export function writeOption(
  portal: Portal,
  frame: Frame,
  kind: OptionKind,
  name: string,
  value: unknown,
): unknown {
  callAs(portal, frame, `${kind}.option.set`, { options: { [name]: value } });
  return readOptions(portal, frame, kind);
}

function callAs(portal: Portal, frame: Frame, name: string, params: Record<string, unknown>): unknown {
  const method = portal.methods.get(name);
  const application = portal.applications.get(frame.clientId);
  if (!method || !application) return null;
  const caller: Caller = {
    credential: `application ${frame.clientId}`,
    userId: frame.userId,
    scopes: new Set(application.scopes),
    clientId: frame.clientId,
  };
  return method.run({ portal, caller, params: new Params(params), start: 0 }).result;
}
