import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { admin, installByConsent, openStand, type Stand } from "../../../../../test/portal-stand.ts";
import { whenStatus } from "../../../../../test/sync-rig.ts";
import { until } from "../../../../../test/until.ts";

describe("a portal that is removed", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand({
      work: true,
      portal: { counts: { deals: 3_000, contacts: 200, companies: 50, leads: 50 } },
    });
    await (await installByConsent(stand)).text();
  });
  after(() => stand.close());

  const rows = async (sql: string) => (await stand.database.db.pool.query(sql)).rows;
  const schemas = () => rows("SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'crm%'");
  const remove = async () => {
    const [portal] = await stand.product.portals.all();
    return stand.call(`/api/v1/portals/${portal!.id}?confirm=${portal!.host}`, {
      method: "DELETE",
      headers: admin,
    });
  };

  it("takes a sync under way with it, at whatever it is", async () => {
    for (const [n, entity] of (["deal", "contact", "company", "lead"] as const).entries()) {
      stand.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
      const portalId = n + 1;
      const started = await stand.product.sync.start({ portalId, entity, type: "full", cause: "person" });
      // Each time a little later: while it asks, while it makes the table, while it writes.
      if (n > 0)
        await whenStatus(
          stand.bus,
          entity,
          ({ run }) => run?.id === started.id && (n < 2 || run.rowsRead > 0),
        );
      assert.equal((await remove()).status, 200);
      assert.deepEqual(await stand.product.portals.all(), []);
      assert.deepEqual(await rows("SELECT id FROM b24kit.sync_runs"), []);
      // Whoever worked on it has noticed before another portal comes.
      stand.portal.control.limits({ cost: { pageSeconds: 0, real: false } });
      assert.equal((await installByConsent(stand)).status, 200);
      const left = await schemas();
      assert.deepEqual(left, [], `nothing of portal ${portalId} is made again`);
    }
    assert.doesNotMatch(stand.log(), /"code":"internal"|awaited by nobody/);
    assert.deepEqual(
      (await stand.product.portals.all()).map(({ id, schema }) => [id, schema]),
      [[5, "crm_5"]],
    );
  });

  it("is tried again where somebody who reads the mirror stands crosswise", async () => {
    const portals = await stand.product.portals.all();
    const { id, schema } = portals[0]!;
    const mirror = pg.escapeIdentifier(schema);
    await stand.database.db.pool.query(
      `CREATE SCHEMA IF NOT EXISTS ${mirror}; CREATE TABLE ${mirror}.first (); CREATE TABLE ${mirror}.second ()`,
    );
    const [crosswise, reader] = await Promise.all([stand.database.db.connect(), stand.database.db.connect()]);
    const waits = (what: string, patience = "0 s") =>
      until(async () => {
        const waiting = await rows(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE '${what}' AND clock_timestamp() - query_start > interval '${patience}'`,
        );
        return waiting.length > 0;
      }, what);
    try {
      await crosswise.query("BEGIN");
      await crosswise.query("SELECT FROM b24kit.portal_portals WHERE id = $1 FOR KEY SHARE", [id]);
      await reader.query(`BEGIN; SELECT FROM ${mirror}.second`);
      const removed = remove();
      await waits("DROP SCHEMA%");
      const read = crosswise.query(`SELECT FROM ${mirror}.first`).then(
        () => "read",
        ({ code }: { code: string }) => code,
      );
      // It has looked for a deadlock and found none: the one to find it is the removal.
      await waits("SELECT FROM%first", "2 s");
      await reader.query("ROLLBACK");
      assert.equal(await read, "read");
      await crosswise.query("ROLLBACK");
      assert.equal((await removed).status, 200);
    } finally {
      reader.release();
      crosswise.release();
    }
    assert.equal((await installByConsent(stand)).status, 200);
  });

  it("takes nothing of another one, and events that still come are refused", async () => {
    const { memberId } = stand.portal.control.apps.rename();
    const token = stand.application.applicationToken;
    assert.equal((await remove()).status, 200);
    const body = new URLSearchParams({
      event: "ONCRMDEALADD",
      "auth[member_id]": memberId,
      "auth[application_token]": token,
    });
    const late = await stand.call("/api/bitrix24/webhook", { method: "POST", body });
    assert.equal(late.status, 401);
    assert.deepEqual(await rows("SELECT id FROM b24kit.portal_inbox"), []);
  });
});
