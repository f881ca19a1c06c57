import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { PortalBinding, Problem } from "@b24kit/client/contract";
import {
  admin,
  installByConsent,
  openStand,
  postForm,
  type Stand,
} from "../../../../../test/portal-stand.ts";
import { until } from "../../../../../test/until.ts";
import { EVENTS } from "./places.ts";

const webhookPath = "/api/bitrix24/webhook";

describe("events of a portal", () => {
  let stand: Stand;
  let memberId: string;

  before(async () => {
    stand = await openStand();
    await (await installByConsent(stand)).text();
    await stand.portal.control.apps.settled();
    memberId = stand.portal.control.apps.rename().memberId;
    // The first reader has seen the installation's own event.
    for (const { seq } of await stand.product.inbox.read("test", null, 10))
      await stand.product.inbox.advance("test", seq);
  });
  after(() => stand.close());

  const form = (more: Record<string, string> = {}) => ({
    event: "ONCRMDEALUPDATE",
    event_handler_id: "7",
    "data[FIELDS][ID]": "42",
    ts: "1700000000",
    "auth[member_id]": memberId,
    "auth[domain]": new URL(stand.portal.url).host,
    "auth[application_token]": stand.application.applicationToken,
    "auth[access_token]": "a".repeat(70),
    "auth[user_id]": "1",
    ...more,
  });
  const send = (more: Record<string, string> = {}, path = webhookPath) =>
    postForm(stand.url + path, form(more));
  const countRows = async () => {
    const { rows } = await stand.database.db.pool.query("SELECT count(*)::int AS n FROM b24kit.portal_inbox");
    return rows[0].n as number;
  };
  const unread = () => stand.product.inbox.read("test", null, 10_000);
  const catchUp = async () => {
    const events = await unread();
    const last = events.at(-1);
    if (last) await stand.product.inbox.advance("test", last.seq);
    return events;
  };

  it("arrive as the portal sends them, and wake their readers", async () => {
    const woken = new Promise<void>((resolve) => {
      const unsubscribe = stand.product.inbox.onArrival(() => {
        unsubscribe();
        resolve();
      });
    });
    const hook = stand.portal.webhookUrl;
    const added = await fetch(`${hook}crm.deal.add`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ fields: { TITLE: "новая" } }),
    });
    const { result } = (await added.json()) as { result: number };
    await stand.portal.control.apps.settled();
    await woken;
    const [event] = await catchUp();
    assert.deepEqual(
      [event!.event, event!.entityId, event!.portalId, event!.userId],
      ["ONCRMDEALADD", String(result), 1, 1],
    );
    assert.ok(event!.happenedAt instanceof Date);
  });

  it("are kept once, however often they come, at both addresses", async () => {
    const answers = await Promise.all(
      [webhookPath, "/api/v1/webhooks/bitrix", webhookPath].map((path) => send({}, path)),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    const events = await catchUp();
    assert.equal(events.length, 1);
    assert.equal((await send({ ts: "1700000001" })).status, 200);
    assert.equal((await catchUp()).length, 1, "another moment is another event");
  });

  it("may be years old or from the future", async () => {
    for (const ts of ["1", "2147483647"]) assert.equal((await send({ ts })).status, 200);
    assert.equal((await catchUp()).length, 2);
  });

  it("F19: without the right token are refused and leave no row", async () => {
    const before = await countRows();
    const wrong: Record<string, string>[] = [
      { "auth[application_token]": "0".repeat(32) },
      { "auth[application_token]": "" },
      { "auth[application_token]": stand.application.applicationToken.slice(0, -1) },
      { "auth[member_id]": "0".repeat(32) },
      { "auth[member_id]": "" },
      { "auth[application_token][]": stand.application.applicationToken, "auth[application_token]": "x" },
      { "auth[application_token]": "' OR 1=1 --" },
    ];
    for (const more of wrong) {
      const answer = await send(more);
      assert.equal(answer.status, 401, JSON.stringify(more));
      assert.equal(((await answer.json()) as Problem).code, "event_token_invalid");
    }
    for (const body of ["", "event=", "event=DROP", "{}", "a".repeat(10_000), "__proto__[x]=1&event=ONX"]) {
      const answer = await fetch(stand.url + webhookPath, { method: "POST", body });
      assert.ok([400, 401].includes(answer.status), body.slice(0, 20));
    }
    assert.equal(await countRows(), before);
  });

  it("with odd characters are kept, also beside others", async () => {
    const odd = ["%00", "a%00b", "\ud83d", "\\u0000", "'; DROP TABLE x --", "😀", '{"a":1}'];
    const answers = await Promise.all(
      odd.map((text, n) => send({ ts: String(1_500_000_000 + n), "data[X]": decodeURIComponent(text) })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      odd.map(() => 200),
    );
    assert.equal((await catchUp()).length, odd.length);
  });

  it("carry no token into the database or the log", async () => {
    const { rows } = await stand.database.db.pool.query(
      "SELECT to_jsonb(i)::text AS row FROM b24kit.portal_inbox i",
    );
    const text = rows.map(({ row }) => row).join("") + stand.log();
    assert.ok(!text.includes(stand.application.applicationToken));
    assert.doesNotMatch(text, /[0-9a-f]{70}/);
  });

  it("are read in order, without a gap, while many writers commit out of order", async () => {
    const { pool } = stand.database.db;
    const slow = await pool.connect();
    await slow.query("BEGIN");
    const insert = `INSERT INTO b24kit.portal_inbox (portal_id, key, event, data) VALUES (1, $1, 'ONSLOW', '{}')`;
    await slow.query(insert, [Buffer.from("slow")]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => send({ ts: String(1_600_000_000 + n) })));
    assert.equal((await catchUp()).length, 20);
    await slow.query("COMMIT");
    slow.release();
    assert.deepEqual(
      (await catchUp()).map(({ event }) => event),
      ["ONSLOW"],
      "what committed late comes later",
    );
  });

  it("are each reader's own: a second one begins with what is kept", async () => {
    const all = await stand.product.inbox.read("another", null, 10_000);
    assert.ok(all.length > 25);
    assert.deepEqual(
      all.map(({ seq }) => seq),
      all.map((_, n) => n + 1),
    );
    await stand.product.inbox.advance("another", 5);
    await stand.product.inbox.advance("another", 3);
    assert.equal((await stand.product.inbox.read("another", null, 1))[0]!.seq, 6, "a reader never goes back");
    assert.equal((await unread()).length, 0);
  });

  it("are all kept in a storm, though many are written by one statement", async () => {
    for (let round = 0; round < 25; round += 1) {
      const sent = Array.from({ length: 20 }, (_, n) => send({ "data[FIELDS][ID]": `${round}-${n}` }));
      for (const { status } of await Promise.all(sent)) assert.equal(status, 200);
    }
    assert.equal((await catchUp()).length, 500);
  });

  it("come again to whoever has read them, as the next change within the same second looks the same", async () => {
    const rows = await countRows();
    for (let times = 0; times < 2; times++) {
      assert.equal((await send({ ts: "1700000002" })).status, 200);
      assert.equal((await catchUp()).length, 1);
    }
    await Promise.all([1, 2, 3].map(() => send({ ts: "1700000002" })));
    assert.equal((await catchUp()).length, 1);
    assert.equal(await countRows(), rows + 1);
  });

  describe("subscriptions", () => {
    const api = (method: string, path: string) => stand.call(path, { method, headers: admin });
    const handlers = () => stand.portal.control.apps.bindings(stand.application.id)!.events;

    it("are listed, taken away and made again", async () => {
      const listed = (await (await api("GET", "/api/v1/webhooks/registered")).json()) as {
        bindings: PortalBinding[];
      };
      assert.equal(listed.bindings.filter(({ kind }) => kind === "event").length, EVENTS.length);
      const gone = await api("DELETE", "/api/v1/webhooks/unregister");
      assert.equal(((await gone.json()) as { removed: unknown[] }).removed.length, EVENTS.length);
      assert.equal(handlers().length, 0);
      const made = await api("POST", "/api/v1/webhooks/register");
      assert.equal(((await made.json()) as { made: unknown[] }).made.length, EVENTS.length);
      assert.equal(handlers().length, EVENTS.length);
    });

    it("may also go to another address", async () => {
      const base = encodeURIComponent("https://elsewhere.example.com");
      await api("POST", `/api/v1/webhooks/register?handler_base_url=${base}`);
      assert.equal(handlers().length, 2 * EVENTS.length);
      assert.ok(handlers().some(({ url }) => url === "https://elsewhere.example.com/api/v1/webhooks/bitrix"));
      await api("DELETE", `/api/v1/webhooks/unregister?handler_base_url=${base}`);
      assert.equal(handlers().length, EVENTS.length);
    });
  });

  it("wake their readers also where they come again: a second change within a second looks like the first", async () => {
    const ts = "1700000007";
    let wakes = 0;
    const unsubscribe = stand.product.inbox.onArrival(() => wakes++);
    assert.equal((await send({ ts })).status, 200);
    await until(() => wakes === 1, "the first wake");
    assert.equal((await catchUp()).length, 1);
    assert.equal((await send({ ts })).status, 200);
    await until(() => wakes === 2, "the second wake");
    unsubscribe();
    assert.equal((await catchUp()).length, 1);
  });
});

