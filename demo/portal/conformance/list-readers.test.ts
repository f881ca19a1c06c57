import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type RunningPortal, startPortal } from "../start-portal.ts";
import { json } from "../testing.ts";
import { type Ask, readByNext, readByOffset, readChained, readInSequence } from "./list-readers.ts";

const DEALS = 10_000;
const PAGES = DEALS / 50;
const ALL = Array.from({ length: DEALS }, (_, i) => i + 1);

let portal: RunningPortal;

before(async () => {
  const counts = { deals: DEALS, contacts: 60, companies: 30, leads: 40, users: 12 };
  portal = await startPortal({ counts });
});
after(() => portal.close());

/** Asks over HTTP; where the bucket is full, the portal's clock runs on for half a second. */
const ask: Ask = async (method, params) => {
  for (;;) {
    const answer = await fetch(portal.webhookUrl + method, json(params));
    if (answer.ok) return answer.json();
    assert.equal(answer.status, 503, await answer.text());
    portal.control.clock({ advance: 500 });
  }
};

interface Reader {
  name: string;
  read: (ask: Ask) => Promise<number[]>;
  /** Requests that are answered. */
  requests: number;
  batches: number;
  /** Calls of `crm.deal.list`. */
  calls: number;
  /** Rows that travel, duplicates included. */
  rows: number;
}

const readers: Reader[] = [
  {
    // The last full page does not tell that it is the last; commands that refer to a row of the empty page read the first rows again.
    name: "keyset pages chained in batches",
    read: readChained,
    ...{ requests: PAGES / 50 + 1, batches: PAGES / 50 + 1, calls: PAGES + 50, rows: DEALS + 49 * 50 },
  },
  {
    name: "total, then offsets in batches",
    read: readByOffset,
    ...{ requests: 1 + 4, batches: 4, calls: PAGES, rows: DEALS },
  },
  {
    name: "keyset pages one after another",
    read: readInSequence,
    ...{ requests: PAGES + 1, batches: 0, calls: PAGES + 1, rows: DEALS },
  },
  {
    name: "pages as next tells",
    read: readByNext,
    ...{ requests: PAGES, batches: 0, calls: PAGES, rows: DEALS },
  },
];

for (const { name, read, requests, batches, calls, rows } of readers) {
  test(`${name}: every ID once, and the portal counted ${requests} requests`, async () => {
    portal.control.reset();
    portal.control.clock({ mode: "virtual" });
    assert.deepEqual(await read(ask), ALL);
    const stats = portal.control.stats();
    assert.equal(stats.requests - stats.refusedByRate, requests);
    // What the bucket holds goes at once; of the rest two pass each second, so every other try is one too many.
    assert.equal(stats.refusedByRate, Math.max(0, requests - 50));
    const { calls: made } = stats.methods["crm.deal.list"] ?? { calls: 0 };
    assert.deepEqual([stats.batches, made, stats.rowsServed], [batches, calls, rows]);
    assert.deepEqual([stats.refusedByOperating, stats.crashed], [0, 0]);
  });
}
