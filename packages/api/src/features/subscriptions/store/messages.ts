import type { Delivery, ErrorCode } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** A message that this process may send now. */
export interface Claimed {
  readonly id: string;
  readonly endpointId: number;
  readonly url: string;
  readonly secret: string;
  readonly event: string;
  readonly body: string;
  /** This one included. Nobody else has the same number. */
  readonly attempts: number;
}

/** A row for each address that wants to know, in the transaction of what is told. Answers how many. */
export async function insertMessages(
  db: Queryable,
  message: { portalId: number; event: string; body: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `INSERT INTO b24kit.subscriptions_messages (id, endpoint_id, event, body)
     SELECT 'msg_' || replace(gen_random_uuid()::text, '-', ''), id, $2, $3 FROM b24kit.subscriptions_endpoints
     WHERE portal_id = $1 AND $2 = ANY (events) AND disabled_reason IS NULL`,
    [message.portalId, message.event, message.body],
  );
  return rowCount ?? 0;
}

/** A message that is sent once, by whoever makes it: others see it as taken. */
export async function insertTest(
  db: Queryable,
  endpointId: number,
  message: { event: string; body: string; leaseSeconds: number },
): Promise<Claimed> {
  const { rows } = await db.query<Claimed>(
    `WITH made AS (
       INSERT INTO b24kit.subscriptions_messages (id, endpoint_id, event, body, attempts, next_attempt_at)
       VALUES ('msg_' || replace(gen_random_uuid()::text, '-', ''), $1, $2, $3, 1, now() + make_interval(secs => $4)) RETURNING *)
     SELECT m.id, m.endpoint_id AS "endpointId", e.url, e.secret, m.event, m.body, m.attempts
     FROM made m JOIN b24kit.subscriptions_endpoints e ON e.id = m.endpoint_id`,
    [endpointId, message.event, message.body, message.leaseSeconds],
  );
  return rows[0]!;
}

/** Takes messages that are due. Whoever takes one and dies leaves it to others after the lease, under the same id. */
export async function claimDue(db: Queryable, limit: number, leaseSeconds: number): Promise<Claimed[]> {
  const { rows } = await db.query<Claimed>(
    `UPDATE b24kit.subscriptions_messages m SET attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
     FROM b24kit.subscriptions_endpoints e
     WHERE e.id = m.endpoint_id AND m.id IN (
       SELECT due.id FROM b24kit.subscriptions_messages due JOIN b24kit.subscriptions_endpoints o ON o.id = due.endpoint_id
       WHERE due.state = 'pending' AND due.next_attempt_at <= now() AND o.disabled_reason IS NULL
       ORDER BY due.next_attempt_at LIMIT $1 FOR UPDATE OF due SKIP LOCKED)
     RETURNING m.id, m.endpoint_id AS "endpointId", e.url, e.secret, m.event, m.body, m.attempts`,
    [limit, leaseSeconds],
  );
  return rows;
}

/** What an attempt came to; refused where somebody else has taken the message meanwhile. */
export async function recordAttempt(
  db: Queryable,
  { id, attempts }: Pick<Claimed, "id" | "attempts">,
  result: {
    state: Delivery["state"];
    pauseSeconds: number | null;
    status: number | null;
    error: { code: ErrorCode; detail: string } | null;
    milliseconds: number;
  },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE b24kit.subscriptions_messages SET state = $3, next_attempt_at = now() + make_interval(secs => $4), status = $5,
       error_code = $6, error_detail = $7, milliseconds = $8
     WHERE id = $1 AND attempts = $2 AND state = 'pending'`,
    [
      id,
      attempts,
      result.state,
      result.pauseSeconds,
      result.status,
      result.error?.code ?? null,
      result.error?.detail ?? null,
      Math.round(result.milliseconds),
    ],
  );
  return rowCount === 1;
}

interface DeliveryRow extends Omit<Delivery, "about" | "createdAt" | "nextAttemptAt" | "error"> {
  about: Omit<NonNullable<Delivery["about"]>, "entity"> & { entity: string | null };
  createdAt: Date;
  nextAttemptAt: Date | null;
  errorCode: ErrorCode | null;
  errorDetail: string | null;
}

export async function selectDeliveries(
  db: Queryable,
  endpointId: number,
  limit: number,
): Promise<Delivery[]> {
  const { rows } = await db.query<DeliveryRow>(
    `SELECT id, event, created_at AS "createdAt", state, attempts, next_attempt_at AS "nextAttemptAt", status,
       error_code AS "errorCode", error_detail AS "errorDetail", milliseconds,
       jsonb_build_object('entity', coalesce(data -> 'run' -> 'entity', data -> 'entity'), 'label', data -> 'label', 'run', data -> 'run' -> 'id') AS about
     FROM b24kit.subscriptions_messages, LATERAL (SELECT body::jsonb -> 'data' AS data) told WHERE endpoint_id = $1 ORDER BY created_at DESC, id LIMIT $2`,
    [endpointId, limit],
  );
  return rows.map(({ errorCode, errorDetail, about, ...row }) => ({
    ...row,
    about: about.entity === null ? null : { ...about, entity: about.entity },
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    error: errorCode === null ? null : { code: errorCode, detail: errorDetail ?? "" },
  }));
}

/** Forgets what ended, or began, long ago. */
export async function trimMessages(db: Queryable, days: number): Promise<void> {
  await db.query(
    "DELETE FROM b24kit.subscriptions_messages WHERE created_at < now() - make_interval(days => $1)",
    [days],
  );
}
