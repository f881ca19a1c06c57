import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { admin, installByConsent, openStand, type Stand } from "../../../../../test/portal-stand.ts";
import { whenEnded } from "../../../../../test/sync-rig.ts";

const TASK_EVENTS = ["ONTASKADD", "ONTASKDELETE", "ONTASKUPDATE"];

describe("what a portal tells of tasks", () => {
  let stand: Stand;
  const apps = () => stand.portal.control.apps;
  const bound = () =>
    apps()
      .bindings(stand.application.id)!
      .events.map(({ event }) => event)
      .filter((event) => event.startsWith("ONTASK"))
      .sort();
  const api = (method: string, path: string) =>
    stand.call(`/api/v1/webhooks/${path}`, { method, headers: admin });

  async function call<T>(method: string, params: object): Promise<T> {
    const { path } = stand.portal.control.createWebhook({ scopes: ["task"] });
    const answer = await fetch(`${stand.portal.url}${path}${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(params),
    });
    return ((await answer.json()) as { result: T }).result;
  }

  /** The row of a task, once it is as the condition says. */
  async function seen(id: string, condition: string): Promise<void> {
    const sql = `SELECT FROM crm.tasks WHERE id = $1 AND ${condition}`;
    while ((await stand.database.db.pool.query(sql, [id])).rowCount === 0) await delay(5);
  }

  before(async () => {
    stand = await openStand({ work: true, card: { scopes: ["crm", "placement", "user", "task"] } });
    await (await installByConsent(stand)).text();
    await apps().settled();
    const ended = whenEnded(stand.bus, "task");
    await stand.product.sync.start({ portalId: 1, entity: "task", type: "full", cause: "person" });
    assert.equal((await ended).state, "completed");
  });
  after(() => stand.close());

  it("is bound where the scope allows it, listed, taken away and made again", async () => {
    assert.deepEqual(bound(), TASK_EVENTS);
    const { bindings } = (await (await api("GET", "registered")).json()) as { bindings: { code: string }[] };
    assert.equal(bindings.filter(({ code }) => TASK_EVENTS.includes(code)).length, 3);
    await api("DELETE", "unregister");
    assert.deepEqual(bound(), []);
    await api("POST", "register");
    assert.deepEqual(bound(), TASK_EVENTS);
  });

  it("is a row of the mirror: added, changed, deleted", async () => {
    const fields = { TITLE: "Позвонить", RESPONSIBLE_ID: 1 };
    const { task } = await call<{ task: { id: string } }>("tasks.task.add", { fields });
    await seen(task.id, "title = 'Позвонить'");
    await call("tasks.task.update", { taskId: task.id, fields: { TITLE: "Перезвонить" } });
    await seen(task.id, "title = 'Перезвонить'");
    await call("tasks.task.delete", { taskId: task.id });
    await seen(task.id, "_deleted_by = 'event'");
  });
});
