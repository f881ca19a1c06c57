import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";
import { isKnownEvent, isWebhookEvent } from "./catalogue.ts";

const receiver = await openReceiver();
after(() => receiver.close());

test("events are known by scope, those of one smart process by its number", () => {
  const crm = new Set(["crm"]);
  for (const event of ["ONCRMDEALADD", "ONCRMCONTACTUSERFIELDSETENUMVALUES", "ONAPPINSTALL"]) {
    assert.ok(isKnownEvent(event, crm), event);
  }
  assert.ok(isKnownEvent("ONCRMDYNAMICITEMUPDATE_156", crm));
  assert.ok(!isKnownEvent("ONCRMDEALADD", new Set()));
  assert.ok(!isKnownEvent("ONCRMDEALADD_156", crm));
  assert.ok(!isKnownEvent("ONCRMDEALUSERFIELDMOVE", crm));
  assert.ok(isWebhookEvent("ONTASKADD") && !isWebhookEvent("ONCRMDEALMOVETOCATEGORY"));
});

test("a move to another funnel is heard as a move with its stage, not as an update", async () => {
  const on = openTestPortal();
  const { call } = openTestApplication(on);
  for (const event of ["ONCRMDEALUPDATE", "ONCRMDEALMOVETOCATEGORY"]) {
    await call("event.bind", { event, handler: `${receiver.url}/h` });
  }
  const id = (await call("crm.deal.add", { fields: {} })).body.result;
  const [, other] = on.portal.crm.categories;
  const fields = { categoryId: Number(other?.id) };
  const moved = await call("crm.item.update", { entityTypeId: 2, id, fields });
  assert.equal(moved.status, 200, moved.text);
  await on.control.apps.settled();
  assert.deepEqual(
    receiver.forms.map(({ event, data }) => [event, data]),
    [
      [
        "ONCRMDEALMOVETOCATEGORY",
        {
          FIELDS: {
            ID: String(id),
            CATEGORY_ID: String(other?.id),
            STAGE_ID: moved.body.result.item.stageId,
          },
        },
      ],
    ],
  );
});

test("random changes are heard one by one", async () => {
  receiver.forms = [];
  const on = openTestPortal();
  const { call } = openTestApplication(on);
  for (const verb of ["ADD", "UPDATE", "DELETE"]) {
    await call("event.bind", { event: `ONCRMDEAL${verb}`, handler: `${receiver.url}/h` });
  }
  const made = on.control.mutate({ operations: 300, entities: ["deal"] });
  await on.control.apps.settled();
  const told = made.map(({ operation, id }) => `ONCRMDEAL${operation.toUpperCase()} ${id}`);
  const heard = receiver.forms.map(({ event, data }) => `${event} ${data.FIELDS.ID}`);
  assert.deepEqual(heard.sort(), told.sort());
});
