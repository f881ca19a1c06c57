import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, afterEach, before, describe, it } from "node:test";
import type { Delivery, Subscription } from "@b24kit/client/contract";
import { Webhook } from "standardwebhooks";
import { builtProgram } from "../../../../../test/built-program.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";
import type { App } from "../../platform/http/environment.ts";
import { createOrigins } from "../../platform/http/origins.ts";
import { createShell } from "../../platform/http/shell.ts";
import { createLogger } from "../../platform/log/logger.ts";
import { createOutside } from "../../platform/outside/post-outside.ts";
import { createSecrets } from "../../platform/secrets/secrets.ts";
import { deliverDue } from "./deliver-due.ts";
import type { SubscriptionDeps } from "./deps.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions.ts";
import { type Receiver, startReceiver } from "./test/receiver.ts";

const SECRET = "a secret key of this test only, long";

describe("subscriptions", () => {
  let rig: Rig;
  let receiver: Receiver;
  let app: App;
  let deps: SubscriptionDeps;
  let subscriptions: Subscriptions;
  let admin = true;

  before(async () => {
    receiver = await startReceiver();
    let announce: Subscriptions["announce"] = async () => {};
    rig = await openRig(
      { counts: { deals: 60, contacts: 10, companies: 10, leads: 10 } },
      { announce: (client, news) => announce(client, news) },
    );
    const log = createLogger({ level: "silent", form: "json" });
    deps = {
      ...{ db: rig.db, bus: rig.bus, log, now: Date.now, random: () => 0.5, leaseSeconds: 60 },
      secrets: createSecrets([SECRET]),
      outside: createOutside({ configured: [receiver.origin], timeoutMs: 2_000 }),
      resolvePortal: async (caller, name) => rig.portals.resolve(caller, name),
    };
    subscriptions = createSubscriptions(deps);
    announce = subscriptions.announce;
    app = createShell({
      log,
      origins: createOrigins([], undefined),
      checkAnswers: true,
      authenticate: async () => ({
        kind: "key",
        subject: "test",
        rights: new Set(admin ? ["admin"] : ["data:read", "sync:run"]),
        portals: "all",
      }),
    });
    subscriptions.mount(app);
  });
  after(async () => {
    await subscriptions.stop();
    await rig.close();
    receiver.close();
  });
  afterEach(async () => {
    receiver.answer = () => 200;
    receiver.heard.length = 0;
    await rig.db.pool.query("DELETE FROM b24kit.subscriptions_endpoints");
  });

  async function send<T = { code: string }>(method: string, path = "", body?: object) {
    const init = body ? { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } } : {};
    const answer = await app.request(`/api/v1/subscriptions${path}`, { method, ...init });
    const text = await answer.text();
    return { status: answer.status, json: (text ? JSON.parse(text) : null) as T };
  }

  const all = ["sync.run.finished", "sync.run.failed", "sync.schema.changed"];
  async function subscribe(events = all): Promise<{ subscription: Subscription; secret: string }> {
    const { status, json } = await send<{ subscription: Subscription; secret: string }>("POST", "", {
      url: `${receiver.origin}/hook`,
      events,
    });
    assert.equal(status, 201);
    return json;
  }

  const deliver = () => deliverDue(deps, new AbortController().signal);
  const list = async () => (await send<{ subscriptions: Subscription[] }>("GET")).json.subscriptions;
  const deliveries = async (id: number) =>
    (await send<{ deliveries: Delivery[] }>("GET", `/${id}/deliveries`)).json.deliveries;
  const verify = (secret: string, { headers, body }: Receiver["heard"][number]) =>
    new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: never };
  /** As if the pause had passed. */
  const makeDue = () =>
    rig.db.pool.query(
      "UPDATE b24kit.subscriptions_messages SET next_attempt_at = now() WHERE state = 'pending'",
    );

  it("tell of a finished run, signed by the Standard Webhooks specification", async () => {
    const { subscription, secret } = await subscribe();
    const run = await rig.run("deal");
    assert.equal((await list())[0]?.pending, 1, "the row is there before anything is sent");
    await deliver();
    assert.equal(receiver.heard.length, 1);
    const { type, data } = verify(secret, receiver.heard[0]!);
    assert.equal(type, "sync.run.finished");
    const label = { ru: "Сделки", en: "Deals" };
    assert.deepEqual(data, {
      portal: new URL(rig.portal.url).host,
      label,
      run: { ...run, state: "completed" },
    });
    assert.throws(() => verify(`whsec_${"A".repeat(44)}`, receiver.heard[0]!));
    const [delivery] = await deliveries(subscription.id);
    assert.deepEqual([delivery?.state, delivery?.attempts, delivery?.status], ["delivered", 1, 200]);
    assert.deepEqual(delivery?.about, { entity: "deal", label, run: run.id }, "the log says what it told of");
    assert.equal(delivery?.id, receiver.heard[0]!.headers["webhook-id"]);
    await deliver();
    assert.equal(receiver.heard.length, 1, "once is enough");
  });

  it("tell of a failed run and of a changed schema, and of nothing that was not asked for", async () => {
    const { secret } = await subscribe(["sync.run.failed", "sync.schema.changed"]);
    const { subscription: other } = await subscribe(["sync.run.failed"]);
    const field = { USER_TYPE_ID: "string", FIELD_NAME: "TOLD", LABEL: "Told" };
    await rig.portals
      .client(rig.portalId)
      .then((client) => client.call("crm.deal.userfield.add", { fields: field }));
    await rig.run("deal", "incremental");
    await deliver();
    assert.equal(receiver.heard.length, 1);
    const { type, data } = verify(secret, receiver.heard[0]!);
    assert.equal(type, "sync.schema.changed");
    assert.deepEqual((data as { added: string[] }).added, ["uf_crm_told"]);
    const { path } = rig.portal.control.createWebhook({ scopes: ["user", "department"] });
    await rig.portals.register(`${rig.portal.url}${path}`);
    assert.equal((await rig.run("lead")).state, "failed");
    await rig.portals.register(rig.portal.webhookUrl);
    await deliver();
    const told = receiver.heard.map(({ body }) => JSON.parse(body));
    assert.deepEqual(
      told.map((message) => message.type),
      ["sync.schema.changed", "sync.run.failed", "sync.run.failed"],
    );
    assert.deepEqual([told[1].data.run.entity, told[1].data.run.error.code], ["lead", "insufficient_scope"]);
    assert.equal((await list()).find(({ id }) => id === other.id)?.pending, 0);
  });

  it("show a secret once and keep it sealed", async () => {
    const { subscription, secret } = await subscribe();
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.ok(!JSON.stringify(await list()).includes(secret.slice(6)));
    const { rows } = await rig.db.pool.query("SELECT secret FROM b24kit.subscriptions_endpoints");
    assert.ok(!rows[0].secret.includes(secret.slice(6)));
    const keys = createSecrets(["a newer secret key of this test only", SECRET]);
    assert.equal(await rotateSecrets(rig.db, keys), 1);
    assert.equal(await rotateSecrets(rig.db, keys), 0);
    await deliverDue({ ...deps, secrets: keys }, new AbortController().signal);
    await rotateSecrets(rig.db, createSecrets([SECRET, "a newer secret key of this test only"]));
    assert.equal((await send<Delivery>("POST", `/${subscription.id}/test`)).json.state, "delivered");
    assert.equal(verify(secret, receiver.heard[0]!).type, "test");
  });

  it("try again after a failure, under the same id and with a new time", async () => {
    const { subscription } = await subscribe();
    receiver.answer = () => 500;
    await rig.run("deal", "incremental");
    await deliver();
    const [failed] = await deliveries(subscription.id);
    assert.deepEqual(
      [failed?.state, failed?.status, failed?.error?.code],
      ["pending", 500, "outgoing_refused"],
    );
    const wait = Date.parse(failed!.nextAttemptAt!) - Date.now();
    assert.ok(wait > 3_000 && wait <= 5_000, String(wait));
    assert.ok((await list())[0]?.failingSince);
    receiver.answer = () => 204;
    await makeDue();
    await deliver();
    const ids = receiver.heard.map(({ headers }) => headers["webhook-id"]);
    assert.equal(ids.length, 2);
    assert.equal(ids[0], ids[1]);
    assert.equal((await list())[0]?.failingSince, null);
  });

  it("give a message up after ten attempts", async () => {
    const { subscription } = await subscribe();
    receiver.answer = () => 500;
    await rig.run("deal", "incremental");
    for (let attempt = 1; attempt <= 10; attempt++) {
      await makeDue();
      await deliver();
    }
    const [given] = await deliveries(subscription.id);
    assert.deepEqual([given?.state, given?.attempts, given?.nextAttemptAt], ["failed", 10, null]);
    assert.equal((await list())[0]?.enabled, true, "a bad hour switches nothing off");
  });

  it("switch an address off when nothing has arrived for a day, and send what waited when it is on again", async () => {
    const { subscription } = await subscribe();
    receiver.answer = () => 500;
    await rig.run("deal", "incremental");
    await rig.db.pool.query(
      "UPDATE b24kit.subscriptions_endpoints SET failures = 9, failing_since = now() - interval '25 hours'",
    );
    await deliver();
    assert.deepEqual(
      (await list()).map(({ enabled, disabledReason, pending }) => [enabled, disabledReason, pending]),
      [[false, "failures", 1]],
    );
    await makeDue();
    await deliver();
    assert.equal(receiver.heard.length, 1, "it is left alone");
    receiver.answer = () => 200;
    await send("PATCH", `/${subscription.id}`, { enabled: true });
    await deliver();
    assert.deepEqual(
      (await list()).map(({ enabled, pending }) => [enabled, pending]),
      [[true, 0]],
    );
  });

  it("switch an address off at once when it is gone", async () => {
    await subscribe();
    receiver.answer = () => 410;
    await rig.run("deal", "incremental");
    await deliver();
    assert.equal((await list())[0]?.disabledReason, "gone");
  });

  it("tell at once what a test came to", async () => {
    const { subscription } = await subscribe();
    receiver.answer = () => 302;
    const { json } = await send<Delivery>("POST", `/${subscription.id}/test`);
    assert.deepEqual([json.state, json.status, json.error?.code], ["failed", 302, "outgoing_refused"]);
    assert.equal((await list())[0]?.failingSince, null, "a test judges nobody");
    assert.equal(receiver.heard.length, 1, "a redirect is not followed");
  });

  it("send again, under the same id, what a killed process may have sent", async () => {
    const { secret } = await subscribe();
    await rig.run("deal", "incremental");
    const program = await builtProgram(new URL("./test/worker.ts", import.meta.url));
    const child = spawn(process.execPath, [program, rig.url, receiver.origin, SECRET], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const killed = new Promise<void>((resolve) => {
      receiver.answer = () => {
        child.kill("SIGKILL");
        resolve();
        return null;
      };
    });
    await killed;
    await once(child, "exit");
    receiver.answer = () => 200;
    await deliver();
    assert.equal(receiver.heard.length, 1, "until the lease ends it may still be under way");
    await makeDue();
    await deliver();
    assert.equal(receiver.heard.length, 2);
    const [first, second] = receiver.heard;
    assert.equal(first!.headers["webhook-id"], second!.headers["webhook-id"]);
    assert.equal(first!.body, second!.body);
    assert.equal(verify(secret, second!).type, "sync.run.finished");
  });

  it("keep nothing of what was rolled back", async () => {
    await subscribe();
    const news = { portalId: rig.portalId, event: "sync.run.finished", data: {} } as const;
    await assert.rejects(
      rig.db.transaction(async (tx) => {
        await subscriptions.announce(tx, news);
        throw new Error("no");
      }),
    );
    assert.equal((await list())[0]?.pending, 0);
  });

  it("refuse what makes no sense, and who may not", async () => {
    const good = { url: `${receiver.origin}/`, events: all };
    const refusals: [body: object, code: string][] = [
      [{ ...good, url: "https://127.0.0.1/" }, "address_refused"],
      [{ ...good, url: "http://169.254.169.254/latest/meta-data" }, "address_refused"],
      [{ ...good, url: "https://localhost/" }, "address_refused"],
      [{ ...good, url: "nonsense" }, "address_refused"],
      [{ ...good, events: [] }, "invalid_parameter"],
      [{ ...good, events: ["everything"] }, "invalid_parameter"],
      [{ events: all }, "invalid_parameter"],
    ];
    for (const [body, code] of refusals) {
      const { status, json } = await send("POST", "", body);
      assert.deepEqual([status, json.code], [400, code], JSON.stringify(body));
    }
    assert.equal((await send("POST", "/77/test")).status, 404);
    assert.equal((await send("DELETE", "/77")).status, 404);
    admin = false;
    for (const [method, path] of [
      ["GET", ""],
      ["POST", ""],
      ["DELETE", "/1"],
      ["POST", "/1/test"],
    ] as const)
      assert.equal((await send(method, path, method === "POST" ? good : undefined)).status, 403);
    admin = true;
  });

  it("end with DELETE", async () => {
    const { subscription } = await subscribe();
    assert.equal((await send("DELETE", `/${subscription.id}`)).status, 204);
    assert.deepEqual(await list(), []);
  });
});
