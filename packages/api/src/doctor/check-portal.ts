import { toFailure } from "../platform/http/app-error.ts";
import type { CountedClient } from "./count-requests.ts";
import type { Finding } from "./finding.ts";

/** Without these nothing is mirrored; without the others a part is. Any of a group will do. */
const NEEDED = [["crm"]];
const WISHED = [["user", "user_basic", "user_brief"], ["department"], ["task"], ["telephony"], ["placement"]];

/** Beyond this share the sync would be slowed by what others ask. */
const BUSY = 0.5;

type Add = (state: Finding["state"], code: Finding["code"], values?: Finding["values"]) => void;
type Client = CountedClient["client"];

/** Credential, scopes, limits and event bindings. Answers whether the portal can be measured. */
export async function checkPortal(client: Client, add: Add): Promise<boolean> {
  if (!(await checkCredential(client, add))) return false;
  const measurable = await checkScopes(client, add);
  await checkLimits(client, add);
  await checkBindings(client, add);
  return measurable;
}

async function checkCredential(client: Client, add: Add): Promise<boolean> {
  try {
    const { result } = await client.call<{ ADMIN?: boolean; NAME?: string; LAST_NAME?: string }>("profile");
    const name = [result.NAME, result.LAST_NAME].filter(Boolean).join(" ");
    add("ok", "portal_answers", { name });
    if (!result.ADMIN) add("warning", "portal_no_admin", { name });
    return true;
  } catch (error) {
    const { code, detail } = toFailure(error);
    add("failed", "portal_fails", { error: code, detail });
    return false;
  }
}

async function checkScopes(client: Client, add: Add): Promise<boolean> {
  const { result } = await client.call<string[]>("scope");
  const has = new Set(result.map(String));
  const missing = (groups: string[][]) => groups.filter((group) => !group.some((scope) => has.has(scope)));
  const needed = missing(NEEDED);
  const wished = missing(WISHED);
  for (const [scope = ""] of needed) add("failed", "scope_needed", { scope });
  for (const [scope = ""] of wished) add("note", "scope_missing", { scope });
  if (needed.length === 0) add("ok", "scopes_there", { scopes: [...has].sort().join(", ") });
  return needed.length === 0;
}

async function checkLimits(client: Client, add: Add): Promise<void> {
  const { level, capacity, methods } = await client.limits();
  const used = Math.round(level);
  const parked = Object.entries(methods).filter(([, { parkedUntil }]) => parkedUntil !== null);
  const busy = level > capacity * BUSY || parked.length > 0;
  const values = { used, most: capacity, parked: parked.map(([method]) => method).join(", ") };
  add(busy ? "warning" : "ok", busy ? "limits_used" : "limits_free", values);
}

async function checkBindings(client: Client, add: Add): Promise<void> {
  try {
    const { result } = await client.call<{ event: string }[]>("event.get");
    const events = result.filter(({ event }) => /^ONCRM/i.test(event)).length;
    add(events > 0 ? "ok" : "warning", events > 0 ? "bindings_there" : "bindings_missing", { count: events });
  } catch {
    // Only an application may bind events: a webhook's portal sends them by an outgoing webhook.
    add("note", "bindings_webhook");
  }
}
