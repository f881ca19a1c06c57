import type { EventSource, SyncDeps } from "./deps.ts";
import { readTouch } from "./events.ts";
import { requestLook } from "./store/entity-state.ts";
import { type Touched, upsertTouched } from "./store/touched.ts";

/** Name of our place in the portals' events. */
export const CONSUMER = "sync";

const AT_ONCE = 5_000;

/** What was taken: whether records are to be read again, and whether fields are to be looked at. */
export interface Taken {
  readonly records: boolean;
  readonly fields: boolean;
}

/**
 * Notes what new events are about, and moves our place behind them in the same transaction. Nothing is asked of a
 * portal here. Two processes may do it at once: what is noted twice is noted once.
 */
export async function takeEvents({ db }: Pick<SyncDeps, "db">, source: EventSource): Promise<Taken> {
  let taken: Taken = { records: false, fields: false };
  for (;;) {
    const events = await source.read(CONSUMER, null, AT_ONCE);
    const last = events.at(-1);
    if (last === undefined) return taken;
    const records = new Map<string, Touched>();
    const fields = new Map<string, Pick<Touched, "portalId" | "entity">>();
    for (const event of events) {
      const touch = readTouch(event);
      if (touch === null) continue;
      const { portalId, seq } = event;
      const { entity } = touch;
      if (touch.what === "fields") fields.set(`${portalId} ${entity}`, { portalId, entity });
      else records.set(`${portalId} ${entity} ${touch.id}`, { portalId, entity, id: touch.id, seq });
    }
    await db.transaction(async (tx) => {
      await upsertTouched(tx, [...records.values()]);
      for (const { portalId, entity } of fields.values()) await requestLook(tx, portalId, entity);
      await source.advance(CONSUMER, last.seq, tx);
    });
    taken = { records: taken.records || records.size > 0, fields: taken.fields || fields.size > 0 };
    if (events.length < AT_ONCE) return taken;
  }
}
