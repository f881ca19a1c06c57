/** How the known clients read a long list, each in a few lines: what a portal has to bear unchanged. */

/** Calls a method and answers its whole body; refusals of the bucket are its own business. */
export type Ask = (method: string, params: Record<string, unknown>) => Promise<ListBody>;

// biome-ignore lint/suspicious/noExplicitAny: a list's body or a batch's
type ListBody = any;
type Row = { ID: string };

const PAGE = 50;
const COMMANDS = 50;
const BY_ID = "order[ID]=ASC&select[]=ID";

/** Pages that begin behind the last one, each command of a batch referring to the one before. */
export async function readChained(ask: Ask): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const cmd: Record<string, string> = {};
    for (let i = 0; i < COMMANDS; i++) {
      const after = i === 0 ? (ids.at(-1) ?? 0) : `$result[p${i - 1}][${PAGE - 1}][ID]`;
      cmd[`p${i}`] = `crm.deal.list?start=-1&${BY_ID}&filter[>ID]=${after}`;
    }
    const { result } = (await ask("batch", { cmd, halt: 1 })).result;
    for (let i = 0; i < COMMANDS; i++) {
      const page: Row[] = result[`p${i}`];
      ids.push(...page.map((row) => Number(row.ID)));
      // What follows a short page refers to a row that is not there: whatever it says is to be passed over.
      if (page.length < PAGE) return ids;
    }
  }
}

/** The first page tells the total; all others are asked for by their offset, fifty in a batch. */
export async function readByOffset(ask: Ask): Promise<number[]> {
  const first = await ask("crm.deal.list", { order: { ID: "ASC" }, select: ["ID"] });
  const rows: Row[] = [...first.result];
  const starts: number[] = [];
  for (let start = PAGE; start < first.total; start += PAGE) starts.push(start);
  for (let at = 0; at < starts.length; at += COMMANDS) {
    const cmd = starts.slice(at, at + COMMANDS).map((start) => `crm.deal.list?start=${start}&${BY_ID}`);
    const { result } = (await ask("batch", { cmd })).result;
    rows.push(...(result as Row[][]).flat());
  }
  return rows.map((row) => Number(row.ID));
}

/** One page after another, each behind the last ID of the one before. */
export async function readInSequence(ask: Ask): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const filter = { ">ID": ids.at(-1) ?? 0 };
    const { result } = await ask("crm.deal.list", {
      filter,
      order: { ID: "ASC" },
      select: ["ID"],
      start: -1,
    });
    ids.push(...(result as Row[]).map((row) => Number(row.ID)));
    if (result.length < PAGE) return ids;
  }
}

/** Page after page, as `next` tells. */
export async function readByNext(ask: Ask): Promise<number[]> {
  const ids: number[] = [];
  for (let start: number | undefined = 0; start !== undefined; ) {
    const body = await ask("crm.deal.list", { order: { ID: "ASC" }, select: ["ID"], start });
    ids.push(...(body.result as Row[]).map((row) => Number(row.ID)));
    start = body.next;
  }
  return ids;
}
