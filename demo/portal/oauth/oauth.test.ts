import assert from "node:assert/strict";
import { test } from "node:test";
import { startPortal } from "../start-portal.ts";
import { form, NOON, openTestPortal, type TestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";

const page = (on: TestPortal, query: string) => on.send(`/oauth/authorize/?${query}`);

function allow(on: TestPortal, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return on.send("/oauth/authorize/", {
    method: "POST",
    body: new URLSearchParams({ allow: "Y", ...fields }),
    headers,
  });
}

const token = (on: TestPortal, fields: Record<string, string>) =>
  on.send("/oauth/token/", form(new URLSearchParams(fields).toString()));

async function codeOf(on: TestPortal, clientId: string, userId = "1"): Promise<string> {
  const { headers } = await allow(on, { client_id: clientId, user_id: userId });
  return new URL(headers.get("location") as string).searchParams.get("code") as string;
}

function openAuth() {
  const on = openTestPortal();
  const { application } = openTestApplication(on, { handlerUrl: "http://127.0.0.1:9/app?place=1" });
  const { clientId, clientSecret } = application;
  const client = { client_id: clientId, client_secret: clientSecret };
  const exchange = (code: string, more = {}) =>
    token(on, { grant_type: "authorization_code", ...client, code, ...more });
  const refresh = (refresh_token: string, more = {}) =>
    token(on, { grant_type: "refresh_token", ...client, refresh_token, ...more });
  return { on, application, clientId, exchange, refresh };
}

test("the consent page names the application and what it asks for", async () => {
  const { on, application, clientId } = openAuth();
  on.portal.applications.save({ ...application, title: 'О <b>"нас"</b>' });
  const { status, text, headers } = await page(on, `client_id=${clientId}&state=%22%3E%3Cscript%3E`);
  assert.equal(status, 200);
  assert.match(text, /просит доступ/);
  assert.match(text, /CRM: лиды, сделки/);
  assert.ok(!text.includes("<script>") && !text.includes('<b>"нас"'));
  assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'self'/);
});

test("consent returns to the card's address with everything the portal says", async () => {
  const { on, clientId } = openAuth();
  const { status, headers } = await allow(on, { client_id: clientId, state: "a&b", user_id: "2" });
  assert.equal(status, 302);
  const url = new URL(headers.get("location") as string);
  assert.equal(url.origin + url.pathname, "http://127.0.0.1:9/app");
  const { code, ...rest } = Object.fromEntries(url.searchParams);
  assert.match(code as string, /^[0-9a-f]{70}$/);
  assert.deepEqual(rest, {
    place: "1",
    state: "a&b",
    domain: "portal.example",
    member_id: on.portal.memberId,
    scope: "crm,placement,bizproc",
    server_domain: "portal.example",
  });
});

test("what cannot be allowed is said on the page, without a redirect", async () => {
  const { on, application, clientId } = openAuth();
  const faults: [Promise<{ status: number; text: string }>, number, RegExp][] = [
    [page(on, ""), 400, /Не указано приложение/],
    [page(on, "client_id=local.1.2"), 404, /Приложение не найдено/],
    [allow(on, { client_id: clientId, allow: "N" }), 403, /Доступ не предоставлен/],
    [allow(on, { client_id: clientId, user_id: "9999" }), 403, /Вход закрыт/],
    [allow(on, { client_id: clientId }, { origin: "https://evil.example" }), 403, /Доступ не предоставлен/],
    [allow(on, { client_id: clientId }, { origin: "nonsense" }), 403, /Доступ не предоставлен/],
  ];
  for (const [answer, status, words] of faults) {
    const given = await answer;
    assert.equal(given.status, status);
    assert.match(given.text, words);
  }
  on.control.apps.remove(application.id);
  assert.match((await page(on, `client_id=${clientId}`)).text, /Приложение удалено/);
});

test("with autoConsent nobody is asked", async () => {
  const { on, clientId } = openAuth();
  on.control.apps.settings({ oauth: { autoConsent: true } });
  const { status, headers } = await page(on, `client_id=${clientId}&state=s`);
  assert.equal(status, 302);
  assert.match(headers.get("location") ?? "", /state=s/);
});

test("a code becomes tokens that work", async () => {
  const { on, exchange, clientId } = openAuth();
  const { status, body } = await exchange(await codeOf(on, clientId, "2"));
  assert.equal(status, 200);
  const { access_token, refresh_token, ...rest } = body;
  assert.deepEqual(rest, {
    expires_in: 3600,
    client_endpoint: "http://portal.example/rest/",
    server_endpoint: "http://portal.example/rest/",
    domain: "portal.example",
    member_id: on.portal.memberId,
    scope: "crm,placement,bizproc",
    status: "L",
  });
  assert.match(refresh_token, /^[0-9a-f]{70}$/);
  const { body: profile } = await on.send(`/rest//profile.json?auth=${access_token}`);
  assert.deepEqual([profile.result.ID, profile.result.ADMIN], ["2", false]);
  assert.equal(on.control.stats().codesExchanged, 1);
});

