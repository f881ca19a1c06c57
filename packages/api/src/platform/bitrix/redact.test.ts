import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { createRedactor, redactor } from "./redact.ts";
import { broken, json, openScripted } from "./test/scripted.ts";

const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
const name = fc.constantFrom(
  "auth",
  "AUTH_ID",
  "REFRESH_ID",
  "access_token",
  "refresh_token",
  "application_token",
  "client_secret",
);

test("property: secrets by their places in texts", () => {
  fc.assert(
    fc.property(secret, name, fc.string(), (code, key, around) => {
      const texts = [
        `${around} https://a.example/rest/1/${code}/crm.deal.list ${around}`,
        `/rest/api/77/${code}/x`,
        `https://a.example/rest//profile?${key}=${code}&x=1`,
        `auth%5B${key}%5D=${code}`,
        `data[auth][${key}]=${code}&event=ONCRMDEALADD`,
        JSON.stringify({ [key]: code, around }),
        JSON.stringify({ body: JSON.stringify({ [key]: code }) }),
        inspect({ [key]: code }),
        `{"${key}": "${code}"}`,
      ];
      for (const text of texts) assert.ok(!redactor.text(text).includes(code), text);
    }),
  );
});

test("property: secrets in values of any nesting", () => {
  fc.assert(
    fc.property(secret, name, fc.object({ maxDepth: 2 }), (code, key, noise) => {
      const value = {
        noise,
        list: [{ [key]: code, deep: { [key.toUpperCase()]: code } }],
        auth: { [key]: code },
      };
      assert.ok(!JSON.stringify(redactor.value(value)).includes(code));
    }),
  );
});

test("what is no secret stays", () => {
  const value = { title: "Дом", author: "x", list: [1, null, true], at: new Date(0) };
  assert.deepEqual(redactor.value(value), value);
  assert.equal(redactor.text("authors=1&page=2 /rest/ 17"), "authors=1&page=2 /rest/ 17");
  assert.equal(createRedactor(["ab+c"]).text("x ab+c ab%2Bc"), "x *** ***");
});

test("cycles end", () => {
  const loop: Record<string, unknown> = { a: 1 };
  loop.self = loop;
  assert.deepEqual(redactor.value(loop), { a: 1, self: "[circular]" });
});

test("property: no error, log line or JSON of them ever shows the webhook's code", async () => {
  const faults = fc.constantFrom("description", "code", "page", "cause", "circle", "nested", "batch");
  await fc.assert(
    fc.asyncProperty(secret, faults, fc.boolean(), async (code, fault, write) => {
      const url = `https://acme.bitrix24.ru/rest/1/${code}/`;
      const answer = (): Response | Error => {
        if (fault === "description")
          return json({ error: "X", error_description: `bad ${url}crm.deal.list?auth=${code}` }, 400);
        if (fault === "code") return json({ error: code, error_description: code }, 500);
        if (fault === "page") return new Response(`<html>${url}</html>`, { status: 502 });
        if (fault === "circle")
          return new Response(null, { status: 302, headers: { location: `${url}else` } });
        if (fault === "nested") return json({ error: { code, message: code } }, 400);
        if (fault === "batch") {
          const errors = { a: { error: code, error_description: url } };
          return json({ result: { result: [], result_error: errors } });
        }
        const inner = broken("ECONNRESET");
        return new TypeError(`request to ${url} failed`, { cause: Object.assign(inner, { url, code }) });
      };
      const opened = openScripted(Array.from({ length: 4 }, answer), {
        credential: { kind: "webhook", url },
      });
      const method = write ? "crm.deal.add" : "crm.deal.list";
      const shown: unknown[] = [opened.client];
      const work = fault === "batch" ? opened.client.batch({ a: { method } }) : opened.client.call(method);
      await work.then(
        (result) => shown.push(result),
        (error: unknown) => shown.push(error, String(error), (error as Error).stack),
      );
      const everything = [...shown, ...opened.logged].map(
        (item) => `${inspect(item, { depth: 9, showHidden: true })}${JSON.stringify(item)}`,
      );
      assert.ok(!everything.join("\n").includes(code));
    }),
    { numRuns: 150 },
  );
});
