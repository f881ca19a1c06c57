import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RequestBucket } from "../../../../../demo/portal/limits/bucket.ts";
import { OperatingLedger } from "../../../../../demo/portal/limits/operating.ts";
import { STANDARD_PLAN } from "./bucket.ts";
import { createMemoryLimiter } from "./memory-limiter.ts";
import { portalTime } from "./test/limiter-suite.ts";
import { createVirtualClock } from "./test/virtual-clock.ts";

const LIMIT_SECONDS = 480;

/**
 * Who calls: when it begins, how many requests one after the other, what each of them costs the portal. What a method
 * costs is predicted from its first answer on: until then thirty of these callers together stay below its limit.
 */
const caller = fc.record({
  begins: fc.nat(60_000),
  requests: fc.integer({ min: 1, max: 25 }),
  commands: fc.integer({ min: 1, max: 50 }),
  seconds: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  interactive: fc.boolean(),
  method: fc.constantFrom("crm.deal.list", "crm.contact.list"),
  /** Requests do not arrive in the order in which they left. */
  transit: fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }),
});

test("no mix of bulk and interactive callers meets a refusal", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(caller, { minLength: 1, maxLength: 30 }), async (callers) => {
      const clock = createVirtualClock();
      const limiter = createMemoryLimiter({ clock });
      const portal = {
        requests: new RequestBucket(clock as never),
        operating: new OperatingLedger(clock as never),
      };
      const refused = { requests: 0, operating: 0 };
      await Promise.all(
        callers.map(async ({ begins, requests, commands, seconds, interactive, method, transit }) => {
          await clock.sleep(begins);
          for (let at = 0; at < requests; at++) {
            const request = { method: "batch", commands: { [method]: commands } };
            await limiter.acquire({ ...request, priority: interactive ? "interactive" : "background" });
            await clock.sleep(transit[at % transit.length]!);
            if (!portal.requests.take("we", STANDARD_PLAN.capacity, STANDARD_PLAN.drain)) refused.requests++;
            const results = [];
            for (let command = 0; command < commands; command++) {
              if (portal.operating.spent("we", method) >= LIMIT_SECONDS) refused.operating++;
              await clock.sleep(seconds * 1_000);
              portal.operating.charge("we", method, seconds);
              results.push({
                method,
                time: portalTime({
                  duration: seconds,
                  finish: clock.now() / 1_000,
                  operating: portal.operating.spent("we", method),
                  operatingResetAt: portal.operating.resetAt("we", method),
                }),
              });
            }
            await limiter.report({
              ...request,
              time: portalTime({ finish: clock.now() / 1_000, operating: 0 }),
              results,
            });
          }
        }),
      );
      assert.deepEqual(refused, { requests: 0, operating: 0 });
    }),
    { numRuns: 30 },
  );
});
