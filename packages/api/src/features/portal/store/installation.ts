import type { Queryable } from "./queryable.ts";

/** The application's part of a row of b24kit.portal_portals; `oauth` is sealed. */
export interface InstallationRow {
  readonly portalId: number;
  readonly memberId: string;
  readonly oauth: string;
  readonly state: "live" | "dead";
  readonly clientId: string;
  readonly appCode: string;
  /** `https://<portal>/rest/` */
  readonly endpoint: string;
  readonly serverEndpoint: string;
  readonly scopes: readonly string[];
  readonly installedAt: Date;
}

const columns = `id AS "portalId", member_id AS "memberId", oauth, oauth_state AS state, client_id AS "clientId",
  app_code AS "appCode", endpoint, server_endpoint AS "serverEndpoint", scopes, installed_at AS "installedAt"`;

export async function selectInstallation(db: Queryable, portalId: number): Promise<InstallationRow | null> {
  const { rows } = await db.query<InstallationRow>(
    `SELECT ${columns} FROM b24kit.portal_portals WHERE id = $1 AND oauth IS NOT NULL`,
    [portalId],
  );
  return rows[0] ?? null;
}

/** The installation on the portal with this number at its auth server. */
export async function selectInstallationOf(db: Queryable, memberId: string): Promise<InstallationRow | null> {
  const { rows } = await db.query<InstallationRow>(
    `SELECT ${columns} FROM b24kit.portal_portals WHERE member_id = $1 AND oauth IS NOT NULL`,
    [memberId],
  );
  return rows[0] ?? null;
}

export async function selectInstallations(db: Queryable): Promise<InstallationRow[]> {
  const { rows } = await db.query<InstallationRow>(
    `SELECT ${columns} FROM b24kit.portal_portals WHERE oauth IS NOT NULL ORDER BY id`,
  );
  return rows;
}

/** Keeps renewed tokens, unless another installation has brought others meanwhile. Returns whether it did. */
export async function updateTokens(
  db: Queryable,
  portalId: number,
  before: string,
  oauth: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    "UPDATE b24kit.portal_portals SET oauth = $3, oauth_renewed_at = now() WHERE id = $1 AND oauth = $2",
    [portalId, before, oauth],
  );
  return rowCount === 1;
}

/** The refresh token is worth nothing: from now on the portal waits for a person. */
export async function markDead(
  db: Queryable,
  portalId: number,
  oauth: string,
  detail: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE b24kit.portal_portals SET oauth_state = 'dead', state = 'reauthorise', checked_at = now(),
       error_code = 'portal_token_expired', error_detail = $3
     WHERE id = $1 AND oauth = $2 AND oauth_state = 'live'`,
    [portalId, oauth, detail],
  );
  return rowCount === 1;
}

export async function selectPortalIdOf(db: Queryable, memberId: string): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    "SELECT id FROM b24kit.portal_portals WHERE member_id = $1",
    [memberId],
  );
  return rows[0]?.id ?? null;
}

/** Takes a host's name from a portal that does not live there any more. */
export async function clearHost(db: Queryable, portalId: number): Promise<void> {
  await db.query("UPDATE b24kit.portal_portals SET host = 'former-' || id || '.' || host WHERE id = $1", [
    portalId,
  ]);
}

export interface InstallationValues {
  readonly portalId: number;
  readonly memberId: string;
  readonly host: string;
  readonly url: string;
  readonly endpoint: string;
  readonly serverEndpoint: string;
  readonly clientId: string;
  readonly appCode: string;
  readonly scopes: readonly string[];
  readonly oauth: string;
}

export async function updateInstallation(db: Queryable, values: InstallationValues): Promise<void> {
  const { portalId, memberId, host, url, endpoint, serverEndpoint, clientId, appCode, scopes, oauth } =
    values;
  await db.query(
    `UPDATE b24kit.portal_portals SET member_id = $2, host = $3, url = $4, endpoint = $5, server_endpoint = $6,
       client_id = $7, scopes = $8, oauth = $9, app_code = $10, oauth_state = 'live', oauth_renewed_at = now(), installed_at = now(),
       state = 'connected', error_code = NULL, error_detail = NULL, checked_at = now()
     WHERE id = $1`,
    [portalId, memberId, host, url, endpoint, serverEndpoint, clientId, scopes, oauth, appCode],
  );
}

/** The application is gone from the portal; a webhook beside it goes on opening it. */
export async function clearInstallation(db: Queryable, portalId: number, detail: string): Promise<void> {
  await db.query(
    `UPDATE b24kit.portal_portals SET oauth = NULL, oauth_state = NULL, oauth_renewed_at = NULL, scopes = '{}',
       state = CASE WHEN credential IS NULL THEN 'reauthorise' ELSE 'connected' END,
       error_code = CASE WHEN credential IS NULL THEN 'application_removed' END,
       error_detail = CASE WHEN credential IS NULL THEN $2 END
     WHERE id = $1`,
    [portalId, detail],
  );
}

/** A renamed portal; a host that another row has stays with it. */
export async function updateAddress(
  db: Queryable,
  portalId: number,
  from: string,
  to: string,
): Promise<void> {
  const { host } = new URL(to);
  await db.query(
    `UPDATE b24kit.portal_portals p SET url = $3,
       endpoint = CASE WHEN starts_with(endpoint, $2 || '/') THEN $3 || substr(endpoint, length($2) + 1) ELSE endpoint END,
       host = CASE WHEN EXISTS (SELECT 1 FROM b24kit.portal_portals o WHERE o.host = $4 AND o.id <> p.id) THEN host ELSE $4 END
     WHERE id = $1 AND url = $2`,
    [portalId, from, to, host],
  );
}
