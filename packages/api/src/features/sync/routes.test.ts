import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Right, SyncRun, SyncStatus } from "@b24kit/client/contract";
import { startPortal } from "../../../../../demo/portal/index.ts";
import { openRig, type Rig, whenEnded } from "../../../../../test/sync-rig.ts";
import type { App } from "../../platform/http/environment.ts";
import { createOrigins } from "../../platform/http/origins.ts";
import { createShell } from "../../platform/http/shell.ts";
import { createLogger } from "../../platform/log/logger.ts";
import { registryRoutes } from "../portal/routes.ts";
import { routes } from "./routes.ts";

describe("the endpoints of sync and portal", () => {
  let rig: Rig;
  let app: App;
  let rights: Right[] = ["admin"];

  before(async () => {
    rig = await openRig({ counts: { deals: 300, contacts: 10, companies: 10, leads: 10 } }, { work: false });
    app = createShell({
      log: createLogger({ level: "silent", form: "json" }),
      origins: createOrigins([], undefined),
      checkAnswers: true,
      authenticate: async () => ({ kind: "key", subject: "test", rights: new Set(rights), portals: "all" }),
    });
    registryRoutes(app, rig.portals);
    routes(app, rig.sync);
  });
  after(() => rig.close());

  async function send<T = { code: string; detail: string }>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: T }> {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await app.request(path, { method, ...init });
    return { status: answer.status, json: (await answer.json()) as T };
  }

  let lastRun = 0;

  it("start a run, and refuse a second one by name", async () => {
    const started = await send<SyncRun>("POST", "/api/v1/sync/start/deal", { sync_type: "full" });
    assert.deepEqual([started.status, started.json.state, started.json.type], [202, "queued", "full"]);
    lastRun = started.json.id;
    const again = await send("POST", "/api/v1/sync/start/deal");
    assert.deepEqual([again.status, again.json.code], [409, "run_active"]);
  });

  it("cancel it, and tell the state of every entity", async () => {
    const cancelled = await send<{ run: SyncRun }>("POST", "/api/v1/sync/cancel/deal");
    assert.deepEqual([cancelled.status, cancelled.json.run.state], [200, "cancelled"]);
    const status = await send<SyncStatus>("GET", "/api/v1/sync/status");
    assert.deepEqual(
      status.json.entities.slice(0, 4).map(({ entity, run }) => [entity, run?.state ?? null]),
      [
        ["deal", "cancelled"],
        ["contact", null],
        ["lead", null],
        ["company", null],
      ],
    );
  });

  it("start a full run where nothing is said, and complete it", async () => {
    const ended = whenEnded(rig.bus, "deal", lastRun);
    rig.sync.work();
    const started = await send<SyncRun>("POST", "/api/v1/sync/start/deal");
    assert.equal(started.json.type, "full");
    lastRun = started.json.id;
    assert.equal((await ended).state, "completed");
    const { json } = await send<SyncStatus>(
      "GET",
      `/api/v1/sync/status?portal=${new URL(rig.portal.url).host}`,
    );
    assert.equal(json.entities[0]?.rows, 300);
  });

  it("refuse what makes no sense", async () => {
    const refusals: [method: string, path: string, body: unknown, status: number, code: string][] = [
      ["POST", "/api/v1/sync/start/invoice", undefined, 400, "invalid_parameter"],
      ["POST", "/api/v1/sync/start/deal", { sync_type: "some" }, 400, "invalid_parameter"],
      ["POST", "/api/v1/sync/start/deal?portal=nobody", undefined, 404, "unknown_portal"],
      ["GET", "/api/v1/sync/status?portal=99", undefined, 404, "unknown_portal"],
      ["POST", "/api/v1/portals", { webhookUrl: "https://portal.bitrix24.ru/" }, 400, "portal_url_invalid"],
      [
        "POST",
        "/api/v1/portals",
        { webhookUrl: `${rig.portal.url}/rest/1/wrongcode/` },
        502,
        "portal_credential_rejected",
      ],
      ["POST", "/api/v1/portals/77/check", undefined, 404, "unknown_portal"],
    ];
    for (const [method, path, body, status, code] of refusals) {
      const answer = await send(method, path, body);
      assert.deepEqual([answer.status, answer.json.code], [status, code], `${method} ${path}`);
      assert.ok(!answer.json.detail.includes("wrongcode"));
    }
  });

  it("let only those start who may", async () => {
    rights = ["data:read"];
    assert.equal((await send("POST", "/api/v1/sync/start/deal")).status, 403);
    assert.equal((await send("POST", "/api/v1/sync/cancel/deal")).status, 403);
    assert.equal((await send("POST", "/api/v1/portals", { webhookUrl: rig.portal.webhookUrl })).status, 403);
    assert.equal((await send("GET", "/api/v1/sync/status")).status, 200);
    rights = ["admin"];
  });

  it("want a portal's name where there are two", async () => {
    const second = await startPortal({ counts: { deals: 20, contacts: 5, companies: 5, leads: 5 } });
    const connected = await send<{ id: number }>("POST", "/api/v1/portals", {
      webhookUrl: second.webhookUrl,
    });
    assert.equal(connected.status, 201);
    const unnamed = await send("POST", "/api/v1/sync/start/deal");
    assert.deepEqual([unnamed.status, unnamed.json.code], [400, "portal_required"]);
    const ended = whenEnded(rig.bus, "deal", lastRun);
    assert.equal((await send("POST", `/api/v1/sync/start/deal?portal=${connected.json.id}`)).status, 202);
    assert.equal((await ended).rowsWritten, 20);
    const { rows } = await rig.db.pool.query(
      "SELECT (SELECT count(*)::int FROM crm.deals) AS first, (SELECT count(*)::int FROM crm_2.deals) AS second",
    );
    assert.deepEqual(rows[0], { first: 300, second: 20 });
    await second.close();
    const checked = await send<{ state: string }>("POST", `/api/v1/portals/${connected.json.id}/check`);
    assert.equal(checked.json.state, "unreachable");
  });
});
