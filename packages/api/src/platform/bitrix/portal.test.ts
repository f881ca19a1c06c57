import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, beforeEach, test } from "node:test";
import { startPortal } from "../../../../../demo/portal/index.ts";
import { reference } from "./batch.ts";
import { createPortalClient } from "./client.ts";
import { systemClock } from "./clock.ts";
import { PortalError } from "./errors.ts";
import { createMemoryLimiter } from "./memory-limiter.ts";
import { createVirtualClock } from "./test/virtual-clock.ts";
import type { ListOptions, PortalClient } from "./types.ts";

const clock = createVirtualClock();
const portal = await startPortal({
  clock,
  counts: { deals: 10_000, contacts: 300, companies: 100, leads: 100 },
});
after(() => portal.close());
beforeEach(() => void portal.control.reset());

// Waiting is virtual; only a portal that keeps silent is waited for in earnest.
const silence = { ...clock, now: clock.now, deadline: systemClock.deadline };

/** Where the portal is to keep silent: not waited for as long as on a busy machine. */
const SHORT = 3_000;

function open(url = portal.webhookUrl, timeoutMs = 60_000) {
  const limiter = createMemoryLimiter({ clock });
  const credential = { kind: "webhook", url } as const;
  const client = createPortalClient({ portalId: 1, credential, clock: silence, limiter, timeoutMs });
  return { client, limiter };
}

async function readIds(client: PortalClient, method: string, options: ListOptions = {}): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of client.list(method, options)) {
    for (const row of page.rows) ids.push(Number(row[options.idKey ?? "ID"]));
  }
  return ids;
}

const dealIds = (limit = 100_000) =>
  portal.control.records({ entity: "deal", limit }).map((row) => Number((row as Record<string, unknown>).ID));
const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof PortalError, String(error));
  assert.equal(error.code, expected);
  return true;
};

test("10,000 deals take at most 6 requests", async () => {
  const { client } = open();
  assert.deepEqual(
    await readIds(client, "crm.deal.list", { select: ["ID", "TITLE", "STAGE_ID", "UF_*"] }),
    dealIds(),
  );
  const { requests, refusedByRate, crashed } = portal.control.stats();
  assert.ok(requests <= 6, `${requests} requests`);
  assert.deepEqual([refusedByRate, crashed], [0, 0]);
});

test("partitions of known bounds need no request for their end", async () => {
  const { client } = open();
  const all = dealIds();
  await readIds(client, "crm.deal.list", { idTo: all[600] ?? 0 });
  const before = portal.control.stats().requests;
  const from = all[999] ?? 0;
  const ids = await readIds(client, "crm.deal.list", { idFrom: from, idTo: from + 2_450 });
  assert.deepEqual(
    ids,
    all.filter((id) => id > from && id <= from + 2_450),
  );
  assert.equal(portal.control.stats().requests - before, 1);
});

test("a burst of 300 requests meets no refusal", async () => {
  const { client } = open();
  await Promise.all(
    Array.from({ length: 300 }, () => client.call("profile", {}, { priority: "background" })),
  );
  const { requests, refusedByRate } = portal.control.stats();
  assert.deepEqual([requests, refusedByRate], [300, 0]);
});

for (const billing of ["inner", "batch"] as const) {
  test(`the operating limit is never met, billed to ${billing}`, async () => {
    portal.control.limits({ operating: { billing }, cost: { pageSeconds: 3 } });
    const { client, limiter } = open();
    const waits: string[] = [];
    const began = clock.now();
    const ids = await readIds(client, "crm.deal.list", { onWait: (reason) => waits.push(reason) });
    assert.equal(ids.length, 10_000);
    const { refusedByOperating, timedOut } = portal.control.stats();
    assert.deepEqual([refusedByOperating, timedOut], [0, 0]);
    assert.ok(waits.includes("portal_operating_limit"));
    assert.ok(clock.now() - began >= 600_000, "200 pages of 3 s do not fit one window");
    assert.equal((await limiter.state()).mode, billing);
  });
}

