import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type RunningPortal, startPortal } from "../start-portal.ts";
import { selfSigned } from "../tls/self-signed.ts";
import { type Driver, startDriver } from "./start-driver.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Answered = any;

const DEALS = 1_234;
const allIds = (first = 1) => Array.from({ length: DEALS - first + 1 }, (_, i) => first + i);
const idsOf = (rows: Answered[], key = "ID") => rows.map((row) => Number(row[key]));

let portal: RunningPortal;
let driver: Driver;
let webhookUrl: string;

before(async () => {
  const tls = selfSigned(["127.0.0.1"], Date.now());
  const counts = { deals: DEALS, contacts: 60, companies: 30, leads: 40, users: 12 };
  [portal, driver] = await Promise.all([
    startPortal({ name: "sdk", counts, tls }),
    startDriver(tls.cert, process.env),
  ]);
  webhookUrl = portal.webhookUrl;
});
after(async () => {
  await driver?.close();
  await portal?.close();
});
beforeEach(() => {
  portal.control.reset();
});

const calls = (method: string) => portal.control.stats().methods[method]?.calls ?? 0;

describe("the official SDK with a webhook", () => {
  it("calls methods and reads their envelope", async () => {
    const { answer }: Answered = await driver.run("call", {
      webhookUrl,
      method: "crm.deal.get",
      params: { id: 7 },
    });
    assert.equal(answer.result.ID, "7");
    assert.equal(typeof answer.time.operating, "number");
    const item: Answered = await driver.run("call", {
      webhookUrl,
      method: "crm.item.get",
      params: { entityTypeId: 2, id: 7 },
    });
    assert.equal(item.answer.result.item.id, 7);
  });

  it("hears a refusal with the portal's code", async () => {
    const refused = (method: string, params = {}) => driver.run("call", { webhookUrl, method, params });
    const missing: Answered = await refused("crm.item.get", { entityTypeId: 2, id: 999_999 });
    assert.deepEqual([missing.code, missing.status], ["NOT_FOUND", 400]);
    const unknown: Answered = await refused("crm.deal.nothing");
    assert.deepEqual([unknown.code, unknown.status], ["ERROR_METHOD_NOT_FOUND", 404]);
    const context: Answered = await refused("placement.get");
    assert.deepEqual([context.code, context.status], ["WRONG_AUTH_TYPE", 403]);
    assert.equal(portal.control.stats().requests, 3);
  });

  it("sends batches as rows and by name, with references", async () => {
    const rows: Answered = await driver.run("batch", {
      webhookUrl,
      calls: [
        ["crm.deal.get", { id: 1 }],
        ["crm.deal.get", { id: 2 }],
      ],
    });
    assert.deepEqual(idsOf(rows.data), [1, 2]);
    const named: Answered = await driver.run("batch", {
      webhookUrl,
      calls: {
        first: ["crm.deal.list", { order: { ID: "ASC" }, start: -1 }],
        next: [
          "crm.deal.list",
          { order: { ID: "ASC" }, filter: { ">ID": "$result[first][49][ID]" }, start: -1 },
        ],
        items: ["crm.item.list", { entityTypeId: 2, order: { id: "ASC" }, filter: { "<=id": 3 } }],
      },
    });
    assert.deepEqual(idsOf([...named.data.first, ...named.data.next]), allIds().slice(0, 100));
    assert.deepEqual(idsOf(named.data.items.items, "id"), [1, 2, 3]);
    assert.equal(portal.control.stats().requests, 2);
  });

  it("cuts 120 commands into three batches", async () => {
    const made: Answered = await driver.run("batchByChunk", {
      webhookUrl,
      calls: allIds()
        .slice(0, 120)
        .map((id) => ["crm.deal.get", { id }]),
    });
    assert.deepEqual(idsOf(made.data), allIds().slice(0, 120));
    const { requests, batches } = portal.control.stats();
    assert.deepEqual([requests, batches, calls("crm.deal.get")], [3, 3, 120]);
  });

  it("reads 1,234 rows with callList in 25 requests", async () => {
    const { rows }: Answered = await driver.run("callList", { webhookUrl, method: "crm.deal.list" });
    assert.deepEqual(idsOf(rows), allIds());
    const { requests, refusedByRate, rowsServed } = portal.control.stats();
    assert.deepEqual([requests, refusedByRate, rowsServed], [25, 0, DEALS]);
  });

  it("reads the same page by page with fetchList, in typed values", async () => {
    const pages: Answered[][] = await driver.run("fetchList", {
      webhookUrl,
      method: "crm.item.list",
      params: { entityTypeId: 2, select: ["id", "title", "opportunity"] },
      idKey: "id",
      resultKey: "items",
    });
    assert.deepEqual(
      pages.map((page) => page.length),
      [...Array(24).fill(50), 34],
    );
    const rows = pages.flat();
    assert.deepEqual(
      rows.map((row) => row.id),
      allIds(),
    );
    assert.equal(typeof rows[0].opportunity, "number");
    assert.equal(portal.control.stats().requests, 25);
  });

  it("keeps within a bucket as small as its own", async () => {
    portal.control.limits({ rate: { burst: 5, drainPerSecond: 10 } });
    const { fulfilled, seconds } = await driver.run("callTogether", {
      webhookUrl,
      method: "profile",
      count: 15,
      burst: 5,
      drainPerSecond: 10,
    });
    assert.equal(fulfilled, 15);
    assert.ok(seconds > 0.8, `${seconds} s`);
    const { requests, refusedByRate } = portal.control.stats();
    // Both count from their own first request, so that some may arrive a little early.
    assert.ok(refusedByRate <= 5 && requests === 15 + refusedByRate, `${requests} ${refusedByRate}`);
  });

  it("is refused when it thinks the bucket larger, and comes again", async () => {
    portal.control.limits({ rate: { burst: 3, drainPerSecond: 20 } });
    const { fulfilled } = await driver.run("callTogether", {
      webhookUrl,
      method: "profile",
      count: 6,
      burst: 50,
      drainPerSecond: 20,
    });
    const { requests, refusedByRate } = portal.control.stats();
    assert.equal(fulfilled, 6);
    assert.ok(refusedByRate >= 1 && requests === 6 + refusedByRate, `${requests} ${refusedByRate}`);
  });
});

