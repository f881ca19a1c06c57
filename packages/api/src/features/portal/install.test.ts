import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Applications, Portal } from "@b24kit/client/contract";
import {
  admin,
  installByConsent,
  openApplication,
  openStand,
  postForm,
  type Stand,
  submitDomain,
} from "../../../../../test/portal-stand.ts";
import { EVENTS, PLACEMENTS } from "./places.ts";

const portalsOf = async (stand: Stand) => {
  const answer = await stand.call("/api/v1/portals", { headers: admin });
  return ((await answer.json()) as { portals: Portal[] }).portals;
};
const bindingsOf = (stand: Stand) => stand.portal.control.apps.bindings(stand.application.id)!;

describe("an installation through the consent page", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand();
  });
  after(() => stand.close());

  it("begins with a page that asks for the domain, under a strict policy", async () => {
    const page = await stand.call("/bitrix/oauth/install", { headers: { "Accept-Language": "ru" } });
    const text = await page.text();
    assert.equal(page.status, 200);
    assert.match(text, /<html lang="ru">[\s\S]*<b24-provider locale="ru"><b24-install><\/b24-install>/);
    assert.doesNotMatch(text, /<script(?![^>]*src=)|style=|onclick/);
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal((await stand.call("/bitrix/pages/page.css")).status, 200);
  });

  it("binds the buttons and the events, and says so", async () => {
    const page = await installByConsent(stand);
    const text = await page.text();
    assert.equal(page.status, 200, text);
    assert.match(text, /<b24-install stage="done" domain="127\.0\.0\.1:\d+"/);
    assert.match(text, /buttons="8" events="36"\s+scopes="crm placement user"/);
    const { placements, events } = bindingsOf(stand);
    assert.deepEqual(placements.map(({ placement }) => placement).sort(), [...PLACEMENTS].sort());
    assert.deepEqual(
      new Set(placements.map(({ handler }) => handler)),
      new Set([`${stand.url}/api/bitrix24/button_handler`]),
    );
    assert.deepEqual(events.map(({ event }) => event).sort(), [...EVENTS].sort());
    const [portal] = await portalsOf(stand);
    assert.deepEqual(
      [portal!.state, portal!.access, portal!.scopes],
      ["connected", ["application"], ["crm", "placement", "user"]],
    );
  });

  it("brings the token that proves events, by an event of its own", async () => {
    await stand.portal.control.apps.settled();
    assert.deepEqual(
      stand.portal.control.apps.deliveries().map(({ label, status }) => [label, status]),
      [["ONAPPTEST", 200]],
    );
    const [event] = await stand.product.inbox.read("test", null, 10);
    assert.equal(event!.event, "ONAPPTEST");
  });

  it("may be repeated: the portal stays one, its bindings are not doubled", async () => {
    await (await installByConsent(stand)).text();
    await submitDomain(stand, "mycompany.bitrix24.ru");
    assert.equal((await portalsOf(stand)).length, 1);
    assert.equal(bindingsOf(stand).placements.length, PLACEMENTS.length);
    assert.equal(bindingsOf(stand).events.length, EVENTS.length);
  });

  it("is for administrators: another person's consent changes nothing", async () => {
    const before = await stand.database.db.pool.query("SELECT oauth FROM b24kit.portal_portals");
    const begun = await submitDomain(stand, new URL(stand.portal.url).host);
    const consent = await fetch(begun.headers.get("Location") ?? "", {
      redirect: "manual",
      headers: { Cookie: "portal_user=2" },
    });
    const { pathname, search } = new URL(consent.headers.get("Location") ?? "");
    const page = await stand.call(pathname + search);
    assert.match(await page.text(), /portal_access_denied/);
    const now = await stand.database.db.pool.query("SELECT oauth FROM b24kit.portal_portals");
    assert.deepEqual(now.rows, before.rows);
  });

  it("ends with the portal's word", async () => {
    stand.portal.control.apps.remove(stand.application.id);
    await stand.portal.control.apps.settled();
    const [portal] = await portalsOf(stand);
    assert.deepEqual([portal!.access, portal!.state], [[], "reauthorise"]);
    assert.equal((await portalsOf(stand)).length, 1, "the data wait for another installation");
  });

  it("leaves no secret in the log", () => {
    const { clientSecret } = stand.application;
    assert.ok(stand.log().length > 1_000);
    assert.ok(!stand.log().includes(clientSecret));
    assert.doesNotMatch(stand.log(), /[0-9a-f]{70}/);
    assert.doesNotMatch(stand.log(), /code=|state=/);
  });
});

