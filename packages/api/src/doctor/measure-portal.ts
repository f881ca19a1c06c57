import { setTimeout as delay } from "node:timers/promises";
import type { PortalProfile } from "../platform/bitrix/profile.ts";
import type { Command } from "../platform/bitrix/types.ts";
import type { CountedClient } from "./count-requests.ts";

type Client = CountedClient["client"];

/** As the sync reads. */
const page = {
  method: "crm.deal.list",
  params: { select: ["*", "UF_*"], order: { ID: "ASC" }, filter: { ">ID": 0 }, start: -1 },
} as const satisfies Command;
const PAGES = 10;
const TRIES = 3;

/** The portal's times are whole seconds: a later one must be told from an earlier. */
const NEXT_SECOND_MS = 1_100;

/** Reads only: what a page costs alone and in a batch, what a request costs, and who pays. */
export async function measureReading(client: Client): Promise<Omit<PortalProfile, "touches">> {
  const roundTrips: number[] = [];
  const pages: number[] = [];
  const batched: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const began = performance.now();
    await client.call("server.time");
    roundTrips.push((performance.now() - began) / 1000);
    pages.push((await client.call(page.method, page.params)).time?.processing ?? 0);
    const commands = Object.fromEntries(Array.from({ length: PAGES }, (_, n) => [`page${n}`, page]));
    const outcomes = Object.values(await client.batch(commands));
    const seconds = outcomes.flatMap((one) => (one.ok && one.time ? [one.time.processing] : []));
    batched.push(...seconds);
  }
  const { mode } = await client.limits();
  return {
    billing: mode,
    roundTripSeconds: median(roundTrips),
    pageSeconds: median(pages),
    batchPageSeconds: median(batched),
  };
}

/** Makes a deal, changes its children, looks at its DATE_MODIFY, and removes the deal whatever happened. */
export async function measureTouches(client: Client): Promise<PortalProfile["touches"]> {
  const fields = { TITLE: "b24kit doctor", ORIGINATOR_ID: "b24kit", ORIGIN_ID: "doctor" };
  const { result: id } = await client.call<number>("crm.deal.add", { fields });
  try {
    const rows = [{ PRODUCT_NAME: "b24kit doctor", PRICE: 1, QUANTITY: 1 }];
    const productRows = await touches(client, id, "crm.deal.productrows.set", { id, rows });
    const { result: contacts } = await client.call<{ ID: string }[]>("crm.contact.list", {
      select: ["ID"],
      start: -1,
    });
    const contact = contacts[0]?.ID;
    const bind = { id, fields: { CONTACT_ID: contact } };
    return {
      productRows,
      contacts: contact === undefined ? null : await touches(client, id, "crm.deal.contact.add", bind),
    };
  } finally {
    await client.call("crm.deal.delete", { id });
  }
}

async function touches(client: Client, id: number, method: string, params: object): Promise<boolean | null> {
  const before = await modified(client, id);
  await delay(NEXT_SECOND_MS);
  try {
    await client.call(method, { ...params });
  } catch {
    return null; // the portal lacks the module, or we the right: not measured
  }
  return (await modified(client, id)) !== before;
}

async function modified(client: Client, id: number): Promise<string> {
  return (await client.call<{ DATE_MODIFY: string }>("crm.deal.get", { id })).result.DATE_MODIFY;
}

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : Math.round(middle * 10_000) / 10_000;
}
