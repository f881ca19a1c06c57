import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type RunningPortal, startPortal } from "../../../../../demo/portal/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import type { Caller } from "../../platform/auth/caller.ts";
import { createPortalClient, type PortalCredential } from "../../platform/bitrix/client.ts";
import { createMemoryLimiter } from "../../platform/bitrix/memory-limiter.ts";
import { createSecrets } from "../../platform/secrets/secrets.ts";
import { createPortals, type Portals } from "./portals.ts";
import { toPortalState } from "./states.ts";

const counts = { deals: 5, contacts: 5, companies: 5, leads: 5 };
const caller = (portals: Caller["portals"]): Caller => ({
  kind: "key",
  subject: "test",
  rights: new Set(["admin"]),
  portals,
});
const everyone = caller("all");
const firstKey = "the first secret key of the tests";
const secondKey = "the second secret key of the tests";

describe("the registry of portals", () => {
  let test: TestDatabase;
  let one: RunningPortal;
  let two: RunningPortal;
  let portals: Portals;

  const open = (credential: PortalCredential) =>
    createPortalClient({ portalId: 0, credential, limiter: createMemoryLimiter() });
  const openRegistry = (keys: string[]) =>
    createPortals({
      db: test.db,
      secrets: createSecrets(keys),
      openClient: (_id, credential) => open(credential),
      openStranger: open,
    });

  before(async () => {
    [test, one, two] = await Promise.all([
      createTestDatabase(),
      startPortal({ counts }),
      startPortal({ counts }),
    ]);
    portals = openRegistry([firstKey]);
  });
  after(async () => {
    await Promise.all([one.close(), two.close()]);
    await test.drop();
  });

  it("knows nobody at first", async () => {
    assert.deepEqual(await portals.list(everyone), []);
    await assert.rejects(portals.resolve(everyone), { code: "unknown_portal" });
  });

  it("keeps no portal that did not answer well", async () => {
    const { path } = one.control.createWebhook({ scopes: ["user"] });
    await assert.rejects(portals.connect(`${one.url}${path}`), (error: { code: string; detail: string }) => {
      assert.equal(error.code, "insufficient_scope");
      assert.match(error.detail, /crm/);
      return true;
    });
    await assert.rejects(portals.connect(`${one.url}/rest/1/wrongcode/`), {
      code: "portal_credential_rejected",
    });
    assert.deepEqual(await portals.list(everyone), []);
  });

  it("connects a portal and gives it the first schema, however many ask at once", async () => {
    const connected = await Promise.all([1, 2, 3].map(() => portals.connect(one.webhookUrl)));
    const host = new URL(one.url).host;
    for (const portal of connected)
      assert.deepEqual(portal, {
        id: 1,
        host,
        url: one.url,
        state: "connected",
        error: null,
        access: ["webhook"],
        scopes: [],
      });
    assert.equal((await portals.get(1)).schema, "crm");
  });

  it("never shows or stores the webhook's code in clear", async () => {
    const code = one.webhookUrl.split("/").at(-2)!;
    const { rows } = await test.db.pool.query("SELECT to_jsonb(p)::text AS row FROM b24kit.portal_portals p");
    assert.ok(!rows[0].row.includes(code));
    assert.ok(!JSON.stringify(await portals.list(everyone)).includes(code));
  });

  it("needs no name while there is one portal, and one when there are two", async () => {
    assert.equal((await portals.resolve(everyone)).id, 1);
    await portals.connect(two.webhookUrl);
    await assert.rejects(portals.resolve(everyone), { code: "portal_required" });
    const host = new URL(two.url).host;
    assert.equal((await portals.resolve(everyone, host)).id, 2);
    assert.equal((await portals.resolve(everyone, "2")).schema, "crm_2");
    await assert.rejects(portals.resolve(everyone, "nobody"), { code: "unknown_portal" });
  });

  it("shows a caller its own portals only, and tells nothing of others", async () => {
    const mine = caller([2]);
    assert.deepEqual(
      (await portals.list(mine)).map(({ id }) => id),
      [2],
    );
    assert.equal((await portals.resolve(mine)).id, 2);
    await assert.rejects(portals.resolve(mine, "1"), { code: "unknown_portal" });
    await assert.rejects(portals.check(1, mine), { code: "unknown_portal" });
    await assert.rejects(portals.resolve(caller([]), undefined), { code: "unknown_portal" });
  });

  it("keeps one client per portal, until its credential changes", async () => {
    const first = await portals.client(1);
    assert.equal(await portals.client(1), first);
    const { path } = one.control.createWebhook({ scopes: ["crm"] });
    await portals.connect(`${one.url}${path}`);
    const second = await portals.client(1);
    assert.notEqual(second, first);
    assert.equal((await portals.list(everyone)).length, 2, "the same portal, not another one");
    await portals.connect(one.webhookUrl);
  });

  it("notes how a portal is, and takes no notice of what says nothing about it", async () => {
    await portals.note(1, { code: "portal_unreachable", detail: "no answer" });
    const state = async () => (await portals.list(everyone))[0]!;
    assert.deepEqual(
      [(await state()).state, (await state()).error?.code],
      ["unreachable", "portal_unreachable"],
    );
    await portals.note(1, { code: "internal", detail: "ours" });
    assert.equal((await state()).state, "unreachable");
    assert.deepEqual(await portals.check(1, everyone), {
      ...(await state()),
      state: "connected",
      error: null,
    });
  });

  it("opens what an earlier key sealed, and seals it anew when the portal is registered again", async () => {
    const rotated = openRegistry([secondKey, firstKey]);
    await rotated.client(2);
    await assert.rejects(openRegistry([secondKey]).client(2), /SECRET_KEY/);
    await rotated.register(two.webhookUrl);
    await openRegistry([secondKey]).client(2);
  });

  it("never gives a schema's number twice", async () => {
    await test.db.pool.query("DELETE FROM b24kit.portal_portals WHERE id = 2");
    const again = await portals.connect(two.webhookUrl);
    assert.equal(again.id, 3);
    assert.equal((await portals.get(3)).schema, "crm_3");
  });
});

describe("the state of a portal", () => {
  it("follows from the last failure", () => {
    assert.equal(toPortalState(null), "connected");
    assert.equal(toPortalState("portal_unreachable"), "unreachable");
    assert.equal(toPortalState("portal_not_bitrix"), "unreachable");
    assert.equal(toPortalState("portal_credential_rejected"), "reauthorise");
    assert.equal(toPortalState("insufficient_scope"), "reauthorise");
    assert.equal(toPortalState("portal_rate_limited"), null);
    assert.equal(toPortalState("internal"), null);
  });
});
