import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type RunningPortal, startPortal } from "../../demo/portal/start-portal.ts";
import { json } from "../../demo/portal/testing.ts";

const DEALS = 100_000;
const ROUNDS = 9;
const LIMIT_MS = 150;

let portal: RunningPortal;

before(async () => {
  portal = await startPortal({ counts: { deals: DEALS } });
  portal.control.limits({
    rate: { enabled: false },
    operating: { enabled: false },
    cost: { pageSeconds: 0, rowSeconds: 0, callSeconds: 0 },
  });
});
after(() => portal.close());

/** The commands of a batch of fifty chained pages of deals. */
function chainedPages(command: (after: string | number) => string, id: string, from: number) {
  const cmd: Record<string, string> = {};
  for (let i = 0; i < 50; i++) cmd[`p${i}`] = command(i === 0 ? from : `$result[p${i - 1}]${id}`);
  return cmd;
}

const variants = [
  {
    name: "crm.deal.list, all its fields",
    id: "[49][ID]",
    command: (from: string | number) =>
      `crm.deal.list?start=-1&order[ID]=ASC&select[]=*&select[]=UF_*&filter[>ID]=${from}`,
  },
  {
    name: "crm.item.list, everything",
    id: "[items][49][id]",
    command: (from: string | number) =>
      `crm.item.list?entityTypeId=2&start=-1&order[id]=ASC&filter[>id]=${from}`,
  },
];

for (const { name, id, command } of variants) {
  test(`2,500 of 100,000 deals in one request: ${name}`, async (t) => {
    // Other tests may run beside this one: what counts is the quietest of three tries.
    const medians: number[] = [];
    while (medians.length < 3 && !(Math.min(...medians) < LIMIT_MS)) {
      medians.push(await medianTime((from) => chainedPages(command, id, from)));
    }
    t.diagnostic(`medians ${medians.map((median) => `${median.toFixed(0)} ms`).join(", ")}`);
    assert.ok(Math.min(...medians) < LIMIT_MS, `${medians} ms`);
  });
}

/** Milliseconds of a request, its answer read whole; the first two rounds only warm up. */
async function medianTime(commands: (from: number) => Record<string, string>): Promise<number> {
  const times: number[] = [];
  for (let round = -2; round < ROUNDS; round++) {
    const cmd = commands((round + 2) * 8_000);
    const startedAt = performance.now();
    const answer = await fetch(`${portal.webhookUrl}batch`, json({ cmd, halt: 1 }));
    const text = await answer.text();
    if (round >= 0) times.push(performance.now() - startedAt);
    const pages = Object.values(JSON.parse(text).result.result) as (unknown[] | { items: unknown[] })[];
    assert.equal(pages.flatMap((page) => (Array.isArray(page) ? page : page.items)).length, 2_500);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}
