import { hashSecret } from "../../../platform/auth/secret-equal.ts";
import type { Queryable } from "./queryable.ts";

/** The application's token of a portal; another installation brings another one. */
export async function updateApplicationToken(db: Queryable, portalId: number, token: string): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.portal_event_tokens (portal_id, kind, hash) VALUES ($1, 'application', $2)
     ON CONFLICT (portal_id) WHERE kind = 'application' DO UPDATE SET hash = excluded.hash, created_at = now()`,
    [portalId, hashSecret(token)],
  );
}

export async function hasApplicationToken(db: Queryable, portalId: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "SELECT 1 FROM b24kit.portal_event_tokens WHERE portal_id = $1 AND kind = 'application'",
    [portalId],
  );
  return rowCount === 1;
}

/** The token of an outgoing webhook that somebody made in the portal by hand. */
export async function insertWebhookToken(db: Queryable, portalId: number, token: string): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.portal_event_tokens (portal_id, kind, hash) VALUES ($1, 'webhook', $2) ON CONFLICT DO NOTHING`,
    [portalId, hashSecret(token)],
  );
}

export async function deleteApplicationToken(db: Queryable, portalId: number): Promise<void> {
  await db.query("DELETE FROM b24kit.portal_event_tokens WHERE portal_id = $1 AND kind = 'application'", [
    portalId,
  ]);
}
