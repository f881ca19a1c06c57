import { setTimeout as delay } from "node:timers/promises";
import type { EventStand } from "../../event-stand.ts";

const CHANGES = Number(process.env.BENCH_CHANGES ?? 60);

/** Milliseconds from a change in the portal, whose event it then sends, to the changed row in the mirror. */
export async function measureVisible({ portal, database, api, url }: EventStand): Promise<number[]> {
  const { token } = portal.control.apps.addOutgoingWebhook({ url, events: ["ONCRMDEALUPDATE"] });
  const kept = await api("POST", "webhooks/token", { token });
  if (kept.status !== 204) throw new Error(`the token was not kept: ${await kept.text()}`);
  const started = await api("POST", "sync/start/deal", { sync_type: "full" });
  if (!started.ok) throw new Error(`no sync: ${await started.text()}`);
  const until = async (sql: string, value: string) => {
    // The table is not there before the first run has begun.
    const seen = () =>
      database.db.pool.query(sql, [value]).then(
        ({ rows }) => rows.length,
        () => 0,
      );
    while ((await seen()) === 0) await delay(5);
  };
  await until("SELECT FROM b24kit.sync_runs WHERE entity = $1 AND state = 'completed'", "deal");
  const times: number[] = [];
  for (let n = 1; n <= CHANGES; n++) {
    const title = `change ${n}`;
    const began = performance.now();
    await fetch(`${portal.webhookUrl}crm.deal.update?id=1&fields[TITLE]=${encodeURIComponent(title)}`);
    await until("SELECT FROM crm.deals WHERE id = 1 AND title = $1", title);
    times.push(performance.now() - began);
  }
  return times;
}
