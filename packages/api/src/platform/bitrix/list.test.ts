import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createPortalClient } from "./client.ts";
import { PortalError } from "./errors.ts";
import { createMemoryLimiter } from "./memory-limiter.ts";
import { createPaperPortal, type PaperPortal, type PaperPortalOptions } from "./test/paper-portal.ts";
import { createVirtualClock } from "./test/virtual-clock.ts";
import type { ListOptions, ListPage } from "./types.ts";

function open(options: PaperPortalOptions) {
  const portal = createPaperPortal(options);
  const clock = createVirtualClock();
  const limiter = createMemoryLimiter({ clock });
  const credential = { kind: "webhook", url: "https://paper.example/rest/1/abcdef0123456789/" } as const;
  const client = createPortalClient({
    portalId: 1,
    credential,
    fetch: portal.fetch,
    clock,
    limiter,
    random: () => 0.5,
  });
  return { portal, client, clock };
}

async function readAll(opened: ReturnType<typeof open>, options: ListOptions = {}) {
  const pages: ListPage<Record<string, unknown>>[] = [];
  for await (const page of opened.client.list("crm.deal.list", options)) pages.push(page);
  const ids = pages.flatMap((page) => page.rows.map((row) => Number(row[options.idKey ?? "ID"])));
  return { pages, ids };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const refusal = (code: string) => (error: unknown) => error instanceof PortalError && error.code === code;

test("10,000 rows take at most 6 requests, each id once, in order", async () => {
  const opened = open({ ids: range(1, 10_000) });
  const { pages, ids } = await readAll(opened);
  assert.deepEqual(ids, range(1, 10_000));
  assert.ok(opened.portal.requests <= 6, `${opened.portal.requests} requests`);
  assert.deepEqual(
    pages.map((page) => page.done),
    pages.map((_, index) => index === pages.length - 1),
  );
  assert.equal(Math.max(...pages.map((page) => page.rows.length)), 2_500);
});

test("a short list takes one request", async () => {
  for (const count of [0, 1, 49]) {
    const opened = open({ ids: range(1, count) });
    const { pages, ids } = await readAll(opened);
    assert.equal(ids.length, count);
    assert.equal(opened.portal.requests, 1);
    assert.equal(pages.at(-1)?.done, true);
  }
});

test("bounds: above idFrom, up to idTo", async () => {
  const { ids } = await readAll(open({ ids: range(1, 900) }), { idFrom: 100, idTo: 350 });
  assert.deepEqual(ids, range(101, 350));
});

test("item lists keep their rows under a key and their ids in lower case", async () => {
  const opened = open({ ids: range(1, 777), itemsKey: "items", idKey: "id" });
  const { ids } = await readAll(opened, { itemsKey: "items", idKey: "id", params: { entityTypeId: 2 } });
  assert.deepEqual(ids, range(1, 777));
});

test("F8: a portal that ignores the filter is found out within two requests", async () => {
  const opened = open({
    ids: range(1, 5_000),
    answer: (rows) => rows.map((_, index) => ({ ID: String(index + 1) })),
  });
  await assert.rejects(readAll(opened), (error: PortalError) => {
    assert.equal(error.code, "portal_answer_invalid");
    assert.match(error.detail, />ID/);
    return true;
  });
  assert.ok(opened.portal.requests <= 2);
});

test("rows without an id are refused by name", async () => {
  const opened = open({ ids: range(1, 60), answer: (rows) => rows.map(() => ({ id: 1 })) });
  await assert.rejects(readAll(opened), /field ID/);
});

test("F6: a command that fails costs nothing before it and is read again", async () => {
  let failed = false;
  const opened = open({
    ids: range(1, 3_000),
    answer: (rows, _asked, command) => {
      if (failed || command !== 16) return rows;
      failed = true;
      return { error: "", error_description: "Something broke" };
    },
  });
  // The first request is narrow; the second reaches command 16.
  const { pages, ids } = await readAll(opened);
  assert.deepEqual(ids, range(1, 3_000));
  assert.equal(failed, true);
  assert.equal(pages[1]?.rows.length, 16 * 50);
});

test("slow pages narrow the requests: none runs for 60 s after the first slow one", async () => {
  let page = 0;
  const opened = open({ ids: range(1, 30_000), secondsPerPage: () => (page++ > 120 ? 2 : 0.1) });
  const { ids } = await readAll(opened);
  assert.equal(ids.length, 30_000);
  const slow = opened.portal.seconds.findIndex((seconds) => seconds > 25);
  assert.ok(slow >= 0);
  assert.ok(opened.portal.seconds.slice(slow + 1).every((seconds) => seconds <= 26));
});

test("broken connections shrink the request and lose nothing", async () => {
  const opened = open({
    ids: range(1, 4_000),
    intercept: (request) => {
      if (request === 2)
        return new TypeError("fetch failed", {
          cause: Object.assign(new Error("x"), { code: "ECONNRESET" }),
        });
      if (request === 4) return new Response("<html>504</html>", { status: 504 });
      return undefined;
    },
  });
  const retried: string[] = [];
  const { pages, ids } = await readAll(opened, { onRetry: (error) => retried.push(error.code) });
  assert.deepEqual(ids, range(1, 4_000));
  assert.deepEqual(retried, ["portal_unreachable", "portal_unreachable"]);
  assert.equal(
    pages.reduce((sum, { requests }) => sum + requests, 0),
    opened.portal.requests,
  );
});

test("a portal that stays away ends in its error, with the rows so far delivered", async () => {
  const opened = open({
    ids: range(1, 4_000),
    intercept: (n) => (n > 1 ? new Response("", { status: 502 }) : undefined),
  });
  const seen: number[] = [];
  await assert.rejects(async () => {
    for await (const page of opened.client.list("crm.deal.list")) seen.push(page.lastId);
  }, refusal("portal_unreachable"));
  assert.deepEqual(seen, [600]);
  assert.ok(opened.portal.requests <= 10);
});

test("a missing scope is not tried again", async () => {
  const answer = () => ({ error: "insufficient_scope", error_description: "" });
  const opened = open({ ids: range(1, 100), answer });
  await assert.rejects(readAll(opened), refusal("insufficient_scope"));
  assert.equal(opened.portal.requests, 1);
});

test("nothing is asked before it is pulled; prefetch asks one request ahead", async () => {
  const requestsAfterFirst = async (prefetch: 0 | 1): Promise<[number, PaperPortal]> => {
    const { client, portal } = open({ ids: range(1, 9_000) });
    const pages = client.list("crm.deal.list", { prefetch })[Symbol.asyncIterator]();
    assert.equal(portal.requests, 0);
    await pages.next();
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    const count = portal.requests;
    await pages.return?.();
    return [count, portal];
  };
  assert.equal((await requestsAfterFirst(0))[0], 1);
  assert.equal((await requestsAfterFirst(1))[0], 2);
});

test("an abort ends the list with the caller's reason", async () => {
  const opened = open({ ids: range(1, 9_000) });
  const stop = new AbortController();
  await assert.rejects(async () => {
    for await (const _ of opened.client.list("crm.deal.list", { signal: stop.signal }))
      stop.abort(new Error("enough"));
  }, /enough/);
  assert.equal(opened.portal.requests, 1);
});

test("a filter that the list sets itself is refused", async () => {
  await assert.rejects(readAll(open({ ids: [] }), { filter: { ">=id": 5 } }), /idFrom/);
});

test("F7: rows deleted under the reader's feet do not stop it", async () => {
  const ids = range(1, 2_000);
  const opened = open({
    ids,
    intercept: () => {
      ids.splice(Math.max(0, ids.length - 40), 40);
      return undefined;
    },
  });
  const { ids: seen } = await readAll(opened);
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(ids.every((id) => seen.includes(id)));
});

test("property: any holes, short pages and faults give exactly the set of ids", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 6_000 }), { maxLength: 2_500 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 99 })),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      async (unsorted, dice, maxCommands, prefetch) => {
        const ids = [...unsorted].sort((a, b) => a - b);
        const roll = () => dice.next().value as number;
        let row = 0;
        // Bounded runs of bad luck: the reader gives up after eight failures without progress.
        const unlucky = (chance: number) => {
          if (row >= 4 || roll() >= chance) return false;
          row += 1;
          return true;
        };
        const opened = open({
          ids,
          answer: (rows) => {
            if (rows.length > 1 && roll() < 3) return rows.slice(0, 1 + (roll() % (rows.length - 1)));
            if (unlucky(2)) return { error: "INTERNAL_SERVER_ERROR", error_description: "" };
            return rows;
          },
          intercept: () => {
            if (unlucky(10)) return new Response("<html></html>", { status: 200 + 302 });
            row = 0;
            return undefined;
          },
        });
        const { ids: seen } = await readAll(opened, { maxCommands, prefetch: prefetch ? 1 : 0 });
        assert.deepEqual(seen, ids);
      },
    ),
    { numRuns: 120 },
  );
});

test("an end that comes nearer while the list is read is where it ends", async () => {
  let to = 9_000;
  const opened = open({ ids: range(1, 9_000).filter((id) => id % 3 > 0) });
  const ids: number[] = [];
  for await (const page of opened.client.list<{ ID: string }>("crm.deal.list", { idTo: () => to })) {
    ids.push(...page.rows.map(({ ID }) => Number(ID)));
    if (ids.length > 500) to = 6_000;
  }
  assert.deepEqual(
    ids,
    range(1, 6_000).filter((id) => id % 3 > 0),
  );
  assert.ok(opened.portal.requests <= 5, `${opened.portal.requests} requests`);
});

test("a range that a full request holds is read by one", async () => {
  const opened = open({ ids: range(1, 5_000) });
  const read = (idFrom: number) => readAll(opened, { idFrom, idTo: idFrom + 2_500 });
  // The first request is narrow: what a page takes is not known yet.
  await read(0);
  const before = opened.portal.requests;
  assert.equal((await read(2_500)).ids.length, 2_500);
  assert.equal(opened.portal.requests - before, 1);
});
