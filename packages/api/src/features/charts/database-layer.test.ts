import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type pg from "pg";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { jsonEncoding } from "../../platform/arrow/json-encoder.ts";
import { streamQuery } from "../../platform/arrow/stream-query.ts";
import { readStatements } from "./test/corpus.ts";

/** Planted wherever no chart view looks; an answer that holds it was read elsewhere. */
const CANARY = "canary-7c1f";
const READERS = 6;
/** Shorter than the product's, so that the test ends soon. */
const LIMIT_MS = 1_000;

describe("the database alone, without the guard", () => {
  let rig: ChartRig;
  /** Pools of one connection each, so that what a statement does to its session is met by the next. */
  const readers: pg.Pool[] = [];
  before(async () => {
    rig = await openChartRig({ counts: { deals: 300, contacts: 40, companies: 20, leads: 60 } });
    await plantCanaries();
    await rig.charts.access(rig.portalId);
    for (let i = 0; i < READERS; i++) readers.push(await rig.readerPool());
  });
  after(async () => {
    await Promise.all(readers.map((reader) => reader.end()));
    await rig.close();
  });

  async function plantCanaries(): Promise<void> {
    await rig.asAdmin(`UPDATE crm.deals SET comments = '${CANARY}'`);
    await rig.asAdmin(`UPDATE crm.deals SET title = '${CANARY}', _deleted_at = now() WHERE id % 10 = 0`);
    await rig.asAdmin(
      `INSERT INTO b24kit.sync_logs (portal_id, entity, level, code) VALUES (${rig.portalId}, 'deal', 'info', '${CANARY}')`,
    );
    await rig.asAdmin(`CREATE TABLE public.secrets AS SELECT '${CANARY}'::text AS secret`);
    await rig.asAdmin(
      `CREATE SCHEMA crm_2_chart; CREATE TABLE crm_2_chart.deals AS SELECT 1 AS id, '${CANARY}'::text AS title`,
    );
  }

  /** As the product sends it, with the same limits, but with neither guard nor gate in front of the database. */
  async function attack(pool: pg.Pool, text: string): Promise<{ answer: string; ms: number }> {
    const began = performance.now();
    const limits = { statementTimeoutMs: LIMIT_MS, maxRows: 1_000 };
    const answer = await streamQuery(pool, { text, limits, encoding: jsonEncoding() })
      .then(({ body }) => new Response(body).text())
      .catch(
        ({ code, cause }: { code?: string; cause?: { sqlState?: string } }) => `${cause?.sqlState ?? code}`,
      );
    return { answer, ms: performance.now() - began };
  }

  /** Everything that a statement might leave behind, in one text. */
  async function traces(): Promise<string> {
    const rows = await rig.asAdmin(
      `SELECT (SELECT count(*) FROM pg_class) AS relations, (SELECT count(*) FROM pg_proc) AS functions,
         (SELECT jsonb_agg(rolname ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'b24kit_chart_%' AND rolsuper) AS supers,
         (SELECT count(*) FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles r JOIN b24kit.charts_roles c ON c.role = r.rolname)) AS memberships,
         (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
         (SELECT setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole JOIN b24kit.charts_roles c ON c.role = r.rolname) AS settings,
         (SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'b24kit charts' AND locktype = 'advisory') AS locks`,
    );
    const tables = await rig.asAdmin<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('crm', 'public', 'crm_2_chart') ORDER BY 1`,
    );
    // What is in them, and which transaction wrote it. Counters of writes come later than the writes themselves.
    const contents = tables.map(
      ({ name }) =>
        `SELECT '${name}' AS name, md5(string_agg(xmin::text || t, '|' ORDER BY t::text)) AS rows FROM ${name} t`,
    );
    return JSON.stringify([rows[0], await rig.asAdmin(contents.join(" UNION ALL "))]);
  }

  it("gives nothing away, stays as it is, and stops in time", async () => {
    const statements = readStatements("hostile.sql");
    const before = await traces();
    const pids = await Promise.all(readers.map(backendOf));
    const waiting = [...statements];
    const slow: string[] = [];
    await Promise.all(
      readers.map(async (reader) => {
        for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
          const { answer, ms } = await attack(reader, text);
          assert.ok(!answer.includes(CANARY), `${text} gave away ${answer.slice(0, 200)}`);
          if (ms > LIMIT_MS * 30) slow.push(`${text}: ${Math.round(ms)} ms`);
        }
      }),
    );
    assert.deepEqual(slow, []);
    assert.equal(await traces(), before);
    for (const pid of pids) assert.ok(peakMegabytes(pid) < 600, `${peakMegabytes(pid)} MB`);
  });

  it("keeps the catalogue, other schemas and every write to itself", async () => {
    const [reader] = readers;
    for (const text of [
      "SELECT * FROM pg_catalog.pg_class",
      "SELECT * FROM pg_catalog.pg_settings",
      "SELECT * FROM information_schema.columns",
      "SELECT * FROM crm.deals",
      "SELECT * FROM b24kit.portal_portals",
      "SELECT * FROM public.secrets",
      "SELECT * FROM crm_2_chart.deals",
      "SELECT set_config('role', 'none', false)",
      "SELECT pg_sleep(1)",
      "SELECT repeat('x', 10)",
      "SELECT lo_creat(-1)",
      "CREATE TEMP TABLE x (i int)",
      "CREATE TABLE crm_chart.x (i int)",
      "DELETE FROM crm_chart.deals",
      "SET ROLE b24kit",
      "SET SESSION AUTHORIZATION b24kit",
      "SET temp_file_limit = -1",
    ])
      assert.match((await attack(reader!, text)).answer, /^(42501|25006|55000|0A000)$/, text);
  });

  it("bounds time by the login's own settings, and files of sorting", async () => {
    const [reader] = readers;
    const { rows } = await reader!.query("SHOW statement_timeout");
    assert.deepEqual(rows, [{ statement_timeout: "5s" }]);
    const pairs = "deals a, deals b, deals c, deals d";
    assert.equal((await attack(reader!, `SELECT count(*) FROM ${pairs}`)).answer, "57014");
    const sorted = `SELECT count(DISTINCT a.title || b.title || c.title || a.id || b.id) FROM deals a, deals b, deals c`;
    await assert.rejects(reader!.query(`SET statement_timeout = '300s'; ${sorted}`), { code: "53400" });
  });
});

async function backendOf(pool: pg.Pool): Promise<number> {
  return (await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]!.pid;
}

/** The most memory of its own that a backend has had; 0 where the system does not tell. */
function peakMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