test("F4: a limit that is lower than we think stops the method once, not the list", async () => {
  portal.control.limits({ operating: { limitSeconds: 300 }, cost: { pageSeconds: 3 } });
  const { client } = open();
  assert.equal((await readIds(client, "crm.deal.list")).length, 10_000);
});

test("pages that take long narrow the requests", async () => {
  portal.control.limits({ cost: { pageSeconds: 2 }, operating: { enabled: false } });
  const { client } = open();
  assert.equal(
    (await readIds(client, "crm.deal.list", { idTo: 3_000 })).length,
    dealIds().filter((id) => id <= 3_000).length,
  );
  assert.equal(portal.control.stats().timedOut, 0);
});

for (const effect of ["drop", "reset", "html502", "503", "429", "wrongJson", "loseResponse"] as const) {
  test(`fault ${effect}: reads go on, nothing is lost`, async () => {
    portal.control.addFault({ match: "crm.deal.list", effect, after: 1, times: 2 });
    const { client } = open(portal.webhookUrl, SHORT);
    const ids: number[] = [];
    let requests = 0;
    for await (const page of client.list<{ ID: string }>("crm.deal.list")) {
      ids.push(...page.rows.map((row) => Number(row.ID)));
      requests += page.requests;
    }
    assert.deepEqual(ids, dealIds());
    const stats = portal.control.stats();
    assert.equal(stats.faultsMade, 2);
    assert.equal(requests, stats.requests, "failed requests are counted too");
  });
}

test("fault in a command: the pages before it are kept", async () => {
  portal.control.addFault({ match: "crm.deal.list", effect: "resultError", after: 28, times: 1 });
  const { client } = open();
  assert.deepEqual(await readIds(client, "crm.deal.list"), dealIds());
});

test("a write whose answer is lost is reported, and happened once", async () => {
  portal.control.addFault({ match: "crm.deal.add", effect: "loseResponse" });
  const { client } = open(portal.webhookUrl, SHORT);
  await assert.rejects(
    client.call("crm.deal.add", { fields: { TITLE: "only one" } }),
    code("write_outcome_unknown"),
  );
  assert.equal(dealIds().length, 10_001);
});

test("commands refer to each other", async () => {
  const { client } = open();
  const outcomes = await client.batch({
    first: { method: "crm.deal.list", params: { order: { ID: "ASC" }, select: ["ID"], start: -1 } },
    deal: { method: "crm.deal.get", params: { id: reference("first", 0, "ID") } },
    none: { method: "crm.deal.get", params: { id: 999_999_999 } },
  });
  assert.ok(outcomes.deal?.ok);
  assert.equal(Number((outcomes.deal.result as { ID: string }).ID), dealIds(1)[0]);
  assert.ok(outcomes.none?.ok === false && outcomes.none.error.code === "portal_error");
});

test("credentials: wrong, revoked, without scope", async () => {
  const wrong = portal.webhookUrl.replace(/[^/]+\/$/, "0000000000000000/");
  await assert.rejects(open(wrong).client.call("profile"), code("portal_credential_rejected"));
  const { path, code: secret } = portal.control.createWebhook({ scopes: ["user"] });
  const { client } = open(`${portal.url}${path}`);
  for (const insufficientScopeStatus of [401, 403] as const) {
    portal.control.limits({ insufficientScopeStatus });
    await assert.rejects(client.call("crm.deal.list"), (error: PortalError) => {
      assert.deepEqual([error.code, error.scope], ["insufficient_scope", "crm"]);
      return true;
    });
    await assert.rejects(readIds(client, "crm.deal.list"), code("insufficient_scope"));
  }
  portal.control.revokeWebhook(secret);
  await assert.rejects(client.call("profile"), code("portal_credential_rejected"));
  await assert.rejects(open().client.call("crm.nothing.here"), code("portal_method_missing"));
});

test("no portal there, or something else", async () => {
  const server = createServer((_request, response) => response.end("<html>Welcome</html>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/abcdefabcdef/`;
  await assert.rejects(open(url).client.call("profile"), code("portal_not_bitrix"));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(open(url).client.call("profile"), code("portal_unreachable"));
  await assert.rejects(readIds(open(url).client, "crm.deal.list"), code("portal_unreachable"));
});
