import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { METHODS } from "../methods/registry.ts";
import { form, json, openTestPortal } from "../testing.ts";

const { call, send, control, portal } = openTestPortal();
control.limits({ operating: { enabled: false } });

const names = [...METHODS.keys(), "batch", "nothing.here", "crm.deal.list.json", "%E0%A4%A", "a".repeat(300)];
const keys = [
  "id",
  "fields",
  "filter",
  "select",
  "order",
  "start",
  "cmd",
  "halt",
  "params",
  "entityTypeId",
  "data",
  "items",
  "rows",
  "taskId",
  "USER_ID",
  "EMAIL",
  "__proto__",
];
const words = [
  "ID",
  ">ID",
  "@ID",
  "!=%TITLE",
  "PHONE",
  "EMAIL",
  "UF_CRM_TAGS",
  "DATE_MODIFY",
  ">=DATE_MODIFY",
  "stageId",
  "!%title",
  "contactIds",
  "fm",
  "typeId",
  "logic",
  "0",
  "CONTACT_ID",
  "FIELD_NAME",
  "USER_TYPE_ID",
  "LIST",
  "constructor",
];
const values = [
  "$result[a][0][ID]",
  "crm.deal.list?filter[>ID]=$result[a]",
  "profile",
  "2026-01-01",
  "DESC",
  "*",
  "-1",
  "%%",
  "a@b",
  "OR",
  "enumeration",
  "2",
  "156",
];
const word = fc.oneof(fc.constantFrom(...words, ...values), fc.string({ maxLength: 12 }));
const anything = fc.oneof(
  { weight: 3, arbitrary: word },
  fc.jsonValue(),
  fc.integer(),
  fc.dictionary(word, fc.jsonValue()),
);
const params = fc.dictionary(
  fc.oneof(fc.constantFrom(...keys), word),
  fc.oneof(anything, fc.array(anything), fc.dictionary(word, anything)),
);

test("whatever is asked, the portal answers and stays up", async () => {
  const method = fc.constantFrom(...names);
  await fc.assert(
    fc.asyncProperty(
      method,
      params,
      fc.string(),
      fc.constantFrom("json", "form", "query", "text"),
      async (name, body, text, way) => {
        const reply =
          way === "json"
            ? await call(name, body)
            : way === "form"
              ? await send(name, form(text))
              : way === "query"
                ? await send(
                    `${name}?${new URLSearchParams(Object.entries(body).map(([k, v]) => [k, String(JSON.stringify(v))]))}`,
                  )
                : await send(name, { ...json({}), body: text });
        assert.equal(reply.status < 500, true, reply.text);
        assert.equal("result" in reply.body || "error" in reply.body, true);
      },
    ),
    { numRuns: 2_000 },
  );
  assert.equal(portal.stats.crashed, 0);
  assert.equal((await call("profile")).status, 200);
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
