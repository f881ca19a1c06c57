import type { ErrorCode } from "@b24kit/client/contract";
import type { PortalState } from "./states.ts";
import type { Queryable } from "./store/queryable.ts";

/** A row of b24kit.portal_portals; `credential` and `oauth` are sealed. */
export interface PortalRow {
  readonly id: number;
  readonly host: string;
  readonly url: string;
  readonly schema: string;
  /** The webhook, where there is one. */
  readonly credential: string | null;
  /** The tokens of an installed application, where there is one. */
  readonly oauth: string | null;
  readonly oauthState: "live" | "dead" | null;
  readonly memberId: string | null;
  readonly clientId: string | null;
  readonly endpoint: string | null;
  readonly scopes: readonly string[];
  readonly state: PortalState;
  readonly errorCode: ErrorCode | null;
  readonly errorDetail: string | null;
}

export interface PortalFailure {
  readonly code: ErrorCode;
  readonly detail: string;
}

const columns = `id, host, url, schema_name AS schema, credential, oauth, oauth_state AS "oauthState",
  member_id AS "memberId", client_id AS "clientId", endpoint, scopes,
  state, error_code AS "errorCode", error_detail AS "errorDetail"`;

export async function selectPortals(db: Queryable): Promise<PortalRow[]> {
  const { rows } = await db.query<PortalRow>(`SELECT ${columns} FROM b24kit.portal_portals ORDER BY id`);
  return rows;
}

export async function selectPortal(db: Queryable, id: number): Promise<PortalRow | null> {
  const { rows } = await db.query<PortalRow>(`SELECT ${columns} FROM b24kit.portal_portals WHERE id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** Also keeps every other registration waiting until the transaction ends: a host gets one row. */
export async function lockPortalByHost(db: Queryable, host: string): Promise<PortalRow | null> {
  await db.query("SELECT value FROM b24kit.portal_last_number FOR UPDATE");
  const { rows } = await db.query<PortalRow>(`SELECT ${columns} FROM b24kit.portal_portals WHERE host = $1`, [
    host,
  ]);
  return rows[0] ?? null;
}

/** A number that no portal ever had. */
export async function takePortalNumber(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ value: number }>(
    "UPDATE b24kit.portal_last_number SET value = value + 1 RETURNING value",
  );
  return rows[0]!.value;
}

export async function insertPortal(
  db: Queryable,
  portal: { id: number; host: string; url: string; schema: string; credential: string | null },
): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.portal_portals (id, host, url, schema_name, credential, state) VALUES ($1, $2, $3, $4, $5, 'connected')`,
    [portal.id, portal.host, portal.url, portal.schema, portal.credential],
  );
}

export async function updateCredential(
  db: Queryable,
  id: number,
  url: string,
  credential: string,
): Promise<void> {
  await db.query("UPDATE b24kit.portal_portals SET url = $2, credential = $3 WHERE id = $1", [
    id,
    url,
    credential,
  ]);
}

/**
 * Writes only where something changed, since every finished run reports. A portal that waits for a person goes on
 * waiting until its application is installed again, whatever else succeeds. Returns whether something changed.
 */
export async function updateState(
  db: Queryable,
  id: number,
  state: PortalState,
  failure: PortalFailure | null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE b24kit.portal_portals SET state = $2, error_code = $3, error_detail = $4, checked_at = now()
     WHERE id = $1 AND oauth_state IS DISTINCT FROM 'dead' AND (state, error_code, error_detail) IS DISTINCT FROM ($2, $3, $4)`,
    [id, state, failure?.code ?? null, failure?.detail ?? null],
  );
  return rowCount === 1;
}
