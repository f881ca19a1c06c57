import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Portal } from "@b24kit/client/contract";
import {
  admin,
  installByConsent,
  openApplication,
  openButton,
  openFrame,
  openStand,
  postForm,
  type Stand,
} from "../../../../../test/portal-stand.ts";
import { EVENTS, PLACEMENTS } from "./places.ts";

describe("an application from the market", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand({ card: { marketCode: "acme.b24kit" } });
    assert.match(stand.application.clientId, /^app\./);
  });
  after(() => stand.close());

  const apps = () => stand.portal.control.apps;
  const portals = async () => {
    const answer = await stand.call("/api/v1/portals", { headers: admin });
    return ((await answer.json()) as { portals: Portal[] }).portals;
  };
  const bound = () => {
    const { placements, events } = apps().bindings(stand.application.id)!;
    return [placements.length, events.length];
  };
  const readCode = async () =>
    (await stand.database.db.pool.query("SELECT client_id, app_code FROM b24kit.portal_portals")).rows;

  it("is installed through the consent page, under the name that the portal gives it", async () => {
    assert.equal((await installByConsent(stand)).status, 200);
    assert.deepEqual(await readCode(), [{ client_id: stand.application.clientId, app_code: "acme.b24kit" }]);
    assert.deepEqual(bound(), [PLACEMENTS.length, EVENTS.length]);
    await apps().settled();
    assert.deepEqual(
      apps()
        .deliveries()
        .map(({ label, status }) => [label, status]),
      [["ONAPPTEST", 200]],
    );
  });

  it("opens its pages, and another application of the market does not", async () => {
    const { action, fields } = await openButton(stand, "CRM_DEAL_DETAIL_TOOLBAR", "3");
    assert.equal((await postForm(action, fields)).status, 200);
    const other = apps().create({
      title: "other",
      handlerUrl: `${stand.url}/api/bitrix24`,
      scopes: ["crm", "placement"],
      marketCode: "evil.data",
    });
    const opened = await openFrame(stand, { application: other.id });
    const refused = await postForm(action, opened.fields);
    assert.deepEqual([refused.status, (await refused.text()).includes("foreign_application")], [403, true]);
    // Its tokens would have to be renewed with our secret, which the auth server does not let pass.
    const install = new URL(action);
    install.pathname = "/bitrix/oauth/install";
    const forged = await openFrame(stand, { application: other.id });
    assert.notEqual((await postForm(install.href, forged.fields)).status, 200);
    assert.deepEqual(await readCode(), [{ client_id: stand.application.clientId, app_code: "acme.b24kit" }]);
  });

  it("has its bindings checked when it hears of a new version", async () => {
    const portal = await stand.product.portals.client(1);
    await portal.call("event.unbind", {
      event: "ONCRMDEALADD",
      handler: `${stand.url}/api/bitrix24/webhook`,
    });
    assert.deepEqual(bound(), [PLACEMENTS.length, EVENTS.length - 1]);
    apps().fire(stand.application.id, { event: "ONAPPUPDATE" });
    await apps().settled();
    const until = Date.now() + 5_000;
    while (bound()[1] !== EVENTS.length && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(bound(), [PLACEMENTS.length, EVENTS.length]);
  });

  for (const clean of [false, true]) {
    it(`is uninstalled ${clean ? "with" : "without"} CLEAN: access goes, data stay, and it can come back`, async () => {
      await stand.database.db.pool.query("CREATE SCHEMA IF NOT EXISTS crm");
      await stand.database.db.pool.query("CREATE TABLE IF NOT EXISTS crm.deals AS SELECT 1 AS id");
      apps().remove(stand.application.id, { clean });
      await apps().settled();
      const [gone] = await portals();
      assert.deepEqual([gone!.state, gone!.access, gone!.scopes], ["reauthorise", [], []]);
      const { rows } = await stand.database.db.pool.query(
        "SELECT (SELECT count(*)::int FROM crm.deals) AS deals, (SELECT count(*)::int FROM b24kit.portal_event_tokens) AS tokens, oauth FROM b24kit.portal_portals",
      );
      assert.deepEqual(rows, [{ deals: 1, tokens: 0, oauth: null }]);
      const [uninstalled] = (await stand.product.inbox.read("test", null, 1_000)).slice(-1);
      assert.deepEqual(
        [uninstalled!.event, (uninstalled!.data as { CLEAN: string }).CLEAN],
        ["ONAPPUNINSTALL", clean ? "1" : "0"],
        "features that follow the inbox learn what was wished",
      );
      const page = await postForm(`${stand.url}/api/bitrix24`, { AUTH_ID: "x".repeat(30), member_id: "x" });
      assert.equal(page.status, 400);

      apps().reinstall(stand.application.clientId);
      assert.equal((await installByConsent(stand)).status, 200);
      assert.deepEqual(
        (await portals()).map(({ id, state, access }) => [id, state, access]),
        [[1, "connected", ["application"]]],
      );
      assert.deepEqual(bound(), [PLACEMENTS.length, EVENTS.length]);
      await apps().settled();
    });
  }

  it("stays when word of an uninstallation comes after the next installation", async () => {
    const { control } = stand.portal;
    control.clock({ mode: "virtual" });
    apps().settings({ delivery: { delayMs: 60_000 } });
    apps().remove(stand.application.id);
    apps().settings({ delivery: { delayMs: 0 } });
    control.clock({ advance: 5_000 });
    apps().reinstall(stand.application.clientId);
    assert.equal((await installByConsent(stand)).status, 200);
    control.clock({ advance: 60_000 });
    await apps().settled();
    const told = apps()
      .deliveries()
      .findLast(({ label }) => label === "ONAPPUNINSTALL");
    assert.deepEqual([told?.outcome, told?.status], ["answered", 200]);
    assert.deepEqual(
      (await portals()).map(({ id, state, access }) => [id, state, access]),
      [[1, "connected", ["application"]]],
    );
    control.clock({ mode: "real" });
  });

  it("is found again under another address, by its frame and by its events", async () => {
    const { port } = new URL(stand.portal.url);
    apps().rename({ url: `http://localhost:${port}` });
    const moved = { ...stand, portal: { ...stand.portal, url: `http://localhost:${port}` } };
    const { action, fields } = await openApplication(moved);
    const page = await postForm(action, fields);
    assert.equal(page.status, 200);
    assert.match(
      page.headers.get("Content-Security-Policy") ?? "",
      new RegExp(`frame-ancestors 'self' http://localhost:${port};`),
    );
    assert.deepEqual(
      (await portals()).map(({ id, host }) => [id, host]),
      [[1, `localhost:${port}`]],
    );
    apps().fire(stand.application.id, { event: "ONAPPUPDATE" });
    await apps().settled();
    assert.equal(apps().deliveries().at(-1)!.status, 200);
  });
});

