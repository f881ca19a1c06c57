import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ErrorCode } from "@b24kit/client/contract";
import { type RunningPortal, startPortal } from "../../../../../demo/portal/index.ts";
import {
  admin,
  consentAnswer,
  installByConsent,
  type Opening,
  openApplication,
  openButton,
  openFrame,
  openStand,
  postForm,
  type Stand,
  submitDomain,
} from "../../../../../test/portal-stand.ts";

const counts = { deals: 1, contacts: 1, companies: 1, leads: 1 };
const attribute = (page: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(page)?.[1] ?? "";

describe("an attack that is refused, and logged without secrets:", () => {
  let stand: Stand;
  /** A portal that nobody has named, run by whoever attacks. */
  let elsewhere: RunningPortal;
  /** Another application of our portal, which the portal itself answers to. */
  let foreign: Stand["application"];
  const secrets = new Set<string>();

  before(async () => {
    [stand, elsewhere] = await Promise.all([openStand(), startPortal({ counts })]);
    foreign = stand.portal.control.apps.create({
      title: "another",
      handlerUrl: `${stand.url}/api/bitrix24`,
      scopes: ["crm", "placement"],
    });
    for (const { clientSecret, applicationToken } of [stand.application, foreign])
      for (const secret of [clientSecret, applicationToken]) secrets.add(secret);
  });
  after(async () => {
    await stand.close();
    await elsewhere.close();
  });

  /** Remembers what may not come out again. */
  const opened = (opening: Opening): Opening => {
    for (const name of ["AUTH_ID", "REFRESH_ID"]) secrets.add(opening.fields[name]!);
    return opening;
  };
  const own = async (userId = 1) => opened(await openApplication(stand, userId));
  const ofForeign = async () => opened(await openFrame(stand, { application: foreign.id }));
  const button = async () => opened(await openButton(stand, "CRM_DEAL_LIST_TOOLBAR", ""));
  const session = (body: object) =>
    stand.call("/api/v1/portals/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  const state = async () => {
    const { rows } = await stand.database.db.pool.query<{ state: string }>(
      `SELECT jsonb_build_object(
         'portals', (SELECT jsonb_agg(p ORDER BY id) FROM (SELECT id, host, oauth, client_id, state FROM b24kit.portal_portals) p),
         'tokens', (SELECT jsonb_agg(t.* ORDER BY hash) FROM b24kit.portal_event_tokens t),
         'inbox', (SELECT count(*) FROM b24kit.portal_inbox))::text AS state`,
    );
    return rows[0]!.state;
  };

  /** The answer says the code, the log too, nothing changed, and no secret is in either. */
  async function refused(
    attack: () => Promise<Response>,
    status: number,
    code: ErrorCode,
    words: string = code,
  ): Promise<Response> {
    // What the portal tells of the lawful steps before is no change of the attack's.
    await stand.portal.control.apps.settled();
    const before = [await state(), stand.log().length] as const;
    const answer = await attack();
    const text = await answer.clone().text();
    assert.equal(answer.status, status, text);
    assert.ok(text.includes(words), `${words} in ${text}`);
    assert.equal(answer.headers.get("Location"), null);
    assert.equal(answer.headers.get("Set-Cookie"), null);
    const said = stand.log().slice(before[1]);
    assert.ok(
      said.split("\n").some((line) => line.includes('"msg":"request"') && line.includes(`"error":"${code}"`)),
      `${code} in the log`,
    );
    assert.equal(await state(), before[0], "nothing changed");
    for (const secret of secrets) assert.ok(!text.includes(secret) && !said.includes(secret));
    return answer;
  }

  describe("before the application is installed,", () => {
    it("open redirect: the form leads nowhere but to portals", async () => {
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
      wrong.push("mycompany.bitrix24.ru\\@evil.example", "mycompany.bitrix24.ru%2f@evil.example");
      for (const domain of wrong)
        await refused(() => submitDomain(stand, domain), 400, "portal_domain_invalid");
      const cloud = await submitDomain(stand, " https://MyCompany.bitrix24.ru/crm/deal/ ");
      const to = new URL(cloud.headers.get("Location") ?? "");
      assert.equal(to.origin + to.pathname, "https://mycompany.bitrix24.ru/oauth/authorize/");
      assert.deepEqual([...to.searchParams.keys()].sort(), ["client_id", "state"]);
    });

    it("a form sent by another site's page", async () => {
      for (const headers of [{ Origin: "https://evil.example" }, { Origin: "null" }])
        await refused(() => submitDomain(stand, "mycompany.bitrix24.ru", headers), 403, "origin_not_allowed");
    });

    it("forged install POST: a portal that nobody named", async () => {
      const { action, fields } = await own();
      const url = new URL(action);
      url.searchParams.set("DOMAIN", new URL(elsewhere.url).host);
      await refused(() => postForm(url.href, fields), 400, "portal_domain_invalid");
      assert.equal(elsewhere.control.stats().requests, 0, "it was not even asked");
    });

    it("forged install POST: a token that is none", async () => {
      const { action, fields } = await own();
      const forged = { ...fields, AUTH_ID: "f".repeat(70) };
      await refused(() => postForm(action, forged), 502, "portal_credential_rejected");
    });

    it("forged install POST: the attacker's auth server, which would be told our secret", async () => {
      const { action, fields } = await own();
      const forged = { ...fields, SERVER_ENDPOINT: `${elsewhere.url}/rest/` };
      await refused(() => postForm(action, forged), 400, "portal_domain_invalid");
      assert.equal(elsewhere.control.stats().requests, 0);
    });

    it("forged install POST: a refresh token that is none", async () => {
      const { action, fields } = await own();
      await refused(
        () => postForm(action, { ...fields, REFRESH_ID: "f".repeat(70) }),
        400,
        "install_state_invalid",
      );
    });

    it("forged install POST: another portal's number", async () => {
      const { action, fields } = await own();
      await refused(
        () => postForm(action, { ...fields, member_id: "0".repeat(32) }),
        403,
        "foreign_application",
      );
    });

    it("forged install POST: another application's tokens", async () => {
      const { action } = await own();
      const { fields } = await ofForeign();
      await refused(() => postForm(action, fields), 403, "foreign_application");
    });

    it("forged install POST: a colleague who is no administrator", async () => {
      const { action, fields } = await own(2);
      await refused(() => postForm(action, fields), 502, "portal_access_denied");
    });

    it("forged ONAPPINSTALL: tokens of another application", async () => {
      const { fields } = await ofForeign();
      const forged = {
        event: "ONAPPINSTALL",
        "auth[access_token]": fields.AUTH_ID!,
        "auth[refresh_token]": fields.REFRESH_ID!,
        "auth[client_endpoint]": `${stand.portal.url}/rest/`,
        "auth[server_endpoint]": `${stand.portal.url}/rest/`,
        "auth[member_id]": fields.member_id!,
        "auth[application_token]": foreign.applicationToken,
      };
      for (const path of ["/api/bitrix24/install", "/api/bitrix24/webhook"])
        await refused(() => postForm(stand.url + path, forged), 403, "foreign_application");
    });

    it("wrong state: none, a guess, somebody else's, or too old", async () => {
      const before = stand.portal.control.stats().codesExchanged;
      for (const guess of [
        "x",
        "00000000-0000-4000-8000-000000000000.AAAA",
        `${crypto.randomUUID()}.${"a".repeat(43)}`,
      ]) {
        const answer = new URL(await consentAnswer(stand), stand.url);
        answer.searchParams.set("state", guess);
        await refused(() => stand.call(answer.pathname + answer.search), 400, "install_state_invalid");
      }
      const old = await consentAnswer(stand);
      await stand.database.db.pool.query(
        "UPDATE b24kit.portal_attempts SET created_at = now() - interval '11 minutes'",
      );
      await refused(() => stand.call(old), 400, "install_state_invalid");
      assert.equal(stand.portal.control.stats().codesExchanged, before, "no code was shown to anybody");
      assert.equal((await stand.call("/bitrix/oauth/callback?code=abc")).status, 400);
    });

    it("an answer that tells our secret to the attacker's auth server", async () => {
      for (const server of [
        "evil.example",
        "127.0.0.1:1",
        "oauth.bitrix.info@evil.example",
        new URL(elsewhere.url).host,
      ]) {
        const answer = new URL(await consentAnswer(stand), stand.url);
        answer.searchParams.set("server_domain", server);
        await refused(() => stand.call(answer.pathname + answer.search), 400, "portal_domain_invalid");
      }
      assert.equal(elsewhere.control.stats().requests, 0);
    });
  });

  describe("once it is installed,", () => {
    let memberId: string;
    before(async () => {
      assert.equal((await installByConsent(stand)).status, 200);
      await stand.portal.control.apps.settled();
      memberId = stand.portal.control.apps.rename().memberId;
    });

    it("replayed code: the whole answer again, or the code with a state of its own", async () => {
      const answer = new URL(await consentAnswer(stand), stand.url);
      secrets.add(answer.searchParams.get("code")!);
      assert.equal((await stand.call(answer.pathname + answer.search)).status, 200);
      await refused(() => stand.call(answer.pathname + answer.search), 400, "install_state_invalid");
      const fresh = new URL(await consentAnswer(stand), stand.url);
      fresh.searchParams.set("code", answer.searchParams.get("code")!);
      await refused(() => stand.call(fresh.pathname + fresh.search), 400, "install_state_invalid");
    });

    it("replayed install POST: its tokens are used up", async () => {
      const { action, fields } = await own();
      const install = new URL(action);
      install.pathname = "/bitrix/oauth/install";
      assert.equal((await postForm(install.href, fields)).status, 200);
      await refused(() => postForm(install.href, fields), 400, "install_state_invalid");
    });

    it("foreign application_token: of another application, a guess, a part, or none", async () => {
      const { applicationToken } = stand.application;
      for (const token of [
        foreign.applicationToken,
        "0".repeat(32),
        applicationToken.slice(0, -1),
        "",
        "' OR 1=1 --",
      ])
        for (const event of ["ONCRMDEALUPDATE", "ONAPPUNINSTALL", "ONAPPUPDATE"]) {
          const forged = {
            event,
            "auth[member_id]": memberId,
            "auth[application_token]": token,
            "data[CLEAN]": "1",
          };
          await refused(
            () => postForm(`${stand.url}/api/bitrix24/webhook`, forged),
            401,
            "event_token_invalid",
          );
        }
    });

    it("the right application_token with another portal's number, or at a portal of the attacker", async () => {
      const forged = {
        event: "ONAPPUNINSTALL",
        "auth[member_id]": "0".repeat(32),
        "auth[domain]": new URL(elsewhere.url).host,
        "auth[client_endpoint]": `${elsewhere.url}/rest/`,
        "auth[application_token]": stand.application.applicationToken,
      };
      await refused(
        () => postForm(`${stand.url}/api/v1/webhooks/bitrix`, forged),
        401,
        "event_token_invalid",
      );
    });

    it("a handler opened outside the portal, by hand or with nothing in the form", async () => {
      for (const path of ["/api/bitrix24", "/api/bitrix24/button_handler"]) {
        await refused(() => stand.call(path), 400, "bad_request", '<b24-install stage="outside">');
        await refused(() => stand.call(path, { method: "POST" }), 400, "bad_request");
      }
    });

    it("a handler opened with another application's token, though the portal knows who it is", async () => {
      const { action, fields } = await ofForeign();
      const profile = await fetch(`${stand.portal.url}/rest/profile?auth=${fields.AUTH_ID}`);
      assert.equal(profile.status, 200, "the portal itself would answer");
      await refused(() => postForm(action, fields), 403, "foreign_application");
      const asked = { memberId, authId: fields.AUTH_ID };
      await refused(() => session(asked), 403, "foreign_application");
    });

    it("a handler opened in the name of a portal that the attacker runs", async () => {
      const { action, fields } = await button();
      const url = new URL(action);
      url.searchParams.set("DOMAIN", new URL(elsewhere.url).host);
      const forged = { ...fields, AUTH_ID: "f".repeat(70) };
      const page = await refused(() => postForm(url.href, forged), 403, "foreign_application");
      assert.equal(elsewhere.control.stats().requests, 0);
      assert.match(page.headers.get("Content-Security-Policy") ?? "", /frame-ancestors 'none'/);
    });

    it("a session token used for another portal", async () => {
      const connected = await stand.call("/api/v1/portals", {
        method: "POST",
        headers: { ...admin, "Content-Type": "application/json" },
        body: JSON.stringify({ webhookUrl: elsewhere.webhookUrl }),
      });
      const { id, host } = (await connected.json()) as { id: number; host: string };
      const { action, fields } = await button();
      const token = attribute(await (await postForm(action, fields)).text(), "token");
      secrets.add(token);
      const as = (path: string, method = "GET") =>
        stand.call(path, { method, headers: { Authorization: `Bearer ${token}` } });
      assert.equal((await as("/api/v1/queries/deals")).status, 200, "it is good for its own");
      for (const [path, method] of [
        [`/api/v1/queries/deals?portal=${host}`, "GET"],
        [`/api/v1/queries/stage-history?deal=1&portal=${id}`, "GET"],
        [`/api/v1/sync/status?portal=${id}`, "GET"],
        [`/api/v1/sync/start/deal?portal=${host}`, "POST"],
        [`/api/v1/portals/${id}/check`, "POST"],
      ] as const)
        await refused(() => as(path, method), 404, "unknown_portal");
      for (const path of ["/api/v1/keys", "/api/v1/portals/applications", "/api/v1/webhooks/registered"])
        await refused(() => as(path), 403, "forbidden");
      await refused(() => as("/api/v1/portals/1?confirm=x", "DELETE"), 403, "forbidden");
      const mine = (await (await as("/api/v1/portals")).json()) as { portals: { id: number }[] };
      assert.deepEqual(
        mine.portals.map((portal) => portal.id),
        [1],
      );
      await stand.call(`/api/v1/portals/${id}?confirm=${host}`, { method: "DELETE", headers: admin });
    });

    it("a session token in place of the portal's, or for a portal that is not there", async () => {
      const { action, fields } = await button();
      const token = attribute(await (await postForm(action, fields)).text(), "token");
      await refused(() => session({ memberId, authId: token }), 403, "foreign_application");
      const elsewhere = { memberId: "0".repeat(32), authId: fields.AUTH_ID };
      await refused(() => session(elsewhere), 404, "unknown_portal");
    });

    it("a page of ours in a frame of anybody but its portal, with a script, a cookie, or a token in an address", async () => {
      const { action, fields } = await button();
      const pages: [string, () => Promise<Response>, string][] = [
        ["the form", () => stand.call("/bitrix/oauth/install"), "'none'"],
        ["its answer", () => submitDomain(stand, "evil.example"), "'none'"],
        ["the handler by hand", () => stand.call("/api/bitrix24"), "'none'"],
        ["after the consent", () => installByConsent(stand), "'none'"],
        ["the place", () => postForm(action, fields), `'self' ${stand.portal.url}`],
        [
          "a refusal in the frame",
          () => postForm(action, { ...fields, AUTH_ID: "x" }),
          `'self' ${stand.portal.url}`,
        ],
        ["the home", () => stand.call("/"), "'none'"],
      ];
      for (const [name, ask, ancestors] of pages) {
        const page = await ask();
        const text = await page.text();
        const header = (of: string) => page.headers.get(of);
        const policy = header("Content-Security-Policy") ?? "";
        assert.ok(policy.includes(`frame-ancestors ${ancestors};`), `${name}: ${policy}`);
        assert.doesNotMatch(policy, /unsafe|\*/, name);
        assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/, name);
        assert.match(policy, /base-uri 'none'/, name);
        assert.deepEqual(
          [
            header("X-Content-Type-Options"),
            header("Referrer-Policy"),
            header("Set-Cookie"),
            header("X-Frame-Options"),
          ],
          ["nosniff", "no-referrer", null, null],
          name,
        );
        if (name !== "the home") assert.equal(header("Cache-Control"), "no-store", name);
        assert.doesNotMatch(text, /\son\w+=|\sstyle=/, name);
        for (const [tag] of text.matchAll(/<script[^>]*>/g)) assert.match(tag, /src="\//, name);
        const token = attribute(text, "token");
        for (const [, address] of text.matchAll(/\s(?:src|href|action|token-url)="([^"]*)"/g))
          assert.ok(!token || !address!.includes(token), name);
        for (const secret of secrets) assert.ok(!text.includes(secret), name);
      }
    });

    it("after all this the log holds no secret", () => {
      const said = stand.log();
      assert.ok(said.length > 10_000);
      for (const secret of secrets) assert.ok(!said.includes(secret));
      assert.doesNotMatch(said, /[0-9a-f]{70}|eyJ[\w-]{8,}\.|code=|state=/);
    });
  });
});
