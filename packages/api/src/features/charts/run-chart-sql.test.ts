import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { FIELD_METADATA } from "@b24kit/client/contract";
import { tableFromIPC } from "apache-arrow";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { ChartRunOptions } from "./run-chart-sql.ts";
import { readStatements } from "./test/corpus.ts";

const reader = { pii: true, filtered: false };

describe("chart SQL", () => {
  let rig: ChartRig;
  before(async () => {
    rig = await openChartRig({ counts: { deals: 600, contacts: 80, companies: 40, leads: 300 } });
  });
  after(() => rig.close());

  async function accept(text: string) {
    const verdict = await rig.charts.check(rig.portalId, text, reader);
    assert.ok(verdict.ok, `${text}\n${JSON.stringify(verdict)}`);
    return verdict;
  }

  async function run(text: string, options: Partial<ChartRunOptions> = {}) {
    const result = await rig.charts.runSql(rig.portalId, await accept(text), { maxRows: 1_000, ...options });
    const table = tableFromIPC(await new Response(result.body).arrayBuffer());
    return { table, ...(await result.finished), estimate: result.estimate };
  }

  it("may be generated: the set-up withstood its attacks", async () => {
    const { lane, attempts } = await rig.charts.access(rig.portalId);
    assert.deepEqual(lane, { state: "on" });
    assert.ok(attempts.length >= 10 && attempts.every(({ outcome }) => outcome === "refused"));
  });

  it("answers every legitimate question, its columns called as the guard says", async () => {
    const statements = readStatements("legitimate.sql");
    assert.ok(statements.length >= 60);
    for (const text of statements) {
      const { names } = await accept(text);
      const { table, outcome } = await run(text).catch((error: unknown) =>
        assert.fail(`${text}\n${(error as Error).message} ${(error as Error).cause}`),
      );
      assert.equal(outcome, "completed", text);
      assert.deepEqual(
        table.schema.fields.map(({ name }) => name),
        names,
        text,
      );
    }
  });

  it("cuts at the limit and says so", async () => {
    const cut = await run("SELECT id FROM deals ORDER BY id", { maxRows: 599 });
    assert.deepEqual([cut.rows, cut.truncated], [599, true]);
    const whole = await run("SELECT id FROM deals ORDER BY id", { maxRows: 600 });
    assert.deepEqual([whole.rows, whole.truncated], [600, false]);
  });

  it("tells what its columns mean", async () => {
    const { table } = await run(
      `SELECT stage, currency, sum(amount) AS total, sum(amount_base) AS in_base, count(*) AS n, max(created) AS latest,
         round(100.0 * count(*) / 600, 1) AS share FROM deals GROUP BY stage, currency`,
    );
    const about = (name: string) => {
      const { metadata } = table.schema.fields.find((field) => field.name === name)!;
      return { kind: metadata.get(FIELD_METADATA.kind), unit: metadata.get(FIELD_METADATA.unit), metadata };
    };
    assert.equal(about("stage").kind, "stage");
    assert.equal(JSON.parse(about("stage").metadata.get(FIELD_METADATA.label)!).ru, "Стадия");
    assert.deepEqual([about("total").kind, about("total").unit], ["money", "{currency}"]);
    assert.deepEqual([about("in_base").kind, about("in_base").unit], ["money", "RUB"]);
    assert.deepEqual(
      ["n", "latest", "share"].map((name) => about(name).kind),
      ["count", "datetime", "number"],
    );
    assert.equal(JSON.parse(about("in_base").metadata.get(FIELD_METADATA.label)!).en, "In base");
  });

  it("counts days where the reader is", async () => {
    const text = "SELECT extract(hour FROM timestamptz '2026-06-15 12:00:00+00') AS hour FROM deals LIMIT 1";
    const hour = async (timeZone?: string) => (await run(text, { timeZone })).table.toArray()[0].hour;
    assert.equal(await hour("Asia/Tokyo"), 21);
    const { catalogue } = await rig.charts.catalogue(rig.portalId);
    assert.equal(await hour(), 12 + catalogue.offsetMinutes / 60);
    assert.equal(await hour("no/such'zone"), 12 + catalogue.offsetMinutes / 60);
  });

  for (const [what, text, code] of [
    ["pairs of everything", "SELECT a.id, b.id FROM deals a, deals b", "query_too_heavy"],
    ["pairs of pairs, counted", "SELECT count(*) FROM deals a, deals b, deals c, deals d", "query_too_heavy"],
    ["a division by zero", "SELECT 1 / (id - id) FROM deals", "sql_invalid"],
    ["types that do not fit", "SELECT title + 1 FROM deals", "sql_invalid"],
    ["too few groups", "SELECT stage, count(*) FROM deals", "sql_invalid"],
  ] as const) {
    it(`refuses ${what} as ${code}`, () =>
      assert.rejects(run(text), (error) => error instanceof AppError && error.code === code));
  }

  it("stops at its time limit, and when the reader leaves", async () => {
    const slow = await accept(
      `SELECT count(DISTINCT to_char(a.created, 'YYYY-MM-DD HH24:MI:SS') || b.title || c.name)
       FROM deals a JOIN deals b ON a.id <> b.id JOIN stages c ON c.name <> b.title`,
    );
    const start = (options: Partial<ChartRunOptions>) =>
      rig.charts.runSql(rig.portalId, slow, { maxRows: 10, ...options });
    await assert.rejects(start({ timeoutMs: 200 }), (error) => (error as AppError).code === "query_timeout");
    const left = new AbortController();
    const leaving = start({ signal: left.signal, timeoutMs: 20_000 });
    setTimeout(() => left.abort(), 200);
    await assert.rejects(leaving);
    for (;;) {
      const [row] = await rig.asAdmin<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'b24kit charts' AND state = 'active'",
      );
      if (row!.n === 0) break;
    }
  });

  it("runs nothing that the guard has not seen, and nothing for readers of some rows", async () => {
    const forged = { ...(await accept("SELECT id FROM deals")), text: "SELECT * FROM b24kit.portal_portals" };
    await assert.rejects(rig.charts.runSql(rig.portalId, forged, { maxRows: 1 }), /sql_refused/);
    await assert.rejects(
      rig.charts.check(rig.portalId, "SELECT id FROM deals", { pii: true, filtered: true }),
      /sql_off/,
    );
    const hidden = await rig.charts.check(rig.portalId, "SELECT contact FROM deals", {
      pii: false,
      filtered: false,
    });
    assert.ok(!hidden.ok && hidden.refusal.code === "column_hidden");
  });

  it("runs a compiled plan with its parameters", async () => {
    const statement = { text: "SELECT id FROM deals WHERE id = $1", values: [1], columns: [] };
    const { body } = await rig.charts.runPlan(rig.portalId, statement, { maxRows: 5 });
    assert.equal(tableFromIPC(await new Response(body).arrayBuffer()).numRows, 1);
  });

  it("goes on when the views were made anew", async () => {
    await rig.db.pool.query("DROP VIEW crm_chart.leads");
    const heard = new Promise<void>((resolve) => {
      const unsubscribe = rig.bus.subscribe("sync", rig.portalId, () => {
        unsubscribe();
        resolve();
      });
    });
    // What a sync tells; the catalogue is read again then.
    await rig.bus.publish("sync", rig.portalId, { entity: "lead", run: null });
    await heard;
    const { table } = await run("SELECT count(*) AS n FROM leads");
    assert.equal(Number(table.toArray()[0].n), 300);
  });
});
