import type pg from "pg";
import { ATTACKS, type Attack } from "./attacks.ts";

/** What was tried, and what came of it. */
export interface Attempt {
  readonly name: string;
  readonly outcome: "refused" | "worked";
  /** What closes it. */
  readonly remedy: string;
}

/**
 * Tries on the database what a hostile statement would, as the chart login and without the guard: to write, to read
 * elsewhere, to become somebody else. Everything is rolled back.
 * @throws Error where the login cannot even read its views: then nothing was proven
 */
export async function attackOwnSetup(pool: pg.Pool, schema: string): Promise<Attempt[]> {
  const client = await pool.connect();
  try {
    await client.query(`SELECT id FROM ${schema}.deals LIMIT 1`);
    const attempts: Attempt[] = [];
    for (const attack of ATTACKS) {
      const outcome = (await works(client, attack, schema)) ? "worked" : "refused";
      attempts.push({ name: attack.name, outcome, remedy: attack.remedy });
    }
    return attempts;
  } finally {
    // Whatever a session was told meanwhile, nobody inherits it.
    client.release(true);
  }
}

/** An attack works if its statements pass, or where it asks something, if the answer has a row. */
async function works(client: pg.PoolClient, { statements, asks }: Attack, schema: string): Promise<boolean> {
  await client.query("BEGIN");
  try {
    let rows = 0;
    for (const statement of statements) {
      rows =
        (await client.query(statement, asks && statement === statements.at(-1) ? [schema] : undefined))
          .rowCount ?? 0;
    }
    return asks ? rows > 0 : true;
  } catch (error) {
    // A server that cannot answer proves nothing.
    if (!/^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? "")) throw error;
    return false;
  } finally {
    await client.query("ROLLBACK");
  }
}
