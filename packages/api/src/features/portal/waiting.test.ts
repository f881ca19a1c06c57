import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Portal, Problem } from "@b24kit/client/contract";
import { admin, installByConsent, openStand, type Stand } from "../../../../../test/portal-stand.ts";
import { whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";

const DAY_MS = 86_400_000;
let stand: Stand;

before(async () => {
  stand = await openStand({
    work: true,
    portal: { counts: { deals: 300, contacts: 5, companies: 5, leads: 5 } },
  });
  await (await installByConsent(stand)).text();
});
after(() => stand.close());

it("a sync waits while nobody has authorised again, then goes on by itself", async () => {
  // The refresh token has died of age; nothing but a person helps.
  stand.portal.control.clock({ mode: "virtual" });
  stand.portal.control.clock({ advance: 200 * DAY_MS });
  const waiting = whenStatus(stand.bus, "deal", ({ run }) => run?.state === "waiting");
  const started = await stand.product.sync.start({
    portalId: 1,
    entity: "deal",
    type: "full",
    cause: "person",
  });
  const { run } = await waiting;
  assert.equal(run!.id, started.id);
  assert.equal(run!.error?.code, "portal_token_expired");
  const shown = (await (await stand.call("/api/v1/portals", { headers: admin })).json()) as {
    portals: Portal[];
  };
  assert.equal(shown.portals[0]!.state, "reauthorise");

  const ended = whenEnded(stand.bus, "deal");
  assert.equal((await installByConsent(stand)).status, 200);
  const done = await ended;
  assert.deepEqual([done.id, done.state, done.error, done.rowsRead], [started.id, "completed", null, 300]);
});

it("a sync waits after the application was removed, until it is installed again", async () => {
  stand.portal.control.clock({ mode: "real" });
  const bindings = () => stand.portal.control.apps.bindings(stand.application.id);
  assert.ok(bindings()!.events.length > 0);
  stand.portal.control.apps.remove(stand.application.id);
  await stand.portal.control.apps.settled();
  const portals = async () =>
    ((await (await stand.call("/api/v1/portals", { headers: admin })).json()) as { portals: Portal[] })
      .portals;
  const [removed] = await portals();
  assert.deepEqual([removed!.state, removed!.error?.code], ["reauthorise", "application_removed"]);
  assert.deepEqual([...(await stand.product.portals.waiting())], [1]);
  const run = await stand.product.sync.start({ portalId: 1, entity: "deal", type: "full", cause: "person" });
  const checked = await stand.call("/api/v1/portals/1/check", { method: "POST", headers: admin });
  assert.equal(((await checked.json()) as Portal).error?.code, "application_removed");
  const bound = await stand.call("/api/v1/webhooks/registered", { headers: admin });
  assert.equal(((await bound.json()) as Problem).code, "application_removed");

  // Another local application, with keys of its own, on the same portal: its data are those of the first.
  const again = stand.portal.control.apps.create({
    title: "b24kit",
    handlerUrl: `${stand.url}/bitrix/oauth/callback`,
    scopes: ["crm", "placement"],
  });
  const kept = await stand.call("/api/v1/portals/applications", {
    method: "POST",
    headers: { ...admin, "Content-Type": "application/json" },
    body: JSON.stringify({
      url: stand.portal.url,
      clientId: again.clientId,
      clientSecret: again.clientSecret,
    }),
  });
  assert.equal(kept.status, 201);
  const ended = whenEnded(stand.bus, "deal", run.id - 1);
  assert.equal((await installByConsent(stand)).status, 200);
  const done = await ended;
  assert.deepEqual([done.id, done.state, done.rowsRead], [run.id, "completed", 300]);
  assert.deepEqual(
    (await portals()).map(({ id, state, access }) => [id, state, access]),
    [[1, "connected", ["application"]]],
  );
});
