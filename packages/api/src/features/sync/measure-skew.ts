import type { Clock } from "../../platform/bitrix/clock.ts";
import type { CallOptions, PortalClient } from "../../platform/bitrix/types.ts";
import { toMilliseconds } from "./calendar.ts";

/**
 * Milliseconds to add to our clock to get the portal's. Taken when the answer is in, so that it is rather too small:
 * a reading must not seem later than it was.
 */
export async function measureSkew(client: PortalClient, clock: Clock, options: CallOptions): Promise<number> {
  const { result, time } = await client.call<unknown>("server.time", {}, options);
  const portalTime = time === null ? toMilliseconds(String(result)) : time.finish * 1000;
  return portalTime === null ? 0 : portalTime - clock.now();
}
