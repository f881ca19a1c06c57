import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { randomSql } from "./test/random-sql.ts";

const RUNS = 250;
const FEWEST_ACCEPTED = 40;

describe("whatever the guard accepts", () => {
  let rig: ChartRig;
  before(async () => {
    rig = await openChartRig({ counts: { deals: 60, contacts: 10, companies: 5, leads: 20 } });
    await rig.sync.stop();
    // Idle backends tell of their writes ten seconds late, ending ones at once.
    await rig.asAdmin(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    for (let left = rig.db.pool.totalCount; left > 0; left--)
      await rig.db.pool.query("SELECT").catch(() => {});
  });
  after(() => rig.close());

  /** Rows that were ever written into the mirror, large objects, advisory locks of charts. */
  async function written(): Promise<string> {
    const [row] = await rig.asAdmin<{ inserted: number; there: number }>(
      `SELECT sum(n_tup_ins)::int AS inserted, sum(n_tup_upd)::int AS updated, sum(n_tup_del)::int AS deleted,
         sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', schemaname, relname), true, true, '')))[1]::text::int)::int AS there,
         (SELECT count(*)::int FROM pg_largeobject_metadata) AS objects,
         (SELECT count(*)::int FROM pg_locks JOIN pg_stat_activity USING (pid)
          WHERE locktype = 'advisory' AND application_name = 'b24kit charts') AS locks
       FROM pg_stat_user_tables WHERE schemaname = 'crm'`,
    );
    // Backends tell of their writes with a delay; until then the mirror's own are not all counted.
    return row!.inserted < row!.there ? written() : JSON.stringify(row);
  }

  async function settings(): Promise<unknown> {
    const { pool } = await rig.charts.access(rig.portalId);
    return (await pool.query("SHOW ALL")).rows;
  }

  it("leaves the database and its session as they were", async () => {
    const { catalogue } = await rig.charts.catalogue(rig.portalId);
    const [before, asBefore] = [await written(), await settings()];
    let accepted = 0;
    let answered = 0;
    const property = fc.asyncProperty(randomSql(catalogue), async (text) => {
      const verdict = await rig.charts.check(rig.portalId, text, { pii: true, filtered: false });
      if (!verdict.ok) return;
      accepted += 1;
      try {
        const { body, finished } = await rig.charts.runSql(rig.portalId, verdict, {
          maxRows: 5,
          timeoutMs: 1_000,
        });
        await new Response(body).arrayBuffer();
        answered += (await finished).outcome === "completed" ? 1 : 0;
      } catch {
        // Types that do not fit are the database's to refuse: what counts is what is left behind.
      }
      assert.doesNotMatch(
        text,
        /\b(pg_|set_config|txid|lo_creat|nextval|repeat\(|query_to_xml|FOR UPDATE)|;/,
      );
    });
    await fc.assert(property, { numRuns: RUNS, seed: 42 });
    assert.ok(
      accepted >= FEWEST_ACCEPTED && answered >= FEWEST_ACCEPTED / 2,
      `${accepted} accepted, ${answered} answered`,
    );
    assert.deepEqual(await settings(), asBefore);
    // A backend that ends has told of everything that it did.
    await rig.charts.stop();
    assert.equal(await written(), before);
  });
});
