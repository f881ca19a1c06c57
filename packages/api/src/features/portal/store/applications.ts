import type { Queryable } from "./queryable.ts";

/** A row of b24kit.portal_applications; `clientSecret` is sealed. */
export interface ApplicationRow {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly host: string;
  readonly url: string;
}

const columns = `client_id AS "clientId", client_secret AS "clientSecret", host, url`;

export async function selectApplication(db: Queryable, clientId: string): Promise<ApplicationRow | null> {
  const { rows } = await db.query<ApplicationRow>(
    `SELECT ${columns} FROM b24kit.portal_applications WHERE client_id = $1`,
    [clientId],
  );
  return rows[0] ?? null;
}

export async function selectApplications(db: Queryable): Promise<ApplicationRow[]> {
  const { rows } = await db.query<ApplicationRow>(
    `SELECT ${columns} FROM b24kit.portal_applications ORDER BY host`,
  );
  return rows;
}

/** One application a portal: another one of the same host takes its place, and one of a renamed portal moves with it. */
export async function upsertApplication(db: Queryable, row: ApplicationRow): Promise<void> {
  await db.query("DELETE FROM b24kit.portal_applications WHERE client_id = $1 AND host <> $2", [
    row.clientId,
    row.host,
  ]);
  await db.query(
    `INSERT INTO b24kit.portal_applications (client_id, client_secret, host, url) VALUES ($1, $2, $3, $4)
     ON CONFLICT (host) DO UPDATE SET client_id = $1, client_secret = $2, url = $4`,
    [row.clientId, row.clientSecret, row.host, row.url],
  );
}

export async function deleteApplication(db: Queryable, host: string): Promise<boolean> {
  const { rowCount } = await db.query("DELETE FROM b24kit.portal_applications WHERE host = $1", [host]);
  return rowCount === 1;
}
