import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { B24OAuthParams } from "@bitrix24/b24jssdk";
import { type RunningPortal, startPortal } from "../start-portal.ts";
import { selfSigned } from "../tls/self-signed.ts";
import { type Driver, startDriver } from "./start-driver.ts";

let portal: RunningPortal;
let driver: Driver;
let client: { clientId: string; clientSecret: string };

before(async () => {
  const tls = selfSigned(["127.0.0.1"], Date.now());
  const counts = { deals: 10, contacts: 10, companies: 5, leads: 5, users: 12 };
  [portal, driver] = await Promise.all([
    startPortal({ name: "oauth", counts, tls }),
    startDriver(tls.cert, process.env),
  ]);
  const { apps } = portal.control;
  apps.settings({ handlers: { local: true }, oauth: { autoConsent: true } });
  client = apps.create({ title: "Сверка", handlerUrl: "https://127.0.0.1:9/app" });
});
after(async () => {
  await driver?.close();
  await portal?.close();
});

/** Tokens of a new consent, as the SDK wants them. The exchange says no `expires`, so that its reader reckons. */
async function getParams(): Promise<B24OAuthParams> {
  const tokens = await driver.run("getTokens", { portalUrl: portal.url, client });
  assert.deepEqual(["expires" in tokens, "user_id" in tokens], [false, false]);
  const expiresIn = Number(tokens.expires_in);
  return {
    applicationToken: "",
    userId: 1,
    memberId: String(tokens.member_id),
    accessToken: String(tokens.access_token),
    refreshToken: String(tokens.refresh_token),
    expires: Math.floor(Date.now() / 1000) + expiresIn,
    expiresIn,
    scope: String(tokens.scope),
    domain: new URL(portal.url).host,
    clientEndpoint: String(tokens.client_endpoint),
    serverEndpoint: String(tokens.server_endpoint),
    status: "L" as B24OAuthParams["status"],
  };
}

const byToken = (params: B24OAuthParams, together = 1, rounds = 1) =>
  driver.run("callByToken", { params, client, together, rounds });

test("the SDK calls with the tokens of a consent", async () => {
  const { outcomes, kept } = await byToken(await getParams());
  assert.deepEqual([outcomes, kept], [["1"], []]);
});

test("an expired token is refreshed once, and the call is repeated", async () => {
  const params = await getParams();
  portal.control.clock({ advance: 3_600_000 });
  const before = portal.control.stats();
  const { outcomes, kept } = await byToken(params, 1, 3);
  assert.deepEqual(outcomes, ["1", "1", "1"]);
  assert.equal(kept.length, 1);
  assert.notEqual(kept[0]?.refreshToken, params.refreshToken);
  assert.equal(kept[0]?.clientEndpoint, params.clientEndpoint);
  const stats = portal.control.stats();
  assert.equal(stats.tokensRefreshed - before.tokensRefreshed, 1);
  assert.equal(stats.refusedByAuth - before.refusedByAuth, 1);
  // What was kept goes on working; what was used up does not.
  const renewed = kept[0] as B24OAuthParams;
  assert.deepEqual((await byToken(renewed)).outcomes, ["1"]);
  portal.control.clock({ advance: 3_600_000 });
  assert.deepEqual((await byToken(params)).outcomes, ["400 invalid_grant"]);
  assert.deepEqual((await byToken(renewed)).outcomes, ["1"]);
});

test("calls that expire together all come through", async () => {
  const params = await getParams();
  portal.control.clock({ advance: 3_600_000 });
  const { outcomes, kept } = await byToken(params, 5);
  assert.deepEqual(outcomes, Array(5).fill("1"));
  // A refusal that arrives after a refresh makes the SDK refresh again, each time with the newest token.
  assert.equal(kept.length >= 1, true);
  assert.deepEqual((await byToken(kept.at(-1) as B24OAuthParams)).outcomes, ["1"]);
});

test("a token that its owner knows to be old is refreshed before the call", async () => {
  const params = await getParams();
  const before = portal.control.stats().refusedByAuth;
  const { outcomes, kept } = await byToken({ ...params, expires: 1 });
  assert.deepEqual([outcomes, kept.length], [["1"], 1]);
  assert.equal(portal.control.stats().refusedByAuth, before);
});

test("after the application is removed nothing works", async () => {
  const params = await getParams();
  portal.control.apps.remove(client.clientId);
  assert.deepEqual((await byToken(params)).outcomes, ["401 APPLICATION_NOT_FOUND"]);
});
