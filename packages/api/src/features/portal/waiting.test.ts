import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Portal } from "@b24kit/client/contract";
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
