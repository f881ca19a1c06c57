import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Portal } from "@b24kit/client/contract";
import { startPortal } from "../../../../../demo/portal/index.ts";
import {
  admin,
  consentAnswer,
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

  it("begins with a page that asks for the domain, without script and under a strict policy", async () => {
    const page = await stand.call("/bitrix/oauth/install", { headers: { "Accept-Language": "ru" } });
    const text = await page.text();
    assert.equal(page.status, 200);
    assert.match(text, /<html lang="ru">[\s\S]*Установить приложение/);
    assert.doesNotMatch(text, /<script(?![^>]*src=)|style=|onclick/);
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal((await stand.call("/bitrix/pages/page.css")).status, 200);
  });

  it("leads nowhere but to portals", async () => {
    const wrong = [
      "evil.example",
      "https://evil.example/oauth",
      "evil.example#.bitrix24.ru",
      "x@bitrix24.ru",
    ];
    wrong.push(
      "127.0.0.1:1",
      "169.254.169.254",
      "bitrix24.ru.evil.example",
      "a.b.bitrix24.ru",
      "javascript:alert(1)",
    );
    wrong.push(
      "user@evil.bitrix24.ru",
      "http://mycompany.bitrix24.ru",
      "mycompany.bitrix24.ru:8443",
      "",
      " ",
    );
    for (const domain of wrong) {
      const answer = await submitDomain(stand, domain);
      assert.equal(answer.status, 400, domain);
      assert.equal(answer.headers.get("Location"), null);
      assert.match(await answer.text(), /portal_domain_invalid/);
    }
    const cloud = await submitDomain(stand, " https://MyCompany.bitrix24.ru/crm/deal/ ");
    const to = new URL(cloud.headers.get("Location") ?? "");
    assert.equal(to.origin + to.pathname, "https://mycompany.bitrix24.ru/oauth/authorize/");
    assert.deepEqual([...to.searchParams.keys()].sort(), ["client_id", "state"]);
    const foreign = await submitDomain(stand, "mycompany.bitrix24.ru", { Origin: "https://evil.example" });
    assert.equal(foreign.status, 403);
  });

  it("binds the buttons and the events, and says so", async () => {
    const page = await installByConsent(stand);
    const text = await page.text();
    assert.equal(page.status, 200, text);
    assert.match(text, /is installed on 127\.0\.0\.1/);
    assert.match(text, /8 buttons in the CRM/);
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

  it("refuses an answer that comes twice, a state that is not ours, and a code without one", async () => {
    const answer = await consentAnswer(stand);
    assert.equal((await stand.call(answer)).status, 200);
    const before = stand.portal.control.stats().codesExchanged;
    const again = await stand.call(answer);
    assert.equal(again.status, 400);
    assert.match(await again.text(), /install_state_invalid/);
    for (const state of [
      "x",
      "00000000-0000-4000-8000-000000000000.AAAA",
      `${crypto.randomUUID()}.${"a".repeat(43)}`,
    ]) {
      const wrong = new URL(await consentAnswer(stand), stand.url);
      wrong.searchParams.set("state", state);
      assert.equal((await stand.call(wrong.pathname + wrong.search)).status, 400, state);
    }
    assert.equal(stand.portal.control.stats().codesExchanged, before, "no code was shown to anybody");
    assert.equal((await stand.call("/bitrix/oauth/callback?code=abc")).status, 400);
  });

  it("refuses a code that was used before, with a state of its own", async () => {
    const used = new URL(await consentAnswer(stand), stand.url);
    await stand.call(used.pathname + used.search);
    const fresh = new URL(await consentAnswer(stand), stand.url);
    fresh.searchParams.set("code", used.searchParams.get("code")!);
    const answer = await stand.call(fresh.pathname + fresh.search);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /install_state_invalid/);
  });

  it("tells our secret to no auth server but a real one", async () => {
    const answer = new URL(await consentAnswer(stand), stand.url);
    for (const server of ["evil.example", "127.0.0.1:1", "oauth.bitrix.info@evil.example"]) {
      answer.searchParams.set("server_domain", server);
      const page = await stand.call(answer.pathname + answer.search);
      assert.equal(page.status, 400);
    }
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

  it("ends with the portal's word, and only with it", async () => {
    const { memberId } = stand.portal.control.apps.rename();
    const forged = {
      event: "ONAPPUNINSTALL",
      "auth[member_id]": memberId,
      "auth[application_token]": "0".repeat(32),
    };
    assert.equal((await postForm(`${stand.url}/api/bitrix24/webhook`, forged)).status, 401);
    assert.deepEqual((await portalsOf(stand))[0]!.access, ["application"]);
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

  it("refuses forged posts, whatever they claim", async () => {
    const { action, fields } = await openApplication(stand);
    const elsewhere = await startPortal({ counts: { deals: 1, contacts: 1, companies: 1, leads: 1 } });
    const other = new URL(action);
    other.searchParams.set("DOMAIN", new URL(elsewhere.url).host);
    const forgeries: [string, string, Record<string, string>, RegExp][] = [
      ["a portal nobody named", other.href, fields, /portal_domain_invalid/],
      ["a token that is none", action, { ...fields, AUTH_ID: "f".repeat(70) }, /portal_credential_rejected/],
      [
        "an auth server of the sender",
        action,
        { ...fields, SERVER_ENDPOINT: `${elsewhere.url}/rest/` },
        /portal_domain_invalid/,
      ],
      [
        "a refresh token that is none",
        action,
        { ...fields, REFRESH_ID: "f".repeat(70) },
        /install_state_invalid/,
      ],
    ];
    for (const [name, url, sent, code] of forgeries) {
      const page = await postForm(url, sent);
      assert.notEqual(page.status, 200, name);
      assert.match(await page.text(), code, name);
    }
    assert.equal(elsewhere.control.stats().requests, 0, "nobody was asked who may not be");
    await elsewhere.close();
    const foreign = stand.portal.control.apps.create({
      title: "another",
      handlerUrl: `${stand.url}/api/bitrix24`,
      scopes: ["crm", "placement"],
    });
    const opened = await openApplicationOf(stand, foreign.id);
    assert.match(await (await postForm(action, opened.fields)).text(), /foreign_application/);
    assert.deepEqual(await portalsOf(stand), []);
  });

  it("refuses another portal's number", async () => {
    const { action, fields } = await openApplication(stand);
    const page = await postForm(action, { ...fields, member_id: "0".repeat(32) });
    assert.match(await page.text(), /foreign_application/);
    assert.deepEqual(await portalsOf(stand), []);
  });

  it("ends with installFinish, in a page that only the portal may frame", async () => {
    const { action, fields } = await openApplication(stand);
    const page = await postForm(action, fields);
    const text = await page.text();
    assert.equal(page.status, 200, text);
    assert.match(
      page.headers.get("Content-Security-Policy") ?? "",
      new RegExp(`frame-ancestors 'self' ${stand.portal.url};`),
    );
    assert.match(text, /<script type="application\/json" id="b24kit-page">\{"finish":true\}</);
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

async function openApplicationOf(stand: Stand, id: number) {
  const answer = await fetch(`${stand.portal.url}/frame/open/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ application: id }),
  });
  return (await answer.json()) as { fields: Record<string, string> };
}
