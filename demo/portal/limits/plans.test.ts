import assert from "node:assert/strict";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { startPortal } from "../start-portal.ts";
import { openTestPortal } from "../testing.ts";
import { PLANS, type Plan } from "./settings.ts";

const FEW = { deals: 5, contacts: 5, companies: 5, leads: 5, users: 3 };
const MINUTE = 60_000;

for (const [plan, { burst, drainPerSecond }] of Object.entries(PLANS)) {
  test(`the ${plan} plan takes ${burst} at once and ${drainPerSecond} a second, by itself or by control`, async () => {
    const started = openTestPortal({ plan: plan as Plan });
    const switched = openTestPortal();
    switched.control.limits({ plan: plan as Plan });
    for (const { call, control } of [started, switched]) {
      control.limits({ rate: { enabled: true } });
      const passed = async (count: number) => {
        let through = 0;
        for (let i = 0; i < count; i++) if ((await call("server.time")).status === 200) through++;
        return through;
      };
      assert.equal(await passed(burst + 5), burst);
      control.clock({ advance: 1_000 });
      assert.equal(await passed(drainPerSecond + 5), drainPerSecond);
      control.clock({ advance: (burst / drainPerSecond) * 1_000 });
      assert.equal(await passed(burst + 1), burst);
    }
    assert.deepEqual(started.control.limits(), switched.control.limits());
    started.control.reset();
    assert.equal(started.portal.limits.rate.burst, burst, "a reset keeps the plan it was started on");
  });
}

test("what is named beside a plan goes over it; no other plan is known", () => {
  const { control } = openTestPortal();
  const { rate } = control.limits({ plan: "enterprise", rate: { burst: 7 } });
  assert.deepEqual([rate.burst, rate.drainPerSecond], [7, 5]);
  assert.throws(() => control.limits({ plan: "free" as Plan }), /plan/);
});

test("each source address has a bucket of its own", async (t) => {
  const loopback = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.address === "127.0.0.1");
  // Only some systems answer on all of 127.0.0.0/8.
  if (process.platform !== "linux" || !loopback) return t.skip("one loopback address only");
  const portal = await startPortal({ counts: FEW });
  portal.control.limits({ rate: { burst: 3, drainPerSecond: 0.001 } });
  const passed = async (localAddress: string) => {
    const asked = Array.from({ length: 5 }, () => statusFrom(`${portal.webhookUrl}profile`, localAddress));
    return (await Promise.all(asked)).filter((status) => status === 200).length;
  };
  assert.equal(await passed("127.0.0.1"), 3);
  assert.equal(await passed("127.0.0.2"), 3);
  assert.equal(await passed("127.0.0.1"), 0);
  assert.equal(portal.control.stats().refusedByRate, 2 + 2 + 5);
  await portal.close();
});

test("in real time the bucket leaks by itself", async () => {
  const portal = await startPortal({ counts: FEW });
  portal.control.limits({ rate: { burst: 1, drainPerSecond: 1 } });
  const status = async () => (await fetch(`${portal.webhookUrl}profile`)).status;
  const startedAt = performance.now();
  assert.deepEqual([await status(), await status()], [200, 503]);
  while ((await status()) !== 200) assert.ok(performance.now() - startedAt < 60_000);
  assert.ok(performance.now() - startedAt >= 999);
  await portal.close();
});

interface Cost {
  title: string;
  method: string;
  params: Record<string, unknown>;
  /** Rows that are counted, sorted or skipped, of 120 deals. */
  rows: number;
}

const byId = { order: { ID: "ASC" } };
const items = { entityTypeId: 2, order: { id: "ASC" } };
const costs: Cost[] = [
  { title: "a page that counts", method: "crm.deal.list", params: byId, rows: 120 },
  { title: "a page that does not", method: "crm.deal.list", params: { ...byId, start: -1 }, rows: 0 },
  {
    title: "a keyset page",
    method: "crm.deal.list",
    params: { ...byId, start: -1, filter: { ">ID": 60 } },
    rows: 0,
  },
  {
    title: "a count of what a filter leaves",
    method: "crm.deal.list",
    params: { ...byId, filter: { ">ID": 100 } },
    rows: 20,
  },
  {
    title: "a page behind an offset",
    method: "crm.deal.list",
    params: { ...byId, start: 100 },
    rows: 120 + 100,
  },
  {
    title: "a sort without a count",
    method: "crm.deal.list",
    params: { order: { TITLE: "ASC" }, start: -1 },
    rows: 120,
  },
  {
    title: "a sort with a count",
    method: "crm.deal.list",
    params: { order: { TITLE: "ASC" } },
    rows: 240,
  },
  { title: "an item page that counts", method: "crm.item.list", params: items, rows: 120 },
  { title: "an item page that does not", method: "crm.item.list", params: { ...items, start: -1 }, rows: 0 },
  {
    title: "an item page behind a true offset",
    method: "crm.item.list",
    params: { ...items, start: 30 },
    rows: 150,
  },
];

