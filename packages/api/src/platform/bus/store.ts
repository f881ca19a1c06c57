import type pg from "pg";

/** Anything that runs a statement: the pool, or the client of a caller's transaction. */
export type Queryable = Pick<pg.Pool | pg.PoolClient | pg.Client, "query">;

/** Something that happened. `seq` grows over all topics; where it is seen, everything before it is visible too. */
export interface BusEvent {
  readonly seq: number;
  readonly topic: string;
  /** Null where the event belongs to no portal. */
  readonly portalId: number | null;
  readonly data: unknown;
}

type Row = { seq: string; topic: string; portal_id: number | null; data: unknown };

const columns = "seq, topic, portal_id, data";
const toEvent = (row: Row): BusEvent => ({
  seq: Number(row.seq),
  topic: row.topic,
  portalId: row.portal_id,
  data: row.data,
});

export async function insertEvent(
  q: Queryable,
  topic: string,
  portalId: number | null,
  data: unknown,
): Promise<void> {
  const text = "INSERT INTO b24kit.bus_events (topic, portal_id, data) VALUES ($1, $2, $3)";
  await q.query(text, [topic, portalId, JSON.stringify(data)]);
}

/** Orders what has committed and returns the head: the `seq` of the newest event. */
export async function orderEvents(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ head: string }>("SELECT b24kit.bus_order() AS head");
  return Number(rows[0]!.head);
}

/** Events behind `after`, in order. */
export async function readEvents(q: Queryable, after: number, limit: number): Promise<BusEvent[]> {
  const text = `SELECT ${columns} FROM b24kit.bus_events WHERE seq > $1 ORDER BY seq LIMIT $2`;
  return (await q.query<Row>(text, [after, limit])).rows.map(toEvent);
}

/** One topic's events of one portal behind `after` up to `head`, in order. */
export async function readTopic(
  q: Queryable,
  topic: string,
  portalId: number | null,
  range: { after: number; head: number; limit: number },
): Promise<BusEvent[]> {
  const text = `SELECT ${columns} FROM b24kit.bus_events
    WHERE seq > $3 AND seq <= $4 AND topic = $1 AND portal_id IS NOT DISTINCT FROM $2 ORDER BY seq LIMIT $5`;
  return (await q.query<Row>(text, [topic, portalId, range.after, range.head, range.limit])).rows.map(
    toEvent,
  );
}

/** Every event with a `seq` above this one is still stored. */
export async function readTrimmedTo(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ trimmed_to: string }>("SELECT trimmed_to FROM b24kit.bus_head");
  return Number(rows[0]!.trimmed_to);
}

/** Deletes events older than the given age; returns how many went. */
export async function trimEvents(q: Queryable, olderThanSeconds: number): Promise<number> {
  const text = `WITH gone AS (
      DELETE FROM b24kit.bus_events WHERE seq IS NOT NULL AND seq <= (
        SELECT max(seq) FROM b24kit.bus_events WHERE seq IS NOT NULL AND at < now() - make_interval(secs => $1))
      RETURNING seq),
    noted AS (UPDATE b24kit.bus_head SET trimmed_to = greatest(trimmed_to, (SELECT max(seq) FROM gone))
      WHERE EXISTS (SELECT 1 FROM gone))
    SELECT count(*) AS n FROM gone`;
  const { rows } = await q.query<{ n: string }>(text, [olderThanSeconds]);
  return Number(rows[0]!.n);
}
