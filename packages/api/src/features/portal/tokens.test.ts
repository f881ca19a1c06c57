import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type RunningPortal, startPortal } from "../../../../../demo/portal/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import type { Caller } from "../../platform/auth/caller.ts";
import { createSecrets } from "../../platform/secrets/secrets.ts";
import { registerInstallation } from "./register-installation.ts";
import { rotateKeys } from "./rotate-keys.ts";
import { OFFICE_SECRET, type Office, openOffice } from "./test/office.ts";

const counts = { deals: 5, contacts: 5, companies: 5, leads: 5 };
const HOUR_MS = 3_600_000;

/** Tokens as an authorisation by the portal's first user brings them. */
async function authorise(
  portal: RunningPortal,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
) {
  const consent = await fetch(`${portal.url}/oauth/authorize/?client_id=${clientId}&state=s`, {
    redirect: "manual",
  });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    client_secret: clientSecret,
    code,
  });
  const answer = await fetch(`${portal.url}/oauth/token/`, { method: "POST", body });
  return (await answer.json()) as Record<string, string>;
}

describe("tokens of an installed application", () => {
  let test: TestDatabase;
  let portal: RunningPortal;
  let one: Office;
  let two: Office;
  let portalId: number;
  let application: ReturnType<RunningPortal["control"]["apps"]["create"]>;

  const install = async () => {
    const granted = await authorise(portal, application);
    return registerInstallation(test.db, createSecrets([OFFICE_SECRET]), {
      memberId: granted["member_id"]!,
      endpoint: granted["client_endpoint"]!,
      serverEndpoint: granted["server_endpoint"]!,
      clientId: application.clientId,
      appCode: application.clientId,
      scopes: ["crm"],
      tokens: {
        accessToken: granted["access_token"]!,
        refreshToken: granted["refresh_token"]!,
        expiresAt: portal.control.clock().now + HOUR_MS,
      },
    });
  };
  const refreshes = () => portal.control.stats().tokensRefreshed;
  const expire = () => portal.control.clock({ advance: 2 * HOUR_MS });

  before(async () => {
    [test, portal] = await Promise.all([
      createTestDatabase(),
      startPortal({ counts, handlers: { local: true, plainHttp: true } }),
    ]);
    portal.control.clock({ mode: "virtual" });
    portal.control.limits({ rate: { enabled: false } });
    portal.control.apps.settings({ oauth: { autoConsent: true } });
    application = portal.control.apps.create({
      title: "b24kit",
      handlerUrl: "http://localhost/bitrix/oauth/callback",
    });
    [one, two] = (await Promise.all([1, 2].map(() => openOffice({ url: test.url, application })))) as [
      Office,
      Office,
    ];
  });
  beforeEach(async () => {
    portalId = await install();
  });
  after(async () => {
    await Promise.all([one.close(), two.close(), portal.close()]);
    await test.drop();
  });

  it("serve until they have expired, without being renewed before", async () => {
    const before = refreshes();
    const client = await one.portals.client(portalId);
    for (let n = 0; n < 5; n += 1) await client.call("profile");
    assert.equal(refreshes(), before);
    expire();
    await client.call("profile");
    await client.call("profile");
    assert.equal(refreshes(), before + 1);
  });

  it("F21: are renewed once for thirty calls in two processes", async () => {
    const before = refreshes();
    const clients = await Promise.all([one, two].map(({ portals }) => portals.client(portalId)));
    await Promise.all(clients.map((client) => client.call("profile")));
    expire();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => clients[n % 2]!.call<{ ID: string }>("profile")),
    );
    assert.ok(answers.every(({ result }) => Number(result.ID) === 1));
    assert.equal(refreshes(), before + 1);
    // The next hour brings another one, whoever asks first.
    expire();
    await Promise.all(clients.map((client) => client.call("profile")));
    assert.equal(refreshes(), before + 2);
  });

  it("are read again by a process that slept while another one renewed them", async () => {
    const [first, second] = await Promise.all([one, two].map(({ portals }) => portals.client(portalId)));
    await second!.call("profile");
    expire();
    await first!.call("profile");
    const before = refreshes();
    await second!.call("profile");
    assert.equal(refreshes(), before);
  });

  it("are renewed by a process that slept longer than another one's newer tokens lived", async () => {
    const [first, second] = await Promise.all([one, two].map(({ portals }) => portals.client(portalId)));
    await second!.call("profile");
    expire();
    await first!.call("profile");
    expire();
    const before = refreshes();
    await second!.call("profile");
    assert.equal(refreshes(), before + 1);
  });

  it("stay when the auth server fails for a while", async () => {
    const client = await one.portals.client(portalId);
    await client.call("profile");
    expire();
    portal.control.addFault({ match: "oauth.token", effect: "503", times: 1 });
    await client.call("profile");
    assert.equal((await one.portals.list(everyone))[0]!.state, "connected");
  });

  it("that nothing renews any more make the portal wait for a person, until it is installed again", async () => {
    const client = await one.portals.client(portalId);
    portal.control.clock({ advance: 181 * 24 * HOUR_MS });
    await assert.rejects(client.call("profile"), { code: "portal_token_expired" });
    const asked = portal.control.stats().requests;
    await assert.rejects(client.call("profile"), { code: "portal_token_expired" });
    await assert.rejects((await two.portals.client(portalId)).call("profile"), {
      code: "portal_token_expired",
    });
    assert.equal(portal.control.stats().requests, asked, "a dead portal is left alone");
    const [shown] = await one.portals.list(everyone);
    assert.deepEqual([shown!.state, shown!.error?.code], ["reauthorise", "portal_token_expired"]);
    assert.deepEqual([...(await two.portals.waiting())], [portalId]);
    // What else succeeds does not hide that somebody has to act.
    await one.portals.note(portalId, null);
    assert.equal((await one.portals.list(everyone))[0]!.state, "reauthorise");

    await install();
    await (await one.portals.client(portalId)).call("profile");
    await (await two.portals.client(portalId)).call("profile");
    assert.equal((await one.portals.list(everyone))[0]!.state, "connected");
    assert.equal((await two.portals.waiting()).size, 0);
  });

  it("and a webhook of the same portal are one row, and the webhook serves when the application has none", async () => {
    await one.portals.connect(portal.webhookUrl);
    assert.equal((await one.portals.all()).length, 1);
    const requests = () => portal.control.stats().requests;
    const before = requests();
    await (await one.portals.client(portalId)).call("app.info");
    assert.equal(requests(), before + 1, "the application's tokens are used where both are there");
  });

  it("are sealed again by a new key, beside a working process", async () => {
    const keys = createSecrets(["another secret key of the tests", OFFICE_SECRET]);
    assert.ok((await rotateKeys(test.db, keys)) >= 1);
    assert.equal(await rotateKeys(test.db, keys), 0);
    const back = createSecrets([OFFICE_SECRET, "another secret key of the tests"]);
    await assert.rejects((await one.portals.client(portalId)).call("profile"), {
      code: "portal_credential_rejected",
    });
    assert.ok((await rotateKeys(test.db, back)) >= 1);
    await (await one.portals.client(portalId)).call("profile");
  });

  it("are nowhere in clear: not in the database, not in errors", async () => {
    const { rows } = await test.db.pool.query("SELECT to_jsonb(p)::text AS row FROM b24kit.portal_portals p");
    assert.doesNotMatch(rows[0].row, /[0-9a-f]{70}/);
    expire();
    portal.control.addFault({
      match: "oauth.token",
      effect: "resultError",
      times: 1,
      error: "odd",
      description: "odd",
    });
    await (await one.portals.client(portalId)).call("profile").catch((error: Error) => {
      assert.ok(!JSON.stringify(error).includes(application.clientSecret));
      assert.doesNotMatch(JSON.stringify(error), /[0-9a-f]{70}/);
    });
  });
});

const everyone: Caller = { kind: "key", subject: "test", rights: new Set(["admin"]), portals: "all" };
