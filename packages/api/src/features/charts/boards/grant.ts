import { ChartCapability, ChartFilters } from "@b24kit/client/contract";
import { z } from "zod";
import type { Caller } from "../../../platform/auth/caller.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { Audience } from "../ask/audience.ts";
import { isEmpty } from "../ask/locked-filters.ts";
import type { ChartPortal } from "../deps.ts";

/** What a token for strangers is for. It travels inside the signed token. */
export const ChartGrant = z.object({
  content: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("chart"), id: z.uuid() }),
    z.object({ kind: z.literal("dashboard"), id: z.uuid() }),
    z.object({ kind: z.literal("ask"), entities: z.array(z.string()) }),
  ]),
  can: z.array(ChartCapability),
  filters: ChartFilters.nullable(),
  origins: z.array(z.string()),
  /** The link that it came from: once that is revoked, the token is nothing. */
  link: z.uuid().nullable(),
  /** The embedding that it is of, in the same way. */
  embed: z.uuid().nullable(),
});
export type ChartGrant = z.output<typeof ChartGrant>;

/** The grant of a caller who holds one; null for whoever may read the portal's data anyway. */
export function grantOf(caller: Caller): ChartGrant | null {
  if (caller.rights.has("data:read") || caller.rights.has("admin")) return null;
  const grant = ChartGrant.safeParse(caller.grant);
  if (!grant.success) throw new AppError("forbidden", "This token is not for charts.");
  return grant.data;
}

export function toAudience(who: string, portal: ChartPortal, grant: ChartGrant | null): Audience {
  if (grant === null)
    return { who, portal, pii: true, filtered: false, lock: null, entities: null, can: null };
  const { content, filters, can } = grant;
  const locked = filters !== null && !isEmpty(filters);
  return {
    ...{ who, portal, pii: false, lock: locked ? filters : null, can: new Set(can) },
    // Generated SQL cannot keep a lock, and strangers have no need of it.
    filtered: locked || content.kind === "ask",
    entities: content.kind === "ask" ? content.entities : null,
  };
}

/** @throws AppError origin_not_allowed */
export function requireOrigin({ origins }: ChartGrant, origin: string | undefined): void {
  if (origins.length === 0 || (origin !== undefined && origins.some((one) => new URL(one).origin === origin)))
    return;
  throw new AppError("origin_not_allowed", "This token is for other pages.");
}

/** @throws AppError forbidden, where the grant is for something else */
export function requireContent(
  grant: ChartGrant | null,
  kind: "chart" | "dashboard",
  id: string,
  on: readonly string[] = [],
): void {
  if (grant === null) return;
  const { content } = grant;
  if (content.kind === kind && content.id === id) return;
  if (kind === "chart" && content.kind === "dashboard" && on.includes(id)) return;
  throw new AppError("forbidden", `This token is not for this ${kind}.`);
}
