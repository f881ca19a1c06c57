import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { METHODS } from "../methods/registry.ts";
import { ALL_SCOPES } from "../scopes.ts";
import { form, json, openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication, type Receiver } from "../testing-apps.ts";
import { randomParams } from "./random-input.ts";

const on = openTestPortal();
const { call, send, control, portal } = on;
control.limits({ operating: { enabled: false }, cost: { callSeconds: 0, pageSeconds: 0, rowSeconds: 0 } });
let receiver: Receiver;
let application: ReturnType<typeof openTestApplication>;

before(async () => {
  receiver = await openReceiver();
  application = openTestApplication(on, { handlerUrl: `${receiver.url}/app`, scopes: [...ALL_SCOPES] });
});
after(async () => {
  await portal.delivery.settled();
  await receiver.close();
});

const names = [...METHODS.keys(), "batch", "nothing.here", "crm.deal.list.json", "%E0%A4%A", "a".repeat(300)];
const queryOf = (body: object) =>
  new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(JSON.stringify(value))]));

test("whatever is asked, 10,000 times, the portal answers and stays up", async () => {
  const method = fc.constantFrom(...names);
  const way = fc.constantFrom("json", "application", "form", "query", "text");
  const ask = (name: string, body: Record<string, unknown>, text: string, by: string) => {
    if (by === "json") return call(name, body);
    if (by === "application") return application.call(name, body);
    if (by === "form") return send(name, form(text));
    if (by === "query") return send(`${name}?${queryOf(body)}`);
    return send(name, { ...json({}), body: text });
  };
  await fc.assert(
    fc.asyncProperty(method, randomParams, fc.string(), way, async (name, body, text, by) => {
      const reply = await ask(name, body, text, by);
      assert.equal(reply.status < 500, true, reply.text);
      assert.equal("result" in reply.body || "error" in reply.body, true);
    }),
    { numRuns: 10_000 },
  );
  assert.equal(portal.stats.crashed, 0);
  assert.equal((await call("profile")).status, 200);
});

test("pages, auth server and controls bear anything as well", async () => {
  const segment = fc.constantFrom(
    ...["crm", "deal", "contact", "list", "details", "edit", "delete", "stage", "devops", "app", "webhook"],
    ...["marketplace", "frame", "open", "people", "records", "oauth", "authorize", "token", "face", "rest"],
    ...[
      "_emulator",
      "apps",
      "robots",
      "limits",
      "clock",
      "faults",
      "records",
      "1",
      "0",
      "-1",
      "%00",
      "..",
      "x",
    ],
  );
  const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
  const way = fc.constantFrom("get", "form", "json", "DELETE", "PATCH");
  const requestOf = (body: Record<string, unknown>, by: string): RequestInit => {
    if (by === "get") return {};
    if (by === "form") return form(queryOf(body).toString());
    return { ...json(body), ...(by === "json" ? {} : { method: by }) };
  };
  await fc.assert(
    fc.asyncProperty(path, randomParams, way, async (address, body, by) => {
      const { status, text } = await send(`${address}?${queryOf(body)}`, requestOf(body, by));
      assert.equal(status < 500, true, `${by} ${address} ${status} ${text.slice(0, 300)}`);
    }),
    { numRuns: 2_000 },
  );
  assert.equal(portal.stats.crashed, 0);
});

test("deeply nested input is answered too", async () => {
  const depth = 20_000;
  const deep = `${"[".repeat(depth)}1${"]".repeat(depth)}`;
  for (const body of [
    `{"filter":{"TITLE":${deep}}}`,
    `{"fields":{"TITLE":${deep},"UF_CRM_TAGS":${deep}}}`,
    `{"cmd":${deep}}`,
  ]) {
    for (const name of ["crm.deal.list", "crm.deal.add", "batch"]) {
      assert.equal((await send(name, { ...json({}), body })).status < 500, true);
    }
  }
  const brackets = `filter${"[a]".repeat(5_000)}=1`;
  assert.equal((await send("crm.deal.list", form(brackets))).status, 200);
});
