import type { Queryable } from "./queryable.ts";

/** An installation that is under way in a browser. */
export interface Attempt {
  readonly id: string;
  /** Origin of the portal. */
  readonly url: string;
  readonly clientId: string;
  readonly language: "ru" | "en";
}

/** Adds one, and forgets those that nobody can finish any more. */
export async function insertAttempt(db: Queryable, { id, url, clientId, language }: Attempt): Promise<void> {
  await db.query("DELETE FROM b24kit.portal_attempts WHERE created_at < now() - interval '1 hour'");
  await db.query(
    "INSERT INTO b24kit.portal_attempts (id, url, client_id, language) VALUES ($1, $2, $3, $4)",
    [id, url, clientId, language],
  );
}

/** Takes one that is not older than ten minutes: it can be taken once. */
export async function takeAttempt(db: Queryable, id: string): Promise<Attempt | null> {
  const { rows } = await db.query<Attempt & { fresh: boolean }>(
    `DELETE FROM b24kit.portal_attempts WHERE id = $1
     RETURNING id, url, client_id AS "clientId", language, created_at > now() - interval '10 minutes' AS fresh`,
    [id],
  );
  const [attempt] = rows;
  return attempt?.fresh ? attempt : null;
}
