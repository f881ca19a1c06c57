import assert from "node:assert/strict";
import { it } from "node:test";
import { formText, parsePhpForm } from "./php-form.ts";

const plain = (text: string) => JSON.parse(JSON.stringify(parsePhpForm(text))) as unknown;

it("reads brackets as PHP does", () => {
  const text = "event=ONX&data[FIELDS][ID]=7&auth%5Bmember_id%5D=m&document_id[0]=crm&document_id[1]=D&ts=1";
  assert.deepEqual(plain(text), {
    event: "ONX",
    data: { FIELDS: { ID: "7" } },
    auth: { member_id: "m" },
    document_id: { 0: "crm", 1: "D" },
    ts: "1",
  });
});

it("gives texts by their path, and nothing where something else is", () => {
  const form = parsePhpForm("a[b]=1&c=2&a[d][e]=3");
  assert.equal(formText(form, "a", "b"), "1");
  for (const path of [["a"], ["c", "x"], ["a", "d"], ["x"], ["a", "b", "c"], ["constructor"], ["toString"]])
    assert.equal(formText(form, ...path), undefined);
});

it("touches no prototype, and bears whatever comes", () => {
  const form = parsePhpForm(
    "__proto__[polluted]=1&a[__proto__][polluted]=1&constructor[prototype][polluted]=1",
  );
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  assert.equal(formText(form, "a", "__proto__", "polluted"), "1");
  for (const text of [
    "",
    "&&&",
    "=",
    "[",
    "[]",
    "a[",
    "a]b=1",
    "a[[b]]=1",
    "%",
    "a[b=1",
    "\0",
    "a".repeat(100_000),
  ])
    assert.doesNotThrow(() => parsePhpForm(text), text.slice(0, 10));
  const deep = `a${"[x]".repeat(5_000)}=1`;
  assert.deepEqual(plain(deep), {});
  const many = Array.from({ length: 5_000 }, (_, n) => `f${n}=1`).join("&");
  assert.equal(Object.keys(parsePhpForm(many)).length, 1_000);
});
