import type { Queryable } from "./queryable.ts";

/** Something that happened in a portal. */
export interface InboxEvent {
  /** Grows over all portals; where it is seen, everything before it is visible too. */
  readonly seq: number;
  readonly portalId: number;
  /** In capitals: `ONCRMDEALADD`. */
  readonly event: string;
  /** Id of the record that it is about; most events carry nothing else. */
  readonly entityId: string | null;
  /** Who acted, where somebody did. */
  readonly userId: number | null;
  /** By the portal's clock. */
  readonly happenedAt: Date | null;
  /** `data` of the event, as it came. */
  readonly data: unknown;
  readonly receivedAt: Date;
}

export interface InboxValues {
  readonly portalId: number;
  readonly key: Buffer;
  readonly event: string;
  readonly entityId: string | null;
  readonly userId: number | null;
  /** Unix time. */
  readonly ts: number | null;
  readonly data: unknown;
}

/** Keeps an event; false where it is there already. */
export async function insertInboxEvent(db: Queryable, values: InboxValues): Promise<boolean> {
  const { portalId, key, event, entityId, userId, ts, data } = values;
  const { rowCount } = await db.query({
    name: "portal_inbox_insert",
    text: `INSERT INTO b24kit.portal_inbox (portal_id, key, event, entity_id, user_id, happened_at, data)
      VALUES ($1, $2, $3, $4, $5, to_timestamp($6), $7) ON CONFLICT (key) DO NOTHING`,
    values: [portalId, key, event, entityId, userId, ts, JSON.stringify(data)],
  });
  return rowCount === 1;
}

/** Orders what has committed. */
export async function orderInbox(db: Queryable): Promise<void> {
  await db.query("SELECT b24kit.portal_inbox_order()");
}

/** Events behind `after`, in order. */
export async function selectInbox(db: Queryable, after: number, limit: number): Promise<InboxEvent[]> {
  const { rows } = await db.query<Omit<InboxEvent, "seq"> & { seq: string }>(
    `SELECT seq, portal_id AS "portalId", event, entity_id AS "entityId", user_id AS "userId",
       happened_at AS "happenedAt", data, received_at AS "receivedAt"
     FROM b24kit.portal_inbox WHERE seq > $1 ORDER BY seq LIMIT $2`,
    [after, limit],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** How far a reader has come; a new one begins with whatever is still kept. */
export async function selectCursor(db: Queryable, consumer: string): Promise<number> {
  const { rows } = await db.query<{ seq: string }>(
    `INSERT INTO b24kit.portal_inbox_cursors (consumer, seq) VALUES ($1, 0)
     ON CONFLICT (consumer) DO UPDATE SET seq = portal_inbox_cursors.seq RETURNING seq`,
    [consumer],
  );
  return Number(rows[0]!.seq);
}

/** Never goes back: of two processes that read the same, the slower one changes nothing. */
export async function updateCursor(db: Queryable, consumer: string, seq: number): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.portal_inbox_cursors (consumer, seq) VALUES ($1, $2)
     ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq, moved_at = now() WHERE portal_inbox_cursors.seq < excluded.seq`,
    [consumer, seq],
  );
}

/** Forgets what every reader has read and no portal can send again; returns how many went. */
export async function trimInbox(db: Queryable, olderThanDays: number): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM b24kit.portal_inbox WHERE received_at < now() - make_interval(days => $1)
       AND seq <= coalesce((SELECT min(seq) FROM b24kit.portal_inbox_cursors), 9223372036854775807)`,
    [olderThanDays],
  );
  return rowCount ?? 0;
}
