import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { admin, installByConsent, openStand, type Stand } from "../../../../../test/portal-stand.ts";
import { whenEnded } from "../../../../../test/sync-rig.ts";

let stand: Stand;
let lastRun = 0;

const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await stand.database.db.pool.query(sql, values)).rows as T[];

/** Everything that was told has been read, and written. */
async function whenCaughtUp(): Promise<void> {
  await stand.portal.control.apps.settled();
  const open = `SELECT (SELECT count(*) FROM b24kit.sync_touched)
    + (SELECT count(*) FROM b24kit.portal_inbox i
       WHERE i.seq IS NULL OR i.seq > (SELECT seq FROM b24kit.portal_inbox_cursors WHERE consumer = 'sync')) AS open`;
  while (Number((await query<{ open: string }>(open))[0]!.open) > 0) await delay(10);
}

async function call<T>(method: string, params: object): Promise<T> {
  const answer = await fetch(`${stand.portal.webhookUrl}${method}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
  });
  return ((await answer.json()) as { result: T }).result;
}

const readings = () => stand.portal.control.stats().methods["crm.deal.list"]?.calls ?? 0;

/** A full or incremental run of the deals, to its end. */
async function run(type: "full" | "incremental" | "reconcile"): Promise<void> {
  const ended = whenEnded(stand.bus, "deal", lastRun);
  const { id } = await stand.product.sync.start({ portalId: 1, entity: "deal", type, cause: "person" });
  assert.equal((await ended).state, "completed");
  lastRun = id;
}

/** Events as the inbox keeps them, without the way over HTTP. */
async function tell(event: string, ids: readonly (number | string)[]): Promise<void> {
  await query(
    `INSERT INTO b24kit.portal_inbox (portal_id, key, event, entity_id, data)
     SELECT 1, decode(md5(random()::text || id), 'hex'), $1, id, '{}' FROM unnest($2::text[]) AS id`,
    [event, ids.map(String)],
  );
  await stand.bus.publish("portal.inbox", null, {});
}

before(async () => {
  stand = await openStand({
    work: true,
    portal: { counts: { deals: 600, contacts: 20, companies: 20, leads: 20 } },
  });
  await (await installByConsent(stand)).text();
  await stand.portal.control.apps.settled();
  await run("full");
});
after(() => stand.close());
beforeEach(() => {
  stand.portal.control.apps.settings({ delivery: { loss: 0, duplicates: 0, jitterMs: 0, delayMs: 0 } });
});

describe("what a portal tells", () => {
  it("is a visible row within seconds: added, changed, moved to another funnel, deleted", async () => {
    const id = await call<number>("crm.deal.add", { fields: { TITLE: "Только что" } });
    const times: number[] = [];
    const seen = async (sql: string) => {
      const began = performance.now();
      while ((await query(`SELECT FROM crm.deals WHERE id = $1 AND ${sql}`, [id])).length === 0)
        await delay(5);
      times.push(performance.now() - began);
    };
    await seen("title = 'Только что' AND _deleted_at IS NULL");
    await call("crm.deal.update", { id, fields: { TITLE: "И уже иначе" } });
    await seen("title = 'И уже иначе'");
    const [funnel] = await query<{ id: string }>(
      "SELECT id FROM crm.categories WHERE NOT is_default AND entity_type_id = 2",
    );
    await call("crm.item.update", { entityTypeId: 2, id, fields: { categoryId: Number(funnel!.id) } });
    await seen(`category_id = ${funnel!.id}`);
    await call("crm.deal.delete", { id });
    await seen("_deleted_by = 'event'");
    assert.ok(Math.max(...times) < 3_000, String(times));
    const { entities } = await stand.product.sync.status(1);
    assert.equal(entities.find(({ entity }) => entity === "deal")!.rows, 600);
  });

  it("F15: and does not tell, comes with the next cycle", async () => {
    stand.portal.control.apps.settings({ delivery: { loss: 0.3 } });
    stand.portal.control.mutate({ seed: 5, operations: 60, entities: ["deal"] });
    await whenCaughtUp();
    await run("incremental");
    await run("reconcile");
    await assertMirrorEquals(stand.database.db, stand.portal, "deal");
  });

  it("F16: a hundred times about one record, is read once", async () => {
    await whenCaughtUp();
    const [{ id }] = (await query<{ id: string }>(
      "SELECT max(id) AS id FROM crm.deals WHERE _deleted_at IS NULL",
    )) as [{ id: string }];
    const before = readings();
    await tell(
      "ONCRMDEALUPDATE",
      Array.from({ length: 100 }, () => id),
    );
    await whenCaughtUp();
    assert.equal(readings() - before, 1);
  });

  it("F17: twice, late and in any order, leaves what the portal has", async () => {
    stand.portal.control.apps.settings({ delivery: { duplicates: 0.3, jitterMs: 300 } });
    stand.portal.control.mutate({ seed: 1, operations: 100, entities: ["deal"] });
    await whenCaughtUp();
    await assertMirrorEquals(stand.database.db, stand.portal, "deal");
  });

  it("F18: ten thousand times at once, takes a handful of requests", async () => {
    const there = stand.portal.control.records({ entity: "deal", limit: 1_000 }).map(({ ID }) => Number(ID));
    // As if the mirror had lost them: nothing but the events brings them back.
    await query("DELETE FROM crm.deals");
    const before = stand.portal.control.stats().requests;
    const ids = Array.from({ length: 10_000 }, (_, at) => there[at % there.length]!);
    await tell("ONCRMDEALUPDATE", ids);
    await whenCaughtUp();
    const requests = stand.portal.control.stats().requests - before;
    assert.ok(requests <= 6, `${requests} requests`);
    await assertMirrorEquals(stand.database.db, stand.portal, "deal");
  });

  it("is not believed: a record that is there is not deleted by a word", async () => {
    const [record] = stand.portal.control.records({ entity: "deal", limit: 1 });
    await tell("ONCRMDEALDELETE", [String(record!["ID"]), "999999", "no number", "0"]);
    await whenCaughtUp();
    await assertMirrorEquals(stand.database.db, stand.portal, "deal");
    const rows = await query("SELECT _deleted_by FROM crm.deals WHERE id = 999999");
    assert.deepEqual(rows, [{ _deleted_by: "event" }], "a slower answer is not to bring it back");
  });

  it("leaves the ids between to the next run", async () => {
    stand.portal.control.apps.settings({ delivery: { loss: 1 } });
    await call("crm.deal.add", { fields: { TITLE: "Молча", DATE_MODIFY: "2020-01-01T00:00:00+03:00" } });
    stand.portal.control.apps.settings({ delivery: { loss: 0 } });
    const id = await call<number>("crm.deal.add", { fields: { TITLE: "Со словом" } });
    await whenCaughtUp();
    assert.equal((await query("SELECT FROM crm.deals WHERE id = $1", [id])).length, 1);
    await run("incremental");
    await assertMirrorEquals(stand.database.db, stand.portal, "deal");
  });

  it("of a new field, makes its column at once", async () => {
    await call("crm.deal.userfield.add", { fields: { FIELD_NAME: "TOLD", USER_TYPE_ID: "string" } });
    const sql = `SELECT FROM information_schema.columns WHERE table_schema = 'crm' AND table_name = 'deals' AND column_name = 'uf_crm_told'`;
    while ((await query(sql)).length === 0) await delay(10);
    await whenCaughtUp();
    // The run that fills it reads deals as well.
    const active = "SELECT FROM b24kit.sync_runs WHERE state IN ('queued', 'running', 'waiting')";
    while ((await query(active)).length > 0) await delay(10);
  });

  it("waits while the portal does not answer, and is not lost", async () => {
    stand.portal.control.addFault({ match: "crm.deal.list", effect: "resultError", times: 1 });
    const [record] = stand.portal.control.records({ entity: "deal", limit: 1 });
    await call("crm.deal.update", { id: record!["ID"], fields: { TITLE: "Со второго раза" } });
    const tries = () => query<{ tries: number }>("SELECT tries FROM b24kit.sync_touched");
    while ((await tries())[0]?.tries !== 1) await delay(5);
    await query("UPDATE b24kit.sync_touched SET due_at = now()");
    await tell("ONSOMETHINGELSE", ["1"]);
    await whenCaughtUp();
    const rows = await query("SELECT title FROM crm.deals WHERE id = $1", [record!["ID"]]);
    assert.deepEqual(rows, [{ title: "Со второго раза" }]);
  });

  it("F20: and queues for whoever fetches it, is taken off no queue: what was not written yet is asked for again", () => {
    const called = Object.keys(stand.portal.control.stats().methods);
    assert.ok(called.includes("crm.deal.list"));
    assert.deepEqual(
      called.filter((method) => method.startsWith("event.offline")),
      [],
    );
  });

  it("is passed over where events are switched off, or nothing is mirrored", async () => {
    const off = await stand.call("/api/v1/sync/config", {
      method: "PUT",
      headers: { ...admin, "Content-Type": "application/json" },
      body: JSON.stringify({ entity_type: "deal", webhook_enabled: false }),
    });
    assert.equal(off.status, 200);
    const before = readings();
    await tell("ONCRMDEALUPDATE", [1]);
    await tell("ONCRMLEADUPDATE", [1]);
    await whenCaughtUp();
    assert.equal(readings(), before);
  });
});
