import type { Pool } from "pg";

/** Deals of realistic make: repeating stages, amounts with cents, two years of times. */
export async function makeTable(pool: Pool, rows: number): Promise<void> {
  await pool.query(`
    CREATE TABLE bench_deals (
      id bigint NOT NULL, stage_id text NOT NULL, opportunity numeric(18, 2),
      assigned_by_id integer NOT NULL, date_create timestamptz NOT NULL, closed boolean NOT NULL
    )`);
  await pool.query(
    `INSERT INTO bench_deals
     SELECT i, (ARRAY['NEW','PREPARATION','PREPAYMENT_INVOICE','EXECUTING','FINAL_INVOICE','WON','LOSE','APOLOGY'])[1 + i * 7 % 8],
       round((random() * 1000000)::numeric, 2), 1 + i % 82,
       timestamptz '2024-01-01' + random() * interval '730 days', i % 3 = 0
     FROM generate_series(1, $1::int) i`,
    [rows],
  );
  await pool.query("VACUUM ANALYZE bench_deals");
  // Else a scan may begin where the last one stood, and LIMIT would give each variant other rows.
  const { rows: databases } = await pool.query<{ name: string }>(
    "SELECT quote_ident(current_database()) AS name",
  );
  await pool.query(`ALTER DATABASE ${databases[0]!.name} SET synchronize_seqscans = off`);
}
