import type { Stand } from "./stand.ts";

const PAGE_ROWS = 50;
/** One less than the portal's 50: requests bunch up on their way. */
const BURST = 49;
const DRAIN_PER_SECOND = 2;

interface Deal {
  readonly ID: string;
}

/** As the vendor's SDK lists: one page a request, by ids, as fast as its limiter lets. Returns the rows read. */
export async function readByPages(stand: Stand): Promise<number> {
  const pace = createPace(stand);
  let rows = 0;
  for (let after = "0"; ; ) {
    await pace();
    const page = (await post(stand, "crm.deal.list", pageAfter(after))) as Deal[];
    rows += page.length;
    if (page.length < PAGE_ROWS) return rows;
    after = page.at(-1)!.ID;
  }
}

/** As the vendor's fast readers list: fifty chained pages a batch, one batch after the other. */
export async function readByChains(stand: Stand): Promise<number> {
  const pace = createPace(stand);
  let rows = 0;
  for (let after = "0"; ; ) {
    await pace();
    const answer = await post(stand, "batch", { halt: 1, cmd: chain(after) });
    const pages = Object.values((answer as { result: Record<string, Deal[]> }).result);
    const full = pages.findIndex((page) => page.length < PAGE_ROWS);
    const taken = full < 0 ? pages : pages.slice(0, full + 1);
    rows += taken.reduce((sum, page) => sum + page.length, 0);
    if (full >= 0) return rows;
    after = pages.at(-1)!.at(-1)!.ID;
  }
}

const pageAfter = (after: string) => ({
  select: ["*", "UF_*"],
  order: { ID: "ASC" },
  filter: { ">ID": after },
  start: -1,
});

function chain(after: string): Record<string, string> {
  const from = (page: number) => (page === 0 ? after : `$result[p${page - 1}][49][ID]`);
  const command = (page: number) =>
    `crm.deal.list?select[]=*&select[]=UF_*&order[ID]=ASC&start=-1&filter[>ID]=${from(page)}`;
  return Object.fromEntries(Array.from({ length: 50 }, (_, page) => [`p${page}`, command(page)]));
}

/** Keeps the portal's bucket of requests from running over. */
function createPace({ clock }: Stand): () => Promise<void> {
  let used = 0;
  let at = clock.now();
  return async () => {
    for (;;) {
      const now = clock.now();
      used = Math.max(0, used - ((now - at) / 1000) * DRAIN_PER_SECOND);
      at = now;
      if (used + 1 <= BURST) break;
      await clock.sleep(((used + 1 - BURST) / DRAIN_PER_SECOND) * 1000);
    }
    used += 1;
  };
}

async function post(stand: Stand, method: string, body: object): Promise<unknown> {
  const response = await fetch(`${stand.webhookUrl}${method}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { result: unknown }).result;
}
