import assert from "node:assert/strict";
import { test } from "node:test";
import type { BucketPolicy } from "../bucket.ts";
import { LimitExceeded, type Limiter } from "../limiter.ts";
import type { PortalTime, Priority } from "../types.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** The portal's own bucket: counts each request, refuses what overflows. */
export function createPortalBucket({ capacity, drain }: BucketPolicy, clock: { now(): number }) {
  let level = 0;
  let at = clock.now();
  const counts = { served: 0, refused: 0 };
  return {
    counts,
    knock(): boolean {
      level = Math.max(0, level - ((clock.now() - at) / 1000) * drain) + 1;
      at = clock.now();
      const refused = level > capacity;
      counts[refused ? "refused" : "served"] += 1;
      return !refused;
    },
  };
}

export const portalTime = (fields: Partial<PortalTime>): PortalTime => ({
  start: 0,
  finish: 0,
  duration: 0,
  processing: 0,
  dateStart: "",
  dateFinish: "",
  ...fields,
});

const STANDARD = { capacity: 50, drain: 2 };
const deals = { method: "crm.deal.list", commands: { "crm.deal.list": 1 } };

/** What every limiter must keep, whatever it keeps it in. `make` gives a fresh portal's limiter. */
export function testLimiter(name: string, make: (clock: VirtualClock) => Promise<Limiter> | Limiter): void {
  const open = async () => {
    const clock = createVirtualClock();
    return { clock, limiter: await make(clock) };
  };
  const acquire = (limiter: Limiter, priority: Priority = "background", more: object = {}) =>
    limiter.acquire({ ...deals, priority, ...more });

  test(`${name}: a burst of 300 requests meets no refusal and runs at the portal's pace`, async () => {
    const { clock, limiter } = await open();
    const portal = createPortalBucket(STANDARD, clock);
    const began = clock.now();
    await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        await acquire(limiter, index % 10 === 0 ? "interactive" : "background");
        portal.knock();
        await limiter.report({ ...deals, time: portalTime({ duration: 0.1 }) });
      }),
    );
    assert.deepEqual(portal.counts, { served: 300, refused: 0 });
    const seconds = (clock.now() - began) / 1000;
    assert.ok(seconds >= 125 && seconds < 140, `${seconds} s`);
  });

  test(`${name}: interactive calls pass while background ones wait`, async () => {
    const { clock, limiter } = await open();
    const background = Promise.all(Array.from({ length: 60 }, () => acquire(limiter)));
    await limiter.state();
    await acquire(limiter, "background", { maxWaitMs: Number.POSITIVE_INFINITY });
    const began = clock.now();
    await acquire(limiter, "interactive");
    assert.ok(clock.now() - began <= 500, `${clock.now() - began} ms`);
    await background;
  });

  test(`${name}: nobody waits without a word, nor longer than allowed`, async () => {
    const { limiter } = await open();
    const told: [string, number][] = [];
    for (let index = 0; index < 45; index += 1) await acquire(limiter);
    await acquire(limiter, "background", {
      onWait: (reason: string, until: number) => told.push([reason, until]),
    });
    assert.equal(told[0]?.[0], "portal_rate_limited");
    await Promise.all(Array.from({ length: 4 }, () => acquire(limiter)));
    await limiter.refused({ method: "crm.deal.list", code: "portal_rate_limited" });
    await assert.rejects(acquire(limiter, "background", { maxWaitMs: 1_000 }), LimitExceeded);
  });

  test(`${name}: a wait ends with the caller's abort, and the line goes on`, async () => {
    const { limiter } = await open();
    for (let index = 0; index < 45; index += 1) await acquire(limiter);
    const stop = new AbortController();
    const onWait = () => stop.abort(new Error("gone"));
    const waits = [
      acquire(limiter, "background", { signal: stop.signal, onWait }),
      acquire(limiter),
      acquire(limiter),
    ];
    await assert.rejects(waits[0] as Promise<void>, /gone/);
    await Promise.all(waits.slice(1));
  });

  test(`${name}: a hidden second client costs few refusals`, async () => {
    const { clock, limiter } = await open();
    const portal = createPortalBucket(STANDARD, clock);
    const mine = { sent: 0, refused: 0 };
    let busy = true;
    const hidden = (async () => {
      while (busy) {
        portal.knock();
        await clock.sleep(1_000);
      }
    })();
    while (mine.sent < 600) {
      await acquire(limiter);
      mine.sent += 1;
      if (!portal.knock()) {
        mine.refused += 1;
        await limiter.refused({ method: "crm.deal.list", code: "portal_rate_limited" });
      }
      await limiter.report(deals);
    }
    busy = false;
    await hidden;
    assert.ok(mine.refused <= 6, `${mine.refused} of ${mine.sent} refused`);
  });

  test(`${name}: operating time is kept under nine tenths, and a full method does not hold others`, async () => {
    const { clock, limiter } = await open();
    const resetAt = clock.now() / 1000 + 300;
    const time = portalTime({
      duration: 5,
      finish: clock.now() / 1000,
      operating: 440,
      operatingResetAt: resetAt,
    });
    await acquire(limiter);
    await limiter.report({ ...deals, time });
    await limiter.acquire({
      method: "crm.lead.list",
      commands: { "crm.lead.list": 1 },
      priority: "background",
    });
    const reasons: string[] = [];
    await acquire(limiter, "background", { onWait: (reason: string) => reasons.push(reason) });
    assert.deepEqual(reasons, ["portal_operating_limit"]);
    assert.ok(clock.now() / 1000 >= resetAt);
  });

  test(`${name}: a call that may take more than the next minute frees waits for the one after it`, async () => {
    const { clock, limiter } = await open();
    const finish = clock.now() / 1000;
    const resetAt = finish + 300;
    const time = portalTime({ duration: 5, finish, operating: 470, operatingResetAt: resetAt });
    await acquire(limiter);
    await limiter.report({ ...deals, time });
    const batch = { method: "batch", commands: { "crm.deal.list": 8 } };
    await limiter.acquire({ ...batch, priority: "background" });
    assert.ok(clock.now() / 1000 >= resetAt + 61 && clock.now() / 1000 < resetAt + 63);
  });

  test(`${name}: calls under way count before they are over`, async () => {
    const { clock, limiter } = await open();
    const commands = { "crm.deal.list": 50 };
    const batch = { method: "batch", commands };
    const finish = clock.now() / 1000;
    const inner = portalTime({ duration: 1, finish, operating: 340, operatingResetAt: finish + 600 });
    await limiter.acquire({ ...batch, priority: "background" });
    await limiter.report({
      ...batch,
      time: portalTime({ duration: 50, finish }),
      results: Array.from({ length: 50 }, () => ({ method: "crm.deal.list", time: inner })),
    });
    await limiter.acquire({ ...batch, priority: "background" });
    const waits: string[] = [];
    const second = limiter.acquire({
      ...batch,
      priority: "background",
      onWait: (reason) => waits.push(reason),
    });
    while (waits.length === 0) await new Promise(setImmediate);
    assert.equal(waits[0], "portal_operating_limit");
    await limiter.report({ ...batch, time: portalTime({ duration: 1, finish: finish + 5 }), results: [] });
    await second;
  });

  test(`${name}: a blocked method waits for its reset, or a minute when none is known`, async () => {
    const { clock, limiter } = await open();
    const began = clock.now();
    await limiter.refused({ method: "crm.deal.list", code: "portal_operating_limit" });
    assert.ok((await limiter.state()).methods["crm.deal.list"]?.parkedUntil);
    await acquire(limiter);
    assert.ok(clock.now() - began >= 60_000 && clock.now() - began < 63_000);
    await limiter.refused({
      method: "CRM.Deal.List",
      code: "portal_operating_limit",
      resetAt: clock.now() + 200_000,
    });
    const parked = clock.now();
    await acquire(limiter);
    assert.ok(clock.now() - parked >= 200_000);
  });

  test(`${name}: learns where the portal books batches`, async () => {
    const commands = { "crm.deal.list": 2 };
    const learn = async (outer: Partial<PortalTime>, inner: Partial<PortalTime>[]) => {
      const { limiter } = await open();
      await limiter.acquire({ method: "batch", commands, priority: "background" });
      await limiter.report({
        method: "batch",
        commands,
        time: portalTime({ duration: 1, ...outer }),
        results: inner.map((time) => ({
          method: "crm.deal.list",
          time: portalTime({ duration: 0.5, ...time }),
        })),
      });
      return limiter.state();
    };
    assert.equal((await learn({}, [{}, {}])).mode, "none");
    const inner = await learn({ operating: 0 }, [{ operating: 7 }, { operating: 8 }]);
    assert.equal(inner.mode, "inner");
    assert.equal(inner.methods["crm.deal.list"]?.operating, 8);
    const outer = await learn({ operating: 9 }, [{ operating: 9 }, { operating: 9 }]);
    assert.equal(outer.mode, "batch");
    assert.equal(outer.methods.batch?.operating, 9);
    assert.equal(outer.methods["crm.deal.list"]?.operating, 0);
  });
}
