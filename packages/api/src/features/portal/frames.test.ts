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
}

const attribute = (page: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(page)?.[1] ?? "";

/** What the provider on the page was given. */
function readData(page: string): PageData {
  return { token: attribute(page, "token"), expiresAt: attribute(page, "token-expires") };
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
    assert.match(
      text,
      /<b24-provider frame locale="ru" portal="127\.0\.0\.1:\d+" token-url="\/api\/v1\/portals\/session"/,
    );
    for (const part of [
      '<b24-record query="deals" params="id=3" heading="Сделка">',
      '<b24-record query="contacts" params="deal=3" heading="Контакт">',
      '<b24-record query="companies" params="deal=3" heading="Компания">',
      '<b24-history query="stage-history" params="deal=3">',
    ])
      assert.ok(text.includes(part), part);
    const { token } = readData(text);
    const mine = (await (await as(token, "/api/v1/session")).json()) as { kind: string; subject: string };
    assert.deepEqual([mine.kind, mine.subject], ["page", "portal-1-user-1"]);
    assert.equal((await as(token, "/api/v1/queries/deals?id=3")).status, 200);
  });

  it("shows what fits the place, in the language of the portal", async () => {
    const elements = (text: string) =>
      [...text.matchAll(/<(b24-(?!provider)[a-z-]+)(?:[^>]*? query="([^"]*)")?/g)].map(([, tag, query]) =>
        query ? `${tag} ${query}` : tag,
      );
    const expected: Record<string, string[]> = {
      CRM_LEAD_DETAIL_TOOLBAR: [
        "b24-record leads",
        "b24-history stage-history",
        "b24-chart leads-by-stage",
        "b24-chart leads-by-source",
        "b24-sync-status",
      ],
      CRM_CONTACT_DETAIL_TOOLBAR: [
        "b24-record contacts",
        "b24-chart deals-by-stage",
        "b24-table deals",
        "b24-sync-status",
      ],
      CRM_COMPANY_DETAIL_TOOLBAR: [
        "b24-record companies",
        "b24-chart deals-by-stage",
        "b24-table contacts",
        "b24-table deals",
        "b24-sync-status",
      ],
      CRM_DEAL_LIST_TOOLBAR: [
        "b24-table deals",
        "b24-chart deals-by-stage",
        "b24-chart deals-by-month",
        "b24-sync-status",
      ],
      CRM_LEAD_LIST_TOOLBAR: [
        "b24-table leads",
        "b24-chart leads-by-stage",
        "b24-chart leads-by-source",
        "b24-sync-status",
      ],
      CRM_CONTACT_LIST_TOOLBAR: [
        "b24-table contacts",
        "b24-chart contacts-by-month",
        "b24-chart contacts-by-source",
        "b24-sync-status",
      ],
      CRM_COMPANY_LIST_TOOLBAR: [
        "b24-table companies",
        "b24-chart companies-by-month",
        "b24-chart companies-by-industry",
        "b24-sync-status",
      ],
    };
    for (const [code, parts] of Object.entries(expected)) {
      const { action, fields } = await openButton(stand, code, code.includes("DETAIL") ? "3" : "");
      const english = new URL(action);
      english.searchParams.set("LANG", "en");
      const text = await (await postForm(english.href, fields)).text();
      assert.deepEqual(elements(text), parts, code);
      assert.match(text, /<html lang="en">[\s\S]*<b24-provider frame locale="en"/);
      for (const [, query, params = ""] of text.matchAll(
        /query="([^"]+)"(?: [xy]="\w+"| type="\w+")*(?: params="([^"]*)")?/g,
      )) {
        const answer = await as(readData(text).token, `/api/v1/queries/${query}?${params}`);
        assert.equal(answer.status, 200, `${query}?${params}`);
        await answer.body?.cancel();
      }
    }
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

  it("renews its token by the portal's own, and by nothing else", async () => {
    const { fields } = await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", "", 2);
    const answer = await session({ memberId: fields.member_id, authId: fields.AUTH_ID });
    const { token } = (await answer.json()) as PageData;
    assert.equal(answer.status, 200);
    assert.equal((await as(token, "/api/v1/portals")).status, 200);
    assert.equal((await session({ memberId: fields.member_id, authId: token })).status, 403);
    assert.equal((await session({ memberId: "0".repeat(32), authId: fields.AUTH_ID })).status, 404);
  });

  it("removes a portal only when its name is repeated", async () => {
    const other = await startPortal({ counts: { deals: 1, contacts: 1, companies: 1, leads: 1 } });
    try {
      const connected = await stand.call("/api/v1/portals", {
        method: "POST",
        headers: { ...admin, "Content-Type": "application/json" },
        body: JSON.stringify({ webhookUrl: other.webhookUrl }),
      });
      const { id, host } = (await connected.json()) as { id: number; host: string };
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