describe("an installation that meets trouble", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand({ card: { scopes: ["crm"] } });
  });
  after(() => stand.close());

  const nothingLeft = async () => {
    assert.deepEqual(await portalsOf(stand), []);
    const { placements, events } = bindingsOf(stand);
    assert.deepEqual([placements.length, events.length], [0, 0]);
  };

  it("names the scope that is missing and leaves nothing", async () => {
    const page = await installByConsent(stand);
    assert.equal(page.status, 502);
    assert.match(await page.text(), /lacks the scope: placement/);
    await nothingLeft();
  });

  it("says that the portal is down in its middle, and leaves nothing", async () => {
    stand.portal.control.apps.change(stand.application.id, { scopes: ["crm", "placement"] });
    stand.portal.control.addFault({ match: "scope", effect: "html502", times: 20 });
    const page = await installByConsent(stand);
    assert.match(await page.text(), /portal_rate_limited|portal_unreachable/);
    stand.portal.control.clearFaults();
    await nothingLeft();
  });

  it("takes back what it bound when binding fails", async () => {
    stand.portal.control.addFault({
      match: "event.bind",
      effect: "resultError",
      times: 1,
      error: "odd",
      description: "odd",
    });
    const page = await installByConsent(stand);
    assert.notEqual(page.status, 200);
    stand.portal.control.clearFaults();
    await nothingLeft();
  });

  it("works when it is done again, and is the first portal", async () => {
    const page = await installByConsent(stand);
    assert.equal(page.status, 200);
    assert.deepEqual(
      (await portalsOf(stand)).map(({ id }) => id),
      [1],
    );
  });

  it("follows a change of scopes", async () => {
    stand.portal.control.apps.change(stand.application.id, { scopes: ["crm", "placement", "im"] });
    await installByConsent(stand);
    assert.deepEqual((await portalsOf(stand))[0]!.scopes.toSorted(), ["crm", "im", "placement"]);
  });
});

describe("an installation from the portal's frame", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand({ card: { handlerUrl: "http://localhost:1/x" } });
    stand.portal.control.apps.change(stand.application.id, {
      handlerUrl: `${stand.url}/api/bitrix24`,
      installUrl: `${stand.url}/api/bitrix24/install`,
    });
    stand.portal.control.apps.reinstall(stand.application.id);
  });
  after(() => stand.close());

  it("ends with installFinish, in a page that only the portal may frame", async () => {
    const { action, fields } = await openApplication(stand);
    const page = await postForm(action, fields);
    const text = await page.text();
    assert.equal(page.status, 200, text);
    assert.match(
      page.headers.get("Content-Security-Policy") ?? "",
      new RegExp(`frame-ancestors 'self' ${stand.portal.url};`),
    );
    assert.match(text, /<b24-provider locale="ru" frame>\s*<b24-install stage="done"[^>]* framed finish>/);
    assert.ok(!text.includes(fields.AUTH_ID!) && !text.includes(fields.REFRESH_ID!));
    stand.portal.control.apps.finishInstall(stand.application.id);
    await stand.portal.control.apps.settled();
    const labels = stand.portal.control.apps.deliveries().map(({ label, status }) => [label, status]);
    assert.ok(
      labels.some(([label, status]) => label === "ONAPPINSTALL" && status === 200),
      JSON.stringify(labels),
    );
    assert.equal((await portalsOf(stand)).length, 1);
  });

  it("keeps one row with a webhook of the same portal, and follows a renamed one", async () => {
    const connected = await stand.call("/api/v1/portals", {
      method: "POST",
      headers: { ...admin, "Content-Type": "application/json" },
      body: JSON.stringify({ webhookUrl: stand.portal.webhookUrl }),
    });
    assert.equal(connected.status, 201);
    const [portal, another] = await portalsOf(stand);
    assert.equal(another, undefined);
    assert.deepEqual(portal!.access, ["application", "webhook"]);
    const port = new URL(stand.portal.url).port;
    stand.portal.control.apps.rename({ url: `http://localhost:${port}` });
    await (await stand.product.portals.client(1)).call("profile");
    const moved = await portalsOf(stand);
    assert.deepEqual(
      moved.map(({ id, host }) => [id, host]),
      [[1, `localhost:${port}`]],
    );
  });
});

