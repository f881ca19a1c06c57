import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Problem } from "@b24kit/client/contract";
import { startPortal } from "../../../../../demo/portal/index.ts";
import {
  admin,
  installByConsent,
  openButton,
  openStand,
  postForm,
  type Stand,
} from "../../../../../test/portal-stand.ts";

interface PageData {
  readonly token: string;
  readonly expiresAt: string;
  readonly memberId: string;
}

function readData(page: string): PageData {
  const block = /<script type="application\/json" id="b24kit-page">(.*?)<\/script>/.exec(page)?.[1];
  return JSON.parse(block ?? "null") as PageData;
}

describe("a page behind a button of the portal", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand();
    await (await installByConsent(stand)).text();
  });
  after(() => stand.close());

  const session = (body: object) =>
    stand.call("/api/v1/portals/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  const as = (token: string, path: string, method = "GET") =>
    stand.call(path, { method, headers: { Authorization: `Bearer ${token}` } });

  it("shows the record, what hangs on it, and is alive by a token of its own", async () => {
    const { action, fields } = await openButton(stand, "CRM_DEAL_DETAIL_TOOLBAR", "3");
    const page = await postForm(action, fields);
    const text = await page.text();
    assert.equal(page.status, 200, text);
    assert.match(text, /<b24-provider locale="ru" portal="127\.0\.0\.1:\d+">/);
    for (const part of [
      'query="deals" params="id=3"',
      'query="contacts" params="deal=3"',
      'query="companies" params="deal=3"',
    ])
      assert.ok(text.includes(part), part);
    const { token } = readData(text);
    const mine = (await (await as(token, "/api/v1/session")).json()) as { kind: string; subject: string };
    assert.deepEqual([mine.kind, mine.subject], ["page", "portal-1-user-1"]);
    assert.equal((await as(token, "/api/v1/queries/deals?id=3")).status, 200);
  });

  it("has a strict policy, one portal that may frame it, no cookie, no inline script, no token in an address", async () => {
    const { action, fields } = await openButton(stand, "CRM_CONTACT_LIST_TOOLBAR", "");
    const page = await postForm(action, fields);
    const text = await page.text();
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    assert.ok(policy.includes(`frame-ancestors 'self' ${stand.portal.url};`), policy);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(page.headers.get("X-Frame-Options"), null);
    assert.equal(page.headers.get("Set-Cookie"), null);
    assert.equal(page.headers.get("Cache-Control"), "no-store");
    const { token } = readData(text);
    for (const [, address] of text.matchAll(/(?:src|href|action|token-url)="([^"]*)"/g))
      assert.ok(!address!.includes(token));
    assert.doesNotMatch(text, /\son\w+=|style=/);
    for (const [tag] of text.matchAll(/<script[^>]*>/g))
      assert.match(tag, /src="\/|type="application\/json"/);
    assert.ok(!text.includes(fields.AUTH_ID!) && !text.includes(fields.REFRESH_ID!));
    for (const name of ["frame.js", "placement.js"])
      assert.equal((await stand.call(`/bitrix/pages/${name}`)).status, 200);
  });

  it("lets colleagues read, and administrators also start a sync", async () => {
    for (const [userId, status] of [
      [1, 202],
      [2, 403],
    ] as const) {
      const { action, fields } = await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", "", userId);
      const { token } = readData(await (await postForm(action, fields)).text());
      assert.equal((await as(token, "/api/v1/sync/status")).status, 200);
      assert.equal((await as(token, "/api/v1/sync/start/deal", "POST")).status, status);
      assert.equal((await as(token, "/api/v1/keys")).status, 403);
    }
  });

  it("is not given to another application's token, though the portal knows who it is", async () => {
    const other = stand.portal.control.apps.create({
      title: "other",
      handlerUrl: `${stand.url}/api/bitrix24`,
      scopes: ["crm"],
    });
    const opened = await fetch(`${stand.portal.url}/frame/open/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ application: other.id }),
    });
    const { action, fields } = (await opened.json()) as { action: string; fields: Record<string, string> };
    const profile = await fetch(`${stand.portal.url}/rest/profile?auth=${fields.AUTH_ID}`);
    assert.equal(profile.status, 200, "the portal itself would answer");
    const page = await postForm(action, fields);
    assert.equal(page.status, 403);
    assert.match(await page.text(), /foreign_application/);
    const renewed = await session({ memberId: fields.member_id, authId: fields.AUTH_ID });
    assert.deepEqual(
      [renewed.status, ((await renewed.json()) as Problem).code],
      [403, "foreign_application"],
    );
  });

  it("asks the stored address, whatever the request says", async () => {
    const impostor = await startPortal({ counts: { deals: 1, contacts: 1, companies: 1, leads: 1 } });
    const { action, fields } = await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", "");
    const url = new URL(action);
    url.searchParams.set("DOMAIN", new URL(impostor.url).host);
    const page = await postForm(url.href, { ...fields, AUTH_ID: "f".repeat(70) });
    assert.equal(page.status, 403);
    assert.equal(impostor.control.stats().requests, 0);
    assert.match(page.headers.get("Content-Security-Policy") ?? "", /frame-ancestors 'none'/);
    await impostor.close();
  });

  it("opened outside the portal says where it works", async () => {
    for (const path of ["/api/bitrix24", "/api/bitrix24/button_handler"]) {
      const page = await stand.call(path, { headers: { "Accept-Language": "ru" } });
      assert.equal(page.status, 400);
      assert.match(await page.text(), /Откройте эту страницу из портала/);
      const posted = await stand.call(path, { method: "POST" });
      assert.equal(posted.status, 400);
    }
  });

  it("renews its token by the portal's own, and by nothing else", async () => {
    const { fields } = await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", "", 2);
    const answer = await session({ memberId: fields.member_id, authId: fields.AUTH_ID });
    const { token } = (await answer.json()) as PageData;
    assert.equal(answer.status, 200);
    assert.equal((await as(token, "/api/v1/portals")).status, 200);
    assert.equal((await session({ memberId: fields.member_id, authId: token })).status, 403);
    assert.equal((await session({ memberId: "0".repeat(32), authId: fields.AUTH_ID })).status, 404);
  });

  it("reaches its own portal only", async () => {
    const other = await startPortal({ counts: { deals: 1, contacts: 1, companies: 1, leads: 1 } });
    try {
      const connected = await stand.call("/api/v1/portals", {
        method: "POST",
        headers: { ...admin, "Content-Type": "application/json" },
        body: JSON.stringify({ webhookUrl: other.webhookUrl }),
      });
      const { id, host } = (await connected.json()) as { id: number; host: string };
      const { action, fields } = await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", "");
      const { token } = readData(await (await postForm(action, fields)).text());
      for (const [path, method] of [
        [`/api/v1/queries/deals?portal=${host}`, "GET"],
        [`/api/v1/sync/status?portal=${id}`, "GET"],
        [`/api/v1/sync/start/deal?portal=${host}`, "POST"],
        [`/api/v1/portals/${id}/check`, "POST"],
      ] as const) {
        const answer = await as(token, path, method);
        assert.deepEqual(
          [answer.status, ((await answer.json()) as Problem).code],
          [404, "unknown_portal"],
          path,
        );
      }
      const mine = (await (await as(token, "/api/v1/portals")).json()) as { portals: { id: number }[] };
      assert.deepEqual(
        mine.portals.map((portal) => portal.id),
        [1],
      );

      const refused = await stand.call(`/api/v1/portals/${id}`, { method: "DELETE", headers: admin });
      assert.equal(((await refused.json()) as Problem).code, "confirmation_required");
      const removed = await stand.call(`/api/v1/portals/${id}?confirm=${host}`, {
        method: "DELETE",
        headers: admin,
      });
      assert.equal(((await removed.json()) as { host: string }).host, host);
    } finally {
      await other.close();
    }
  });

  it("keeps tokens out of the log", () => {
    assert.ok(stand.log().length > 1_000);
    assert.doesNotMatch(stand.log(), /[0-9a-f]{70}|eyJ[\w-]{8,}\./);
    assert.ok(!stand.log().includes(stand.application.clientSecret));
  });

  it("is gone with its portal, which is told to forget us", async () => {
    await stand.call("/api/v1/sync/cancel/deal", { method: "POST", headers: admin });
    const [portal] = await stand.product.portals.all();
    const { host, schema } = portal!;
    await stand.database.db.pool.query(`CREATE SCHEMA ${schema}`);
    await stand.database.db.pool.query(
      `CREATE TABLE ${schema}.deals AS SELECT generate_series(1, 100) AS id`,
    );
    await stand.database.db.pool.query(`ANALYZE ${schema}.deals`);
    const answer = await stand.call(`/api/v1/portals/1?confirm=${host}`, {
      method: "DELETE",
      headers: admin,
    });
    const removed = (await answer.json()) as {
      tables: number;
      rows: number;
      events: number;
      unbound: boolean;
    };
    assert.deepEqual([removed.tables, removed.rows, removed.unbound], [1, 100, true]);
    const { placements, events } = stand.portal.control.apps.bindings(stand.application.id)!;
    assert.deepEqual([placements.length, events.length], [0, 0]);
    assert.deepEqual(await stand.product.portals.all(), []);
    const left = await stand.database.db.pool.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [
      schema,
    ]);
    assert.equal(left.rowCount, 0);
  });
});
