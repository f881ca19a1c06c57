import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { openRig, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";
import type { Caller } from "../../platform/auth/caller.ts";

const caller: Caller = { kind: "key", subject: "test", rights: new Set(["admin"]), portals: "all" };

describe("a portal that does not serve us", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 900, contacts: 10, companies: 10, leads: 10 } });
    assert.equal((await rig.run("deal")).state, "completed");
  });
  after(() => rig.close());
  beforeEach(() => rig.portal.control.clearFaults());

  const portal = async () => (await rig.portals.list(caller))[0]!;
  const count = async () =>
    (await rig.db.pool.query("SELECT count(*)::int AS count FROM crm.deals WHERE _deleted_at IS NULL"))
      .rows[0].count;

  /** The run fails by name, says it in the log and at the portal, and loses nothing. */
  async function failsWith(code: string, state: string): Promise<void> {
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.error?.code], ["failed", code]);
    assert.ok(run.error!.detail.length > 10);
    assert.doesNotMatch(JSON.stringify(run), new RegExp(rig.portal.webhookUrl.split("/").at(-2)!));
    const { rows } = await rig.db.pool.query(
      "SELECT level, details FROM b24kit.sync_logs WHERE code = 'run_failed' ORDER BY id DESC LIMIT 1",
    );
    assert.deepEqual([rows[0].level, rows[0].details.code], ["error", code]);
    assert.deepEqual([(await portal()).state, (await portal()).error?.code], [state, code]);
    assert.equal(await count(), 900);
  }

  it("has revoked the webhook", async () => {
    const { code, path } = rig.portal.control.createWebhook({ scopes: ["crm", "user", "department"] });
    await rig.portals.connect(`${rig.portal.url}${path}`);
    rig.portal.control.revokeWebhook(code);
    await failsWith("portal_credential_rejected", "reauthorise");
  });

  it("gives the webhook no right for CRM", async () => {
    const { path } = rig.portal.control.createWebhook({ scopes: ["user", "department"] });
    await rig.portals.register(`${rig.portal.url}${path}`);
    await failsWith("insufficient_scope", "reauthorise");
  });

  it("is well again with a good webhook, and the run says nothing of the past", async () => {
    await rig.portals.connect(rig.portal.webhookUrl);
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.error, run.rowsWritten], ["completed", null, 0]);
    assert.deepEqual([(await portal()).state, (await portal()).error], ["connected", null]);
  });

  it("gives no users: the records come all the same", async () => {
    const { path } = rig.portal.control.createWebhook({ scopes: ["crm"] });
    await rig.portals.connect(`${rig.portal.url}${path}`);
    assert.equal((await rig.run("deal")).state, "completed");
    const { rows } = await rig.db.pool.query(
      "SELECT details ->> 'dictionary' AS name, details ->> 'code' AS code FROM b24kit.sync_logs WHERE code = 'dictionary_skipped' ORDER BY 1",
    );
    assert.deepEqual(rows, [
      { name: "departments", code: "insufficient_scope" },
      { name: "users", code: "insufficient_scope" },
    ]);
    const users = await rig.db.pool.query(
      "SELECT count(*)::int AS count FROM crm.users WHERE _deleted_at IS NULL",
    );
    assert.equal(users.rows[0].count, 82, "what was known stays");
    await rig.portals.connect(rig.portal.webhookUrl);
  });

  it("answers pages for people", async () => {
    const server = createServer((_request, response) =>
      response.writeHead(200, { "Content-Type": "text/html" }).end("<html>502</html>"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/abcdefgh/`;
    await assert.rejects(rig.portals.connect(address), { code: "portal_not_bitrix" });
    server.close();
    assert.equal((await rig.portals.list(caller)).length, 1, "no row was made");
  });

  it("refuses the very first run of an entity, before there is a table", async () => {
    rig.portal.control.addFault({
      match: "crm.lead.fields",
      effect: "resultError",
      times: 1,
      error: "ACCESS_DENIED",
      description: "Access denied.",
    });
    const run = await rig.run("lead");
    assert.deepEqual([run.state, run.error?.code], ["failed", "portal_access_denied"]);
    assert.equal((await rig.run("lead")).state, "completed");
    await rig.portals.connect(rig.portal.webhookUrl);
  });

  it("is not there", async () => {
    await assert.rejects(rig.portals.connect("http://127.0.0.1:9/rest/1/abcdefgh/"), {
      code: "portal_unreachable",
    });
    assert.equal((await rig.portals.list(caller)).length, 1);
  });

  it("has an address that is none", async () => {
    for (const text of [
      "",
      "portal",
      "https://portal.bitrix24.ru/",
      "https://portal.bitrix24.ru/rest/1/",
      "ftp://a.b/rest/1/abcdef/",
      "https://u:p@a.b/rest/1/abcdef/",
    ]) {
      await assert.rejects(rig.portals.connect(text), { code: "portal_url_invalid" }, text);
    }
  });

  it("F5: breaks off again and again: the run goes on by itself", async () => {
    rig.portal.control.addFault({ match: "crm.deal.list", effect: "reset", times: 2 });
    rig.portal.control.addFault({ match: "crm.deal.list", effect: "html502", times: 1, after: 1 });
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.error], ["completed", null]);
    assert.ok(run.retries >= 2, `${run.retries} retries are told`);
    assert.equal(await count(), 900);
  });

  it("is silent at first: that it is asked again shows while it is", async () => {
    rig.portal.control.addFault({ match: "*", effect: "reset", times: 2 });
    const planning = whenStatus(rig.bus, "deal", ({ run }) => run?.state === "running" && run.retries > 0);
    const ended = whenEnded(rig.bus, "deal");
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    assert.equal((await planning).run?.rowsExpected, null, "before the plan is made");
    const run = await ended;
    assert.deepEqual([run.state, run.retries], ["completed", 2]);
    const { rows } = await rig.db.pool.query(
      "SELECT level, details ->> 'code' AS code, sum((details ->> 'times')::int)::int AS times FROM b24kit.sync_logs WHERE run_id = $1 AND code = 'run_retried' GROUP BY 1, 2",
      [run.id],
    );
    assert.deepEqual(rows, [{ level: "warning", code: "portal_unreachable", times: 2 }]);
  });

  it("F3: holds the run by its limit: it waits, says until when, and goes on", async () => {
    const held = whenStatus(rig.bus, "deal", ({ run }) => run?.state === "waiting");
    const released = held.then(() => whenStatus(rig.bus, "deal", ({ run }) => run?.state === "running"));
    const ended = whenEnded(rig.bus, "deal");
    // As if other work had used the request limit up: a place is free again in some two seconds.
    await rig.db.pool.query(
      "UPDATE b24kit.bitrix_buckets SET level = 49, updated_at = now() WHERE portal_id = $1",
      [rig.portalId],
    );
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    const { run } = await held;
    assert.ok(Date.parse(run!.waitingUntil!) > Date.parse(run!.startedAt!), "it says until when");
    assert.equal((await released).run?.waitingUntil, null);
    assert.equal((await ended).state, "completed");
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS count FROM b24kit.sync_logs WHERE code = 'run_waiting'",
    );
    assert.ok(rows[0].count >= 1);
  });

  it("is not reachable at the start: it is registered and its state tells", async () => {
    const { id } = await rig.portals.register("http://127.0.0.1:9/rest/1/abcdefgh/");
    const checked = await rig.portals.check(id, caller);
    assert.deepEqual([checked.state, checked.error?.code], ["unreachable", "portal_unreachable"]);
    const info = await rig.portals.get(id);
    assert.equal(info.schema, "crm_2");
  });
});
