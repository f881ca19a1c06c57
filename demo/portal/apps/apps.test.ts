import assert from "node:assert/strict";
import { test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";
import { handlerFault } from "./handler-url.ts";
import { defaultAppSettings } from "./settings.ts";

const patch = (body: unknown): RequestInit => ({ ...json(body), method: "PATCH" });

test("the application card over HTTP, from adding to removing", async () => {
  const { send } = openTestPortal();
  const card = { title: "Рассылка", handlerUrl: "https://app.example.com/open", scopes: ["crm", "im"] };
  const { status, body } = await send("/_emulator/apps", json(card));
  assert.equal(status, 201);
  assert.match(body.clientId, /^local\.[0-9a-f]{14}\.\d{8}$/);
  assert.match(body.clientSecret, /^[0-9a-f]{50}$/);
  assert.match(body.applicationToken, /^[0-9a-f]{32}$/);
  assert.deepEqual([body.id, body.installed, body.installUrl, body.userId], [1, true, null, 1]);
  const changed = await send("/_emulator/apps/1", patch({ title: "Письма" }));
  assert.deepEqual([changed.body.title, changed.body.clientSecret], ["Письма", body.clientSecret]);
  assert.equal((await send(`/_emulator/apps/${body.clientId}`)).body.title, "Письма");
  const again = (await send("/_emulator/apps", json(card))).body;
  assert.notEqual(again.clientId, body.clientId);
  assert.equal((await send("/_emulator/apps")).body.length, 2);
  assert.deepEqual((await send("/_emulator/apps/1", { method: "DELETE" })).body, { removed: true });
  assert.equal((await send("/_emulator/apps/1", { method: "DELETE" })).status, 404);
  assert.equal((await send("/_emulator/apps/1", patch({ title: "x" }))).status, 404);
  assert.deepEqual(
    (await send("/_emulator/apps")).body.map(({ id }: { id: number }) => id),
    [2],
  );
});

test("bad cards are refused by the field", async () => {
  const { send, control } = openTestPortal();
  const good = { title: "А", handlerUrl: "https://app.example.com/" };
  const cases: [object, RegExp][] = [
    [{ title: "" }, /title/],
    [{ handlerUrl: "nowhere" }, /handlerUrl/],
    [{ handlerUrl: "javascript:alert(1)" }, /handlerUrl/],
    [{ handlerUrl: "http://app.example.com/" }, /https[\s\S]*handlerUrl/],
    [{ handlerUrl: "https://localhost:3000/" }, /internet[\s\S]*handlerUrl/],
    [{ installUrl: "https://127.0.0.1/" }, /installUrl/],
    [{ scopes: ["everything"] }, /scopes/],
    [{ color: "red" }, /color/],
  ];
  for (const [wrong, words] of cases) {
    const { status, body } = await send("/_emulator/apps", json({ ...good, ...wrong }));
    assert.deepEqual([status, body.error], [400, "bad_input"], JSON.stringify(wrong));
    assert.match(body.description, words);
  }
  assert.deepEqual(control.apps.list(), []);
});

test("addresses that a cloud portal would not call", () => {
  const faithful = defaultAppSettings().handlers;
  const open = { local: true, plainHttp: true };
  const cases: [string, ReturnType<typeof handlerFault>][] = [
    ["https://app.example.com/x?y=1", null],
    ["https://8.8.8.8/", null],
    ["ftp://app.example.com/", "protocol"],
    ["http://app.example.com/", "protocol"],
    ["https://localhost/", "address"],
    ["https://portal.localhost/", "address"],
    ["https://intranet/", "address"],
    ["https://127.0.0.1/", "address"],
    ["https://10.1.2.3/", "address"],
    ["https://172.20.0.1/", "address"],
    ["https://192.168.1.5/", "address"],
    ["https://[::1]/", "address"],
    ["https://2130706433/", "address"],
    ["", "address"],
  ];
  for (const [url, fault] of cases) assert.equal(handlerFault(url, faithful, true), fault, url);
  assert.equal(handlerFault("http://app.example.com/", faithful, false), null);
  assert.equal(handlerFault("http://localhost:3000/", open, true), null);
  assert.equal(handlerFault("http://localhost:3000/", { ...open, local: false }, true), "address");
  assert.equal(handlerFault("file:///etc/passwd", open, true), "protocol");
});

test("settings are turned one by one and come back with a reset", async () => {
  const { send, control } = openTestPortal({ handlers: { local: true } });
  assert.deepEqual(control.apps.settings().handlers, { local: true, plainHttp: false });
  await send("/_emulator/app-settings", json({ delivery: { loss: 0.5 }, handlers: { local: false } }));
  const { body } = await send("/_emulator/app-settings");
  assert.deepEqual([body.delivery.loss, body.delivery.delayMs, body.handlers.local], [0.5, 0, false]);
  assert.equal((await send("/_emulator/app-settings", json({ delivery: { loss: 2 } }))).status, 400);
  control.reset();
  assert.deepEqual(control.apps.settings(), defaultAppSettings({ local: true }));
});

test("app.info tells how far the installation is", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { installUrl: "http://127.0.0.1:9/install" });
  assert.equal((await call("app.info")).body.result.INSTALLED, false);
  assert.equal((await on.send(`/_emulator/apps/${application.id}/install-finish`, json({}))).status, 200);
  const { result } = (await call("app.info")).body;
  assert.deepEqual([result.ID, result.CODE, result.INSTALLED], [1, application.clientId, true]);
  assert.equal((await on.send("/_emulator/apps/77/install-finish", json({}))).status, 404);
});

test("a renamed portal sends its callers on and keeps its number", async () => {
  const on = openTestPortal();
  const { application } = openTestApplication(on);
  const before = on.control.apps.rename();
  const { body } = await on.send("/_emulator/address", json({ url: "https://new.example/ignored" }));
  assert.deepEqual(body, { url: "https://new.example", memberId: before.memberId });
  const { status, headers } = await on.send("/rest//crm.deal.list.json?start=50", json({}));
  assert.deepEqual(
    [status, headers.get("location")],
    [302, "https://new.example/rest//crm.deal.list.json?start=50"],
  );
  assert.equal((await on.send("/oauth/token/")).status, 302);
  assert.equal((await on.send("/_emulator/address")).status, 200);
  assert.equal(on.portal.address.protocol, "1");
  const token = on.portal.tokens.issue(application, 1);
  assert.equal(token.clientId, application.clientId);
  await on.send("/_emulator/address", json({ url: "http://portal.example" }));
  assert.equal((await on.call("profile")).status, 200);
  assert.equal((await on.send("/_emulator/address", json({ url: "ftp://x" }))).status, 400);
});
