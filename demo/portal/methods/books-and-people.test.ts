import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";

const { call, send, control } = openTestPortal();

test("stages of both funnels and of leads, with colours and meaning", async () => {
  const stages = async (ENTITY_ID: string) =>
    (await call("crm.status.list", { filter: { ENTITY_ID }, order: { SORT: "ASC" } })).body.result;
  const codes = (rows: { STATUS_ID: string }[]) => rows.map((row) => row.STATUS_ID).join(" ");
  const sales = await stages("DEAL_STAGE");
  assert.equal(codes(sales), "NEW PREPARATION PREPAYMENT_INVOICE EXECUTING FINAL_INVOICE WON LOSE APOLOGY");
  assert.equal(codes(await stages("DEAL_STAGE_2")).startsWith("C2:NEW C2:PREPARATION"), true);
  assert.equal(codes(await stages("STATUS")), "NEW IN_PROCESS PROCESSED CONVERTED JUNK");
  assert.deepEqual(
    sales.map((row: { SEMANTICS: string | null }) => row.SEMANTICS),
    [null, null, null, null, null, "S", "F", "F"],
  );
  assert.match(sales[0].COLOR, /^#[0-9A-F]{6}$/);
  assert.deepEqual(Object.keys(sales[7].EXTRA), ["SEMANTICS", "COLOR"]);
  assert.equal(sales[7].EXTRA.SEMANTICS, "apology");
});

test("reference books have pages too", async () => {
  const first = (await call("crm.status.list")).body;
  assert.deepEqual([first.result.length, first.next], [50, 50]);
  const rest = (await call("crm.status.list", { start: 50 })).body;
  assert.equal(rest.result.length, first.total - 50);
  assert.equal("next" in rest, false);
});

test("funnels and currencies", async () => {
  const { result, total } = (await call("crm.category.list", { entityTypeId: 2 })).body;
  assert.deepEqual(
    result.categories.map((row: { id: number; isDefault: string }) => [row.id, row.isDefault]),
    [
      [0, "Y"],
      [2, "N"],
    ],
  );
  assert.equal(total, 2);
  assert.equal((await call("crm.category.list")).body.error, "100");
  assert.equal(
    (await call("crm.category.list", { entityTypeId: 3 })).body.error,
    "ENTITY_TYPE_NOT_SUPPORTED",
  );
  assert.equal((await call("crm.currency.list")).body.result[0].CURRENCY, "RUB");
});

test("users by filter, by parameter, ordered, and only as far as the scope goes", async () => {
  const all = (await call("user.get")).body;
  assert.equal(all.total, 12);
  const { ID, ACTIVE, UF_DEPARTMENT, TIMESTAMP_X } = all.result[0];
  assert.deepEqual([ID, ACTIVE, UF_DEPARTMENT, TIMESTAMP_X], ["1", true, [1], {}]);
  assert.equal((await call("user.get", { ID: 3 })).body.result[0].ID, "3");
  assert.equal((await call("user.get", { FILTER: { UF_DEPARTMENT: 3 } })).body.total, 2);
  assert.equal((await call("user.get", { filter: { ">ID": 10 } })).body.total, 2);
  assert.equal((await call("user.get", { sort: "ID", order: "DESC" })).body.result[0].ID, "12");
  const { path } = control.createWebhook({ scopes: ["user_brief"] });
  const [brief] = (await send(`${path}user.get`)).body.result;
  assert.deepEqual(["NAME" in brief, "EMAIL" in brief, "PERSONAL_MOBILE" in brief], [true, false, false]);
});

test("the webhook's own user", async () => {
  const { path } = control.createWebhook({ userId: 4, scopes: ["user"] });
  assert.equal((await send(`${path}user.current`)).body.result.ID, "4");
  const profile = (await send(`${path}profile`)).body.result;
  assert.deepEqual([profile.ID, profile.ADMIN], ["4", false]);
});

test("departments: six under a root that has no parent", async () => {
  const { result, total } = (await call("department.get")).body;
  assert.equal(total, 7);
  assert.equal("PARENT" in result[0], false);
  assert.equal(
    result.slice(1).every((row: { PARENT: string }) => row.PARENT === result[0].ID),
    true,
  );
  assert.equal((await call("department.get", { PARENT: 1 })).body.total, 6);
  assert.equal((await call("department.get", { ID: 4 })).body.result[0].NAME, "Бригада № 2");
});

test("scope and server.time", async () => {
  const { path } = control.createWebhook({ scopes: ["crm", "department"] });
  assert.deepEqual((await send(`${path}scope`)).body.result, ["crm", "department"]);
  assert.equal((await send(`${path}scope?full=true`)).body.result.includes("placement"), true);
  assert.equal((await call("server.time")).body.result, "2026-05-01T12:00:00+03:00");
});
