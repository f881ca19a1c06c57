import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";

const { send, call, control } = openTestPortal();

test("an address that ends in .xml is answered in XML, numbered members as items", async () => {
  await call("crm.deal.update", { id: 1, fields: { TITLE: 'A & B <"c">' } });
  const { status, headers, text } = await send("crm.deal.list.xml?select[]=ID&select[]=TITLE&filter[ID]=1");
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^application\/xml/);
  const row = "<item><ID>1</ID><TITLE>A &amp; B &lt;&quot;c&quot;&gt;</TITLE></item>";
  assert.ok(text.includes(`<response><result>${row}</result><total>1</total><time><start>`), text);
});

test("refusals too", async () => {
  const { status, text } = await send("crm.nope.xml");
  assert.equal(status, 404);
  assert.match(text, /<response><error>ERROR_METHOD_NOT_FOUND<\/error><error_description>/);
});

test("an answer broken on purpose stays broken and breaks nothing", async () => {
  control.addFault({ match: "crm.deal.get", effect: "wrongJson" });
  assert.match((await send("crm.deal.get.xml?id=1")).text, /&quot;/);
  assert.equal(control.stats().crashed, 0);
});
