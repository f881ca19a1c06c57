import type { Subscription, SubscriptionEvent } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

type DateFields = "createdAt" | "lastDeliveredAt" | "failingSince";
type EndpointRow = Omit<Subscription, DateFields> & { createdAt: Date } & Record<
    "lastDeliveredAt" | "failingSince",
    Date | null
  >;

const columns = `e.id, e.url, e.events, e.created_at AS "createdAt", e.disabled_reason IS NULL AS enabled,
  e.disabled_reason AS "disabledReason", e.last_delivered_at AS "lastDeliveredAt", e.failing_since AS "failingSince",
  (SELECT count(*)::int FROM b24kit.subscriptions_messages m WHERE m.endpoint_id = e.id AND m.state = 'pending') AS pending`;

const toSubscription = (row: EndpointRow): Subscription => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
  failingSince: row.failingSince?.toISOString() ?? null,
});

export async function selectEndpoints(db: Queryable, portalId: number): Promise<Subscription[]> {
  const { rows } = await db.query<EndpointRow>(
    `SELECT ${columns} FROM b24kit.subscriptions_endpoints e WHERE portal_id = $1 ORDER BY id`,
    [portalId],
  );
  return rows.map(toSubscription);
}

export async function selectEndpoint(
  db: Queryable,
  portalId: number,
  id: number,
): Promise<Subscription | null> {
  const { rows } = await db.query<EndpointRow>(
    `SELECT ${columns} FROM b24kit.subscriptions_endpoints e WHERE portal_id = $1 AND id = $2`,
    [portalId, id],
  );
  return rows[0] ? toSubscription(rows[0]) : null;
}

/** The id comes first: secrets are sealed for the row they lie in. */
export async function nextEndpointId(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    "SELECT nextval(pg_get_serial_sequence('b24kit.subscriptions_endpoints', 'id'))::int AS id",
  );
  return rows[0]!.id;
}

export async function insertEndpoint(
  db: Queryable,
  endpoint: {
    id: number;
    portalId: number;
    url: string;
    events: readonly SubscriptionEvent[];
    secret: string;
    createdBy: string;
  },
): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.subscriptions_endpoints (id, portal_id, url, events, secret, created_by)
     OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6)`,
    [endpoint.id, endpoint.portalId, endpoint.url, endpoint.events, endpoint.secret, endpoint.createdBy],
  );
}

/** Null leaves what is there. Switched on again, it begins anew, and what waited is sent at once. */
export async function updateEndpoint(
  db: Queryable,
  portalId: number,
  id: number,
  change: { enabled: boolean | null; events: readonly SubscriptionEvent[] | null },
): Promise<void> {
  await db.query(
    `WITH changed AS (
       UPDATE b24kit.subscriptions_endpoints SET events = coalesce($4::text[], events),
         disabled_reason = CASE $3::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_reason, 'person') ELSE disabled_reason END,
         failures = CASE WHEN $3::boolean THEN 0 ELSE failures END, failing_since = CASE WHEN $3::boolean THEN NULL ELSE failing_since END
       WHERE portal_id = $1 AND id = $2 RETURNING id)
     UPDATE b24kit.subscriptions_messages m SET next_attempt_at = now() FROM changed
     WHERE $3::boolean AND m.endpoint_id = changed.id AND m.state = 'pending'`,
    [portalId, id, change.enabled, change.events],
  );
}

export async function deleteEndpoint(db: Queryable, portalId: number, id: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "DELETE FROM b24kit.subscriptions_endpoints WHERE portal_id = $1 AND id = $2",
    [portalId, id],
  );
  return rowCount === 1;
}

export async function noteArrival(db: Queryable, id: number): Promise<void> {
  await db.query(
    "UPDATE b24kit.subscriptions_endpoints SET failures = 0, failing_since = NULL, last_delivered_at = now() WHERE id = $1",
    [id],
  );
}

/** Counts the failure and switches the address off where it is gone, or nothing has arrived for long. */
export async function noteFailure(
  db: Queryable,
  id: number,
  { gone, giveUp }: { gone: boolean; giveUp: { failures: number; hours: number } },
): Promise<void> {
  await db.query(
    `UPDATE b24kit.subscriptions_endpoints SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
       disabled_reason = CASE WHEN disabled_reason IS NOT NULL THEN disabled_reason WHEN $2::boolean THEN 'gone'
         WHEN failures + 1 >= $3 AND failing_since < now() - make_interval(hours => $4) THEN 'failures' END
     WHERE id = $1`,
    [id, gone, giveUp.failures, giveUp.hours],
  );
}

export async function selectSecrets(db: Queryable): Promise<{ id: number; secret: string }[]> {
  const { rows } = await db.query<{ id: number; secret: string }>(
    "SELECT id, secret FROM b24kit.subscriptions_endpoints ORDER BY id",
  );
  return rows;
}

export async function updateSecret(db: Queryable, id: number, secret: string): Promise<void> {
  await db.query("UPDATE b24kit.subscriptions_endpoints SET secret = $2 WHERE id = $1", [id, secret]);
}
