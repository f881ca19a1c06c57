import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { offerApplication } from "./offer-application.ts";
import { type RunningPortal, startPortal } from "./portal/index.ts";

let portal: RunningPortal;
before(async () => {
  const counts = { deals: 1, contacts: 1, companies: 1, leads: 1 };
  portal = await startPortal({ counts, handlers: { local: true, plainHttp: true } });
});
after(() => portal.close());

test("our application stands on the portal's list, once, with the address of the present start", async () => {
  const first = await offerApplication(portal.url, "http://localhost:8080");
  assert.deepEqual(await offerApplication(portal.url, "http://localhost:9090"), first);
  const [card, another] = portal.control.apps.list();
  assert.equal(another, undefined);
  assert.deepEqual(
    [card!.clientId, card!.clientSecret, card!.installed],
    [first.BITRIX24_CLIENT_ID, first.BITRIX24_CLIENT_SECRET, false],
  );
  assert.equal(card!.handlerUrl, "http://localhost:9090/api/bitrix24");
});

test("a portal that refuses it is told with its words", async () => {
  await assert.rejects(offerApplication(portal.url, "nowhere"), /refused the application: .*handlerUrl/);
});
