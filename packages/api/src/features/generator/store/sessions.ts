import type { Owner } from "../deps.ts";
import type { Queryable } from "./queryable.ts";

/** Seconds after which a connection that no process has confirmed counts as gone. */
const TRUST_SECONDS = 10;

const run = "b24kit.generator_runs";

/** SQL: the tab of a run, or the one that is named, is connected to some process as the same person. */
export function present(
  session = `${run}.session`,
  portal = `${run}.portal_id`,
  person = `${run}.person`,
): string {
  return `EXISTS (SELECT FROM b24kit.generator_sessions s WHERE s.session = ${session} AND s.portal_id = ${portal}
    AND s.person = ${person} AND s.seen_at > now() - interval '${TRUST_SECONDS} seconds')`;
}

export async function insertSession(
  db: Queryable,
  connection: string,
  owner: Owner,
  session: string,
): Promise<void> {
  await db.query(
    "INSERT INTO b24kit.generator_sessions (connection, portal_id, person, session) VALUES ($1, $2, $3, $4)",
    [connection, owner.portalId, owner.person, session],
  );
}

export async function deleteSession(db: Queryable, connection: string): Promise<void> {
  await db.query("DELETE FROM b24kit.generator_sessions WHERE connection = $1", [connection]);
}

/** A process confirms the connections that it holds. */
export async function confirmSessions(db: Queryable, connections: readonly string[]): Promise<void> {
  await db.query("UPDATE b24kit.generator_sessions SET seen_at = now() WHERE connection = ANY($1)", [
    connections,
  ]);
}

/** Forgets what killed processes left. */
export async function deleteOldSessions(db: Queryable): Promise<void> {
  await db.query("DELETE FROM b24kit.generator_sessions WHERE seen_at < now() - interval '1 minute'");
}

export async function selectSessions(
  db: Queryable,
  owner: Owner,
): Promise<{ session: string; connectedAt: Date }[]> {
  const { rows } = await db.query<{ session: string; connectedAt: Date }>(
    `SELECT session, min(connected_at) AS "connectedAt" FROM b24kit.generator_sessions
     WHERE portal_id = $1 AND person = $2 AND seen_at > now() - interval '${TRUST_SECONDS} seconds'
     GROUP BY session ORDER BY 2`,
    [owner.portalId, owner.person],
  );
  return rows;
}
