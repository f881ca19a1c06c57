import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type RunningPortal, startPortal } from "./start-portal.ts";
import { json } from "./testing.ts";

const counts = { deals: 10, contacts: 5, companies: 5, leads: 5, users: 5 };
let a: RunningPortal;
let b: RunningPortal;

before(async () => {
  [a, b] = await Promise.all([
    startPortal({ name: "a", seed: 1, counts }),
    startPortal({ name: "b", seed: 2, counts, plan: "enterprise" }),
  ]);
});
after(() => Promise.all([a.close(), b.close()]));

const ask = async (url: string, params: object = {}) => {
  const answer = await fetch(url, json(params));
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return { status: answer.status, body: (await answer.json()) as any };
};

test("two portals in one process have data of their own", async () => {
  await ask(`${a.webhookUrl}crm.deal.add`, { fields: { TITLE: "Только в А" } });
  assert.deepEqual([a.control.checksum("deal").count, b.control.checksum("deal").count], [11, 10]);
  assert.notEqual(a.control.checksum("contact").md5, b.control.checksum("contact").md5);
  assert.notEqual(a.control.apps.rename().memberId, b.control.apps.rename().memberId);
});

test("and credentials: what one gave, the other does not know", async () => {
  const foreign = b.url + new URL(a.webhookUrl).pathname;
  assert.equal((await ask(`${foreign}profile`)).body.error, "INVALID_CREDENTIALS");
  const { apps } = a.control;
  apps.settings({ handlers: { local: true, plainHttp: true }, oauth: { autoConsent: true } });
  const { clientId, clientSecret } = apps.create({ title: "Мост", handlerUrl: "http://127.0.0.1:9/" });
  assert.deepEqual(b.control.apps.list(), []);
  const authorize = (url: string) =>
    fetch(`${url}/oauth/authorize/?client_id=${clientId}`, { redirect: "manual" });
  assert.equal((await authorize(b.url)).status, 404);
  const returned = new URL((await authorize(a.url)).headers.get("location") as string);
  const grant = {
    ...{ grant_type: "authorization_code", client_id: clientId, client_secret: clientSecret },
    code: returned.searchParams.get("code") as string,
  };
  const exchange = async (url: string) =>
    (await ask(`${url}/oauth/token/?${new URLSearchParams(grant)}`)).body;
  assert.equal((await exchange(b.url)).error, "invalid_client");
  const auth = (await exchange(a.url)).access_token;
  assert.equal((await ask(`${a.url}/rest/profile`, { auth })).status, 200);
  assert.equal((await ask(`${b.url}/rest/profile`, { auth })).body.error, "invalid_token");
});

test("and limits, clocks and faults", async () => {
  assert.deepEqual([a.control.limits().rate.burst, b.control.limits().rate.burst], [50, 250]);
  a.control.reset();
  a.control.limits({ rate: { burst: 1, drainPerSecond: 0.001 } });
  a.control.clock({ mode: "virtual", now: 0 });
  b.control.addFault({ effect: "html502" });
  const statuses = async (portal: RunningPortal) => [
    (await fetch(`${portal.webhookUrl}profile`)).status,
    (await fetch(`${portal.webhookUrl}profile`)).status,
  ];
  assert.deepEqual(await statuses(a), [200, 503]);
  assert.deepEqual(await statuses(b), [502, 200]);
  assert.ok(b.control.clock().now > 0);
});
