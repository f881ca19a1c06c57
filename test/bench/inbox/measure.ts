import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { EVENT_TIME, openEventStand } from "../../event-stand.ts";
import { quantile, type Sent, type StormOptions } from "../../event-storm.ts";
import { freePort } from "../../free-port.ts";
import { atMost, type Measured } from "../goal.ts";
import type { Order } from "./sender.ts";
import { measureVisible } from "./visible.ts";

const SECONDS = Number(process.env.BENCH_STORM_SECONDS ?? 10);
const PER_SECOND = Number(process.env.BENCH_STORM_RATE ?? 1_000);

/** Events that come at a steady rate, whether or not they are answered: the product, and a floor that keeps nothing. */
export async function measureInbox(): Promise<Measured> {
  const stand = await openEventStand(await freePort(), PER_SECOND * SECONDS);
  const sender = fork(fileURLToPath(new URL("./sender.ts", import.meta.url)));
  const rival = fork(fileURLToPath(new URL("./rival.ts", import.meta.url)));
  try {
    // First: afterwards the same process reads again, from the portal, what the storm spoke of.
    const visible = summarise(await measureVisible(stand));
    const [floorUrl] = (await once(rival, "message")) as [string];
    const steady = { perSecond: PER_SECOND, count: PER_SECOND * SECONDS };
    const floor = timesOf(await warmed(sender, { ...steady, url: floorUrl, form: stand.form }));
    const sent = await warmed(sender, { ...steady, url: stand.url, form: stand.form });
    const product = timesOf(sent);
    const { rows } = await stand.database.db.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM b24kit.portal_inbox WHERE happened_at = to_timestamp($1)",
      [EVENT_TIME],
    );
    const lost = steady.count - rows[0]!.count;
    const refused = sent.filter(({ status }) => status !== 200).length;
    return {
      goals: [
        atMost("I1", `p99 of an event's answer, ms at ${PER_SECOND} a second`, product.p99, 50),
        atMost("I2", "median against a floor that keeps nothing", product.p50 / floor.p50, 10),
        atMost("I3", "events that were not kept, or not answered with 200", lost + refused, 0),
        atMost("I4", "p95 from a change in the portal to its row, ms", visible.p95, 3_000),
      ],
      details: { visible, perSecond: PER_SECOND, seconds: SECONDS, product, floor },
    };
  } finally {
    rival.kill();
    sender.kill();
    await stand.close();
  }
}

/** Two seconds of other events first: a process that has just started compiles what it runs. */
async function warmed(sender: ChildProcess, options: StormOptions): Promise<Sent[]> {
  const form = (n: number) => ({ ...options.form(n), ts: "1" });
  await send(sender, { ...options, count: options.perSecond * 2, form });
  return send(sender, options);
}

async function send(sender: ChildProcess, { form, ...rest }: StormOptions): Promise<Sent[]> {
  const forms = Array.from({ length: rest.count }, (_, n) => form(n));
  sender.send({ ...rest, forms } satisfies Order);
  const [sent] = (await once(sender, "message")) as [Sent[]];
  return sent;
}

const timesOf = (sent: readonly Sent[]) => summarise(sent.map(({ milliseconds }) => milliseconds));

function summarise(times: readonly number[]): Record<"p50" | "p95" | "p99" | "max", number> {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    p50: round(quantile(times, 0.5)),
    p95: round(quantile(times, 0.95)),
    p99: round(quantile(times, 0.99)),
    max: round(Math.max(...times)),
  };
}