describe("a portal that is entered by a webhook only", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand();
    const connected = await stand.call("/api/v1/portals", {
      method: "POST",
      headers: { ...admin, "Content-Type": "application/json" },
      body: JSON.stringify({ webhookUrl: stand.portal.webhookUrl }),
    });
    assert.equal(connected.status, 201);
  });
  after(() => stand.close());

  it("is told that subscriptions need an application", async () => {
    for (const [method, path] of [
      ["POST", "/api/v1/webhooks/register?handler_base_url=https%3A%2F%2Fx.example.com"],
      ["DELETE", "/api/v1/webhooks/unregister"],
      ["GET", "/api/v1/webhooks/registered"],
    ] as const) {
      const answer = await stand.call(path, { method, headers: admin });
      assert.equal(answer.status, 409, path);
      assert.equal(((await answer.json()) as Problem).code, "app_context_required");
    }
  });

  it("sends its events by an outgoing webhook whose token is stored, and cannot uninstall anything", async () => {
    const webhook = stand.portal.control.apps.addOutgoingWebhook({
      url: `${stand.url}/api/v1/webhooks/bitrix`,
      events: ["ONCRMDEALADD"],
    });
    const addDeal = async () => {
      await fetch(`${stand.portal.webhookUrl}crm.deal.add?fields[TITLE]=x`);
      await stand.portal.control.apps.settled();
      return stand.portal.control.apps.deliveries().at(-1)!.status;
    };
    assert.equal(await addDeal(), 401);
    const stored = await stand.call("/api/v1/webhooks/token", {
      method: "POST",
      headers: { ...admin, "Content-Type": "application/json" },
      body: JSON.stringify({ token: webhook.token }),
    });
    assert.equal(stored.status, 204);
    assert.equal(await addDeal(), 200);
    const [event, another] = await stand.product.inbox.read("test", null, 10);
    assert.deepEqual([event!.event, another], ["ONCRMDEALADD", undefined]);
  });
});