describe("where the SDK is known to be wrong, the portal is still a portal", () => {
  it("names the command that failed, though the SDK takes an empty code for success", async () => {
    const made: Answered = await driver.run("batch", {
      webhookUrl,
      calls: { missing: ["crm.deal.get", { id: 999_999 }], there: ["crm.deal.get", { id: 1 }] },
    });
    assert.deepEqual([made.success, made.errors, made.data.missing ?? null], [true, [], null]);
    const bare: Answered = await driver.run("call", {
      webhookUrl,
      method: "batch",
      params: { cmd: { missing: "crm.deal.get?id=999999", there: "crm.deal.get?id=1" } },
    });
    assert.deepEqual(bare.answer.result.result_error, {
      missing: { error: "", error_description: "Not found" },
    });
    assert.deepEqual(Object.keys(bare.answer.result.result), ["there"]);
  });

  it("says why in the body, though the SDK shows only the status", async () => {
    const refused: Answered = await driver.run("call", {
      webhookUrl,
      method: "crm.deal.get",
      params: { id: 999_999 },
    });
    assert.deepEqual([refused.code, refused.status], ["ERR_BAD_REQUEST", 400]);
    assert.deepEqual(refused.body, { error: "", error_description: "Not found" });
  });

  it("executes what it was sent as often as it was sent", async () => {
    const before = portal.control.checksum("deal").count;
    portal.control.addFault({ match: "crm.deal.add", effect: "loseResponse", times: 2 });
    const add = { webhookUrl, method: "crm.deal.add", params: { fields: { TITLE: "Дом 12" } } };
    await driver.run("call", add);
    assert.equal(portal.control.checksum("deal").count, before + 3);
    portal.control.addFault({ match: "crm.deal.add", effect: "loseResponse" });
    await driver.run("call", { ...add, retries: 1 });
    assert.equal(portal.control.checksum("deal").count, before + 4);
  });

  it("answers each row by its key, though failed rows fall out of the SDK's array", async () => {
    const made: Answered = await driver.run("batch", {
      webhookUrl,
      calls: [
        ["crm.item.get", { entityTypeId: 2, id: 999_999 }],
        ["crm.item.get", { entityTypeId: 2, id: 1 }],
      ],
    });
    assert.equal(made.data[0].item.id, 1);
    const cmd = ["crm.item.get?entityTypeId=2&id=999999", "crm.item.get?entityTypeId=2&id=1"];
    const bare: Answered = await driver.run("call", { webhookUrl, method: "batch", params: { cmd } });
    assert.equal(bare.answer.result.result["1"].item.id, 1);
    // PHP writes a map whose only key is 0 as an array.
    assert.equal(bare.answer.result.result_error[0].error, "NOT_FOUND");
  });

  it("filters as it is told, though callList overwrites the caller's >ID", async () => {
    const filter = { ">ID": 1_000 };
    const list = { webhookUrl, method: "crm.deal.list", params: { filter } };
    const { rows }: Answered = await driver.run("callList", list);
    assert.equal(rows.length, DEALS);
    const bare: Answered = await driver.run("call", {
      ...list,
      params: { filter, order: { ID: "ASC" } },
    });
    assert.deepEqual(idsOf(bare.answer.result), allIds(1_001).slice(0, 50));
  });

  it("parks a method alone, though the SDK does not look into named batches", async () => {
    portal.control.limits({ cost: { pageSeconds: 20 }, operating: { limitSeconds: 30 } });
    const calls: Answered = Object.fromEntries(["a", "b", "c"].map((key) => [key, ["crm.deal.list", {}]]));
    const made: Answered = await driver.run("batch", { webhookUrl, calls: { ...calls, d: ["profile", {}] } });
    assert.equal(made.success, false);
    assert.match(made.errors.join(), /operation time limit/);
    const parked: Answered = await driver.run("call", { webhookUrl, method: "crm.deal.list", retries: 1 });
    assert.deepEqual([parked.status, parked.code], [429, "OPERATION_TIME_LIMIT"]);
    const free: Answered = await driver.run("call", { webhookUrl, method: "crm.lead.list", retries: 1 });
    assert.equal(free.success, true);
  });
});