for (const { title, method, params, rows } of costs) {
  test(`${title} costs ${rows} rows beside the page`, async () => {
    const { call, control } = openTestPortal();
    control.limits({ cost: { pageSeconds: 1, rowSeconds: 0.01 } });
    const { time } = (await call(method, params)).body;
    assert.equal(time.processing, Math.round((1 + rows * 0.01) * 1e6) / 1e6);
    assert.equal(time.operating, time.processing);
  });
}

test("counting costs more in a larger table, a keyset page does not", async () => {
  const seconds = async (deals: number, start: number) => {
    const { call } = openTestPortal({ counts: { ...FEW, deals } });
    return (await call("crm.deal.list", { ...byId, start })).body.time.processing as number;
  };
  assert.ok((await seconds(20_000, 0)) > 10 * (await seconds(200, 0)));
  assert.equal(await seconds(20_000, -1), await seconds(200, -1));
});

interface Billing {
  billing: "inner" | "batch";
  /** What the second of two equal batches gets: how many pages, and under which status. */
  second: { status: number; pages?: number };
  /** What a list of its own gets after both. */
  alone: number;
  /** What another method's batch gets. */
  other: number;
}

const billings: Billing[] = [
  { billing: "inner", second: { status: 200, pages: 0 }, alone: 429, other: 200 },
  { billing: "batch", second: { status: 429 }, alone: 200, other: 429 },
];

for (const { billing, second, alone, other } of billings) {
  test(`billed to ${billing}, the limit strikes there until its minute has left the window`, async () => {
    const { call, control } = openTestPortal();
    control.limits({ cost: { pageSeconds: 10 }, operating: { billing, limitSeconds: 25 } });
    const cmd = Object.fromEntries(["a", "b", "c"].map((key) => [key, "crm.deal.list?start=-1"]));
    const batch = (given: Record<string, string>) => call("batch", { cmd: given });
    const pages = (body: { result?: { result: object } }) => Object.keys(body.result?.result ?? {}).length;
    const first = await batch(cmd);
    assert.equal(pages(first.body), 3);
    const again = await batch(cmd);
    assert.equal(again.status, second.status);
    if (second.pages !== undefined) assert.equal(pages(again.body), second.pages);
    assert.equal((await call("crm.deal.list")).status, alone);
    assert.equal((await batch({ a: "profile" })).status, other);
    control.clock({ advance: 10 * MINUTE });
    assert.equal(pages((await batch(cmd)).body), 3);
  });
}

const caps = [
  { pages: 3, seconds: 20, status: 200 },
  { pages: 4, seconds: 20, status: 504 },
  { pages: 1, seconds: 60, status: 200 },
  { pages: 1, seconds: 60.1, status: 504 },
];

for (const { pages, seconds, status } of caps) {
  test(`${pages} pages of ${seconds} s in one request answer ${status}`, async () => {
    const { call, control } = openTestPortal();
    control.limits({ cost: { pageSeconds: seconds }, operating: { enabled: false } });
    const cmd = Array.from({ length: pages }, () => "crm.deal.list?start=-1");
    const reply = await (pages === 1 ? call("crm.deal.list", { start: -1 }) : call("batch", { cmd }));
    assert.equal(reply.status, status);
    assert.equal(control.stats().timedOut, status === 504 ? 1 : 0);
  });
}

test("in real time a request that works too long is cut off when its time is up", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { callSeconds: 0.05, real: true, requestSeconds: 0.12 } });
  const startedAt = performance.now();
  const { status } = await call("batch", { cmd: ["profile", "profile", "profile", "profile", "profile"] });
  const took = performance.now() - startedAt;
  assert.equal(status, 504);
  assert.ok(took >= 119, `${took} ms`);
});

test("with the operating limit off nothing is said of it and nothing is parked", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 50 }, operating: { enabled: false, limitSeconds: 1 } });
  for (let i = 0; i < 3; i++) {
    const { status, body } = await call("crm.deal.list");
    assert.deepEqual(
      [status, "operating" in body.time, "operating_reset_at" in body.time],
      [200, false, false],
    );
  }
});

function statusFrom(url: string, localAddress: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { localAddress }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("error", reject).end();
  });
}
