import type { PortalLimits } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";

/** Methods below this many seconds in ten minutes are not worth a word. */
const WORTH_SAYING = 0.05;

/** What of the portal's limits is used up, by our own books. */
export async function getLimits(
  { portals }: Pick<SyncDeps, "portals">,
  portalId: number,
): Promise<PortalLimits> {
  const client = await portals.client(portalId);
  const { level, rate, capacity, budget, mode, methods } = await client.limits();
  const operating = Object.entries(methods).map(([method, { operating: seconds, parkedUntil }]) => ({
    ...{ method, seconds, budget },
    parkedUntil: parkedUntil === null ? null : new Date(parkedUntil).toISOString(),
  }));
  return {
    requests: { used: level, most: capacity, perSecond: rate },
    billing: mode,
    operating: operating
      .filter(({ seconds, parkedUntil }) => seconds >= WORTH_SAYING || parkedUntil !== null)
      .sort((one, other) => other.seconds - one.seconds),
  };
}