describe("an application without a face", () => {
  it("is installed by ONAPPINSTALL", async () => {
    const stand = await openStand({ card: { scriptOnly: true, scopes: ["crm"] } });
    try {
      stand.portal.control.apps.change(stand.application.id, {
        scriptOnly: true,
        installUrl: `${stand.url}/api/bitrix24/install`,
      });
      stand.portal.control.apps.reinstall(stand.application.id);
      await stand.portal.control.apps.settled();
      const [portal] = await portalsOf(stand);
      assert.deepEqual([portal!.state, portal!.scopes], ["connected", ["crm"]]);
      const { placements, events } = bindingsOf(stand);
      assert.deepEqual([placements.length, events.length], [0, EVENTS.length]);
    } finally {
      await stand.close();
    }
  });
});

describe("the keys of a local application", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand();
  });
  after(() => stand.close());

  const put = (url: string, clientId: string, clientSecret = "a-secret-of-many-characters") =>
    stand.call("/api/v1/portals/applications", {
      method: "POST",
      headers: { ...admin, "Content-Type": "application/json" },
      body: JSON.stringify({ url, clientId, clientSecret }),
    });
  const list = async () => {
    const answer = await stand.call("/api/v1/portals/applications", { headers: admin });
    return (await answer.json()) as Applications;
  };

  it("are one for each portal, follow it to another address, and are shown to nobody", async () => {
    const { clientId } = stand.application;
    assert.equal((await put("https://old.bitrix24.ru", "local.1.1")).status, 201);
    assert.equal(
      (await put("https://old.bitrix24.ru/", "local.2.2")).status,
      201,
      "another one takes its place",
    );
    assert.equal((await put("https://new.bitrix24.ru", "local.2.2")).status, 201, "the portal was renamed");
    const { applications, ofSettings, addresses } = await list();
    assert.deepEqual(applications, [{ url: "https://new.bitrix24.ru", clientId: "local.2.2" }]);
    assert.equal(ofSettings, clientId);
    assert.deepEqual(addresses, {
      handler: `${stand.url}/api/bitrix24`,
      install: `${stand.url}/bitrix/oauth/install`,
      events: `${stand.url}/api/bitrix24/webhook`,
    });
    const { rows } = await stand.database.db.pool.query(
      "SELECT to_jsonb(a)::text AS row FROM b24kit.portal_applications a",
    );
    assert.doesNotMatch(rows[0].row + stand.log(), /a-secret-of-many/);
    for (const [url, id] of [
      ["ftp://x", "local.1.1"],
      ["https://x.bitrix24.ru", "evil"],
    ] as const)
      assert.equal((await put(url, id)).status, 400);
    const gone = await stand.call("/api/v1/portals/applications/new.bitrix24.ru", {
      method: "DELETE",
      headers: admin,
    });
    assert.equal(gone.status, 204);
    assert.deepEqual((await list()).applications, []);
  });

  it("of one that the portal has not finished yet leave a word about the last step", async () => {
    stand.portal.control.apps.change(stand.application.id, {
      installUrl: `${stand.url}/bitrix/oauth/install`,
    });
    stand.portal.control.apps.reinstall(stand.application.id);
    const page = await (await installByConsent(stand)).text();
    assert.match(page, /<b24-install stage="done"[^>]* unfinished>/);
    stand.portal.control.apps.finishInstall(stand.application.id);
    assert.doesNotMatch(await (await installByConsent(stand)).text(), /unfinished/);
  });
});
