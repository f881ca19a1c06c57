import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { type AppSettings, defaultAppSettings } from "../apps/settings.ts";
import { PortalClock } from "../clock.ts";
import { NOON } from "../testing.ts";
import { openReceiver } from "../testing-apps.ts";
import { Delivery } from "./delivery.ts";
import { encodeForm } from "./form.ts";

const receiver = await openReceiver();
after(() => receiver.close());
beforeEach(() => {
  receiver.forms = [];
  receiver.status = 200;
});

/** Deliveries under a stopped clock. */
function open(settings: Partial<AppSettings["delivery"]> = {}) {
  const clock = new PortalClock({ now: () => NOON });
  clock.setMode("virtual");
  const delivery = new Delivery(clock, () => ({ ...defaultAppSettings().delivery, ...settings }));
  const send = (n: number, notBefore?: number) =>
    delivery.send({ url: `${receiver.url}/h?key=secret`, label: `E${n}`, form: { n } }, notBefore);
  const heard = () => receiver.forms.map(({ n }) => Number(n));
  return { clock, delivery, send, heard };
}

test("forms are written with PHP's brackets", () => {
  const text = encodeForm({
    event: "A",
    data: { FIELDS: { ID: 7, NO: null } },
    list: ["x", true],
    tag: "а&б",
  });
  assert.equal(decodeURIComponent(text), "event=A&data[FIELDS][ID]=7&list[0]=x&list[1]=1&tag=а&б");
  assert.match(text, /data%5BFIELDS%5D%5BID%5D=7/);
});

test("a delivery waits for its time on the portal's clock", async () => {
  const { clock, delivery, send, heard } = open({ delayMs: 5_000 });
  send(1);
  await delivery.settled();
  assert.deepEqual([heard(), delivery.records[0]?.outcome], [[], "waiting"]);
  clock.advance(4_999);
  await delivery.settled();
  assert.deepEqual(heard(), []);
  clock.advance(1);
  await delivery.settled();
  assert.deepEqual(heard(), [1]);
  assert.deepEqual([delivery.records[0]?.outcome, delivery.records[0]?.status], ["answered", 200]);
  assert.equal(delivery.records[0]?.url, `${receiver.url}/h`);
});

test("some deliveries come twice when told so, each at a time of its own", async () => {
  const { clock, delivery, send, heard } = open({ duplicates: 0.5, jitterMs: 60_000 });
  for (let n = 1; n <= 40; n++) send(n);
  clock.advance(60_000);
  await delivery.settled();
  const times = (n: number) => heard().filter((one) => one === n).length;
  const counts = Array.from({ length: 40 }, (_, i) => times(i + 1));
  assert.deepEqual([...new Set(counts)].sort(), [1, 2]);
  assert.equal(new Set(delivery.records.map(({ id }) => id)).size, heard().length);
});

test("nothing is tried again, whatever the handler answers", async () => {
  const { delivery, send, heard } = open({ timeoutMs: 60 });
  receiver.status = 500;
  send(1);
  await delivery.settled();
  receiver.status = 0;
  send(2);
  await delivery.settled();
  delivery.send({ url: "http://127.0.0.1:9/", label: "E3", form: {} });
  await delivery.settled();
  assert.deepEqual(heard(), [1, 2]);
  assert.deepEqual(
    delivery.records.map(({ outcome, status }) => [outcome, status]),
    [
      ["answered", 500],
      ["failed", null],
      ["failed", null],
    ],
  );
});

test("deliveries are lost and overtake each other as told, the same way each time", async () => {
  const run = async () => {
    receiver.forms = [];
    const { clock, delivery, send, heard } = open({ loss: 0.3, jitterMs: 1_000, parallel: 1 });
    for (let n = 0; n < 100; n++) send(n);
    clock.advance(1_000);
    await delivery.settled();
    return heard();
  };
  const first = await run();
  assert.ok(first.length > 50 && first.length < 90, String(first.length));
  assert.notDeepEqual(
    first,
    first.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(first).size, first.length);
  assert.deepEqual(await run(), first);
});

test("a burst is queued quickly and leaves whole", async () => {
  const { delivery, send, heard } = open({ parallel: 50 });
  for (let n = 0; n < 10_000; n++) send(n);
  delivery.clear();
  for (let n = 0; n < 500; n++) send(n);
  await delivery.settled();
  assert.equal(heard().length, 500);
});

test("closing lets go of what is under way", async () => {
  const { delivery, send } = open();
  receiver.status = 0;
  send(1);
  send(2, NOON + 60_000);
  while (receiver.forms.length === 0) await new Promise((resolve) => setImmediate(resolve));
  delivery.close();
  await delivery.settled();
  assert.deepEqual(delivery.records, []);
});