describe("installations that meet", () => {
  let stand: Stand;
  before(async () => {
    stand = await openStand();
  });
  after(() => stand.close());

  it("two at once, through the consent page and from the frame, make one portal that works", async () => {
    const { action, fields } = await openApplication(stand);
    const install = new URL(action);
    install.pathname = "/bitrix/oauth/install";
    const pages = await Promise.all([
      installByConsent(stand),
      postForm(install.href, fields),
      installByConsent(stand),
    ]);
    assert.deepEqual(
      pages.map(({ status }) => status),
      [200, 200, 200],
    );
    const { placements, events } = stand.portal.control.apps.bindings(stand.application.id)!;
    assert.deepEqual([placements.length, events.length], [PLACEMENTS.length, EVENTS.length]);
    assert.equal((await stand.product.portals.all()).length, 1);
    await (await stand.product.portals.client(1)).call("profile");
  });

  it("an installation while the token is renewed: the newer tokens stay", async () => {
    const { control } = stand.portal;
    control.clock({ mode: "virtual" });
    const client = await stand.product.portals.client(1);
    await client.call("profile");
    control.clock({ advance: 2 * 3_600_000 });
    control.addFault({ match: "oauth.token", effect: "delay", delayMs: 150, times: 1 });
    const [answer, page] = await Promise.all([client.call("profile"), installByConsent(stand)]);
    assert.ok(answer.result);
    assert.equal(page.status, 200);
    control.clock({ advance: 2 * 3_600_000 });
    await client.call("profile");
    const { rows } = await stand.database.db.pool.query("SELECT oauth_state FROM b24kit.portal_portals");
    assert.deepEqual(rows, [{ oauth_state: "live" }]);
  });

  it("a refused installation leaves the one that works as it is", async () => {
    const { control } = stand.portal;
    for (const match of ["scope", "placement.get", "event.get", "profile", "app.info"]) {
      control.addFault({ match, effect: "resultError", times: 1, error: "odd", description: "odd" });
      assert.notEqual((await installByConsent(stand)).status, 200, match);
    }
    const { placements, events } = control.apps.bindings(stand.application.id)!;
    assert.deepEqual([placements.length, events.length], [PLACEMENTS.length, EVENTS.length]);
    await (await stand.product.portals.client(1)).call("profile");
  });
});
