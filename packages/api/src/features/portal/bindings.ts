import { z } from "zod";
import type { Command, PortalClient } from "../../platform/bitrix/types.ts";
import { BUTTON_PATH, BUTTON_WORDS, EVENT_PATH, eventsOf, PLACEMENTS } from "./places.ts";

/** One thing that the portal calls us for: a button by its place, or an event. */
export interface Binding {
  readonly kind: "placement" | "event";
  /** `CRM_DEAL_LIST_TOOLBAR`, `ONCRMDEALADD` */
  readonly code: string;
  readonly handler: string;
}

/** What was there, what was made and what was taken away. */
export interface Alignment {
  readonly bound: readonly Binding[];
  readonly made: readonly Binding[];
  readonly removed: readonly Binding[];
}

const Placements = z.array(z.object({ placement: z.string(), handler: z.string() }));
const Events = z.array(z.object({ event: z.string(), handler: z.string().optional() }));

const options = { priority: "interactive", idempotent: true } as const;

/** What the portal's administrator lets us use now: another version of the application may have other scopes. */
export async function readScopes(client: PortalClient): Promise<string[]> {
  const { result } = await client.call<unknown>("scope", {}, options);
  return Array.isArray(result) ? result.filter((scope): scope is string => typeof scope === "string") : [];
}

/** What our application has bound on the portal. @throws PortalError portal_access_denied for a webhook */
export async function listBindings(client: PortalClient, { buttons = true } = {}): Promise<Binding[]> {
  const events = Events.parse((await client.call("event.get", {}, options)).result ?? []);
  const placements = buttons
    ? Placements.parse((await client.call("placement.get", {}, options)).result ?? [])
    : [];
  return [
    ...placements.map(({ placement, handler }) => ({ kind: "placement" as const, code: placement, handler })),
    ...events.flatMap(({ event, handler }) =>
      // Those without an address fill the queue of offline events.
      handler ? [{ kind: "event" as const, code: event.toUpperCase(), handler }] : [],
    ),
  ];
}

/** What an application with some scopes binds at this address. `buttons` is false for those without a face. */
export function wantedBindings(
  baseUrl: string,
  { scopes, buttons }: { readonly scopes: readonly string[]; readonly buttons: boolean },
): Binding[] {
  const at = (kind: Binding["kind"], path: string) => (code: string) => ({
    kind,
    code,
    handler: baseUrl + path,
  });
  return [
    ...(buttons ? PLACEMENTS.map(at("placement", BUTTON_PATH)) : []),
    ...eventsOf(scopes).map(at("event", EVENT_PATH)),
  ];
}

/**
 * Makes what is missing, and takes away what an earlier address of ours has left. May be repeated at any time.
 * @throws PortalError the first refusal; what was made until then is taken away again
 */
export async function alignBindings(client: PortalClient, wanted: readonly Binding[]): Promise<Alignment> {
  const buttons = wanted.some(({ kind }) => kind === "placement");
  const bound = await listBindings(client, { buttons });
  const missing = wanted.filter((binding) => !bound.some((other) => isSame(binding, other)));
  const paths = new Set(wanted.map(({ handler }) => new URL(handler).pathname));
  const stale = bound.filter(
    (binding) => paths.has(pathOf(binding.handler)) && !wanted.some((other) => isSame(binding, other)),
  );
  await send(client, missing, "bind");
  await send(client, stale, "unbind").catch(() => {});
  return { bound, made: missing, removed: stale };
}

/** Takes bindings away; what is not there is no error. */
export async function removeBindings(client: PortalClient, bindings: readonly Binding[]): Promise<void> {
  await send(client, bindings, "unbind");
}

async function send(
  client: PortalClient,
  bindings: readonly Binding[],
  what: "bind" | "unbind",
): Promise<void> {
  if (bindings.length === 0) return;
  const commands = Object.fromEntries(bindings.map((binding, n) => [`c${n}`, toCommand(binding, what)]));
  const outcomes = await client.batch(commands, options);
  const failed = Object.values(outcomes).find(
    (outcome) => !outcome.ok && !outcome.skipped && !isThere(outcome),
  );
  if (!failed || failed.ok) return;
  if (what === "bind") {
    const made = bindings.filter((_, n) => outcomes[`c${n}`]?.ok);
    await send(client, made, "unbind").catch(() => {});
  }
  throw failed.error;
}

/** Made by a repetition of the same request, or by another process at the same moment. */
function isThere(outcome: { ok: boolean; error?: { detail: string } }): boolean {
  return !outcome.ok && /already bind/i.test(outcome.error?.detail ?? "");
}

function toCommand({ kind, code, handler }: Binding, what: "bind" | "unbind"): Command {
  if (kind === "event") return { method: `event.${what}`, params: { event: code, handler } };
  const place = { PLACEMENT: code, HANDLER: handler };
  if (what === "unbind") return { method: "placement.unbind", params: place };
  const { TITLE, DESCRIPTION } = BUTTON_WORDS.en;
  return { method: "placement.bind", params: { ...place, TITLE, DESCRIPTION, LANG_ALL: BUTTON_WORDS } };
}

const isSame = (a: Binding, b: Binding) => a.kind === b.kind && a.code === b.code && a.handler === b.handler;

function pathOf(handler: string): string {
  return URL.canParse(handler) ? new URL(handler).pathname : "";
}