test("a code is good once, for thirty seconds, for its own application", async () => {
  const { on, exchange, clientId } = openAuth();
  const used = await codeOf(on, clientId);
  assert.equal((await exchange(used)).status, 200);
  assert.deepEqual((await exchange(used)).body.error, "invalid_grant");
  const late = await codeOf(on, clientId);
  on.control.clock({ advance: 30_000 });
  assert.deepEqual((await exchange(late)).body.error, "invalid_grant");
  const { application: other } = openTestApplication(on);
  const foreign = await codeOf(on, other.clientId);
  assert.equal((await exchange(foreign)).body.error, "invalid_grant");
  const early = await codeOf(on, clientId);
  on.control.clock({ advance: 29_999 });
  assert.equal((await exchange(early)).status, 200);
});

test("tokens expire and are renewed; a refresh token works once", async () => {
  const { on, exchange, refresh, clientId } = openAuth();
  const first = (await exchange(await codeOf(on, clientId, "2"))).body;
  const profile = (auth: string) => on.send(`/rest/profile?auth=${auth}`);
  on.control.clock({ advance: 3_599_999 });
  assert.equal((await profile(first.access_token)).status, 200);
  on.control.clock({ advance: 1 });
  const expired = await profile(first.access_token);
  assert.deepEqual([expired.status, expired.body.error], [401, "expired_token"]);
  const second = (await refresh(first.refresh_token)).body;
  assert.deepEqual([second.expires, second.user_id], [Math.floor((NOON + 7_200_000) / 1000), 2]);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await profile(second.access_token)).status, 200);
  const again = await refresh(first.refresh_token);
  assert.deepEqual([again.status, again.body.error], [400, "invalid_grant"]);
  on.control.clock({ advance: 180 * 86_400_000 });
  assert.equal((await refresh(second.refresh_token)).body.error, "invalid_grant");
});

test("how long things last can be set", async () => {
  const { on, exchange, clientId } = openAuth();
  on.control.apps.settings({ oauth: { accessSeconds: 5, codeSeconds: 2 } });
  const code = await codeOf(on, clientId);
  on.control.clock({ advance: 1_999 });
  const { body } = await exchange(code);
  assert.equal(body.expires_in, 5);
  on.control.clock({ advance: 5_000 });
  assert.equal((await on.send(`/rest/profile?auth=${body.access_token}`)).body.error, "expired_token");
});

test("the auth server's refusals", async () => {
  const { on, exchange, refresh, application, clientId } = openAuth();
  const cases: [Promise<{ status: number; body: { error: string } }>, number, string][] = [
    [token(on, {}), 400, "invalid_request"],
    [exchange("x", { client_secret: "wrong" }), 401, "invalid_client"],
    [exchange("x", { client_id: "local.0.0" }), 401, "invalid_client"],
    [exchange(""), 400, "invalid_grant"],
    [refresh("x"), 400, "invalid_grant"],
  ];
  for (const [answer, status, error] of cases) {
    const given = await answer;
    assert.deepEqual([given.status, given.body.error], [status, error]);
  }
  const code = await codeOf(on, clientId);
  on.control.apps.remove(application.id);
  const gone = await exchange(code);
  assert.deepEqual([gone.status, gone.body.error], [401, "NOT_INSTALLED"]);
});

test("faults strike the token endpoint, also after the effect", async () => {
  const portal = await startPortal({
    counts: { deals: 1, contacts: 1, companies: 1, leads: 1, users: 3 },
    handlers: { local: true, plainHttp: true },
  });
  const { apps } = portal.control;
  const { clientId, clientSecret } = apps.create({ title: "А", handlerUrl: "http://127.0.0.1:9/" });
  apps.settings({ oauth: { autoConsent: true } });
  const authorize = await fetch(`${portal.url}/oauth/authorize/?client_id=${clientId}`, {
    redirect: "manual",
  });
  const code = new URL(authorize.headers.get("location") as string).searchParams.get("code") as string;
  const fields = { grant_type: "authorization_code", client_id: clientId, client_secret: clientSecret, code };
  const ask = () => fetch(`${portal.url}/oauth/token/?${new URLSearchParams(fields)}`);
  portal.control.addFault({ match: "oauth.token", effect: "html502" });
  assert.equal((await ask()).status, 502);
  portal.control.addFault({ match: "oauth.token", effect: "resultError", error: "PAYMENT_REQUIRED" });
  assert.equal(((await (await ask()).json()) as { error: string }).error, "PAYMENT_REQUIRED");
  portal.control.addFault({ match: "oauth.token", effect: "loseResponse" });
  await assert.rejects(ask);
  assert.equal(portal.control.stats().codesExchanged, 1);
  assert.equal((await ask()).status, 400);
  await portal.close();
});
