import type { GivenEvent, KeptEvent } from "../keep-events.ts";
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

/**
 * Keeps events whose token is one of their portal's, each once, and answers in their order. A portal is known by its
 * number or, where only a webhook is there, by its host. Rows are made in the order of their keys: two processes that
 * keep the same do not stand crosswise.
 *
 * Portals tell the time in whole seconds: a second change of a record within one looks like a repetition of the first.
 * So what comes again loses its place in the order, and is read again by whoever had read it.
 */
export async function insertInboxEvents(
  db: Queryable,
  events: readonly GivenEvent[],
): Promise<readonly KeptEvent[]> {
  const of = <K extends keyof GivenEvent>(name: K) => events.map((event) => event[name]);
  const { rows } = await db.query<NonNullable<KeptEvent> & { n: number }>({
    name: "portal_inbox_insert",
    text: `WITH given AS (
        SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::int[], $8::float8[], $9::text[])
          WITH ORDINALITY AS g(member_id, host, token, key, event, entity_id, user_id, ts, data, n)
      ), known AS (
        SELECT DISTINCT ON (g.n) g.*, t.portal_id, t.kind FROM given g
        JOIN b24kit.portal_portals p ON p.member_id = g.member_id OR (p.member_id IS NULL AND p.host = g.host)
        JOIN b24kit.portal_event_tokens t ON t.portal_id = p.id AND t.hash = g.token
        ORDER BY g.n, t.portal_id
      ), kept AS (
        INSERT INTO b24kit.portal_inbox (portal_id, key, event, entity_id, user_id, happened_at, data)
        SELECT DISTINCT ON (key) portal_id, key, event, entity_id, user_id, to_timestamp(ts), data::jsonb FROM known ORDER BY key
        ON CONFLICT (key) DO UPDATE SET seq = NULL, received_at = now() WHERE portal_inbox.seq IS NOT NULL
      )
      SELECT n::int AS n, portal_id AS "portalId", kind FROM known`,
    values: [
      ...[of("memberId"), of("host"), of("token"), of("key"), of("event")],
      ...[of("entityId"), of("userId"), of("ts"), of("data")],
    ],
  });
  const kept = new Map(rows.map(({ n, ...row }) => [n - 1, row]));
  return events.map((_, n) => kept.get(n) ?? null);
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
