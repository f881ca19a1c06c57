import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPortalGuard } from "./portal-guard.ts";

const guard = createPortalGuard(async () => [
  "http://127.0.0.1:8081",
  "https://crm.own.example/rest/1/code/",
  "odd",
]);
const refusal = { code: "portal_domain_invalid" };

describe("a portal's address that came from outside", () => {
  it("is one of the cloud, however it is written", async () => {
    for (const text of ["my-company.bitrix24.ru", " HTTPS://my-company.bitrix24.ru/crm/deal/list/?x=1 "])
      assert.equal(await guard.readDomain(text), "https://my-company.bitrix24.ru");
    assert.equal(await guard.readDomain("x.bitrix24.com.br"), "https://x.bitrix24.com.br");
  });

  it("or exactly one that an administrator has named", async () => {
    assert.equal(await guard.readDomain("127.0.0.1:8081"), "http://127.0.0.1:8081");
    assert.equal(await guard.readDomain("crm.own.example"), "https://crm.own.example");
    for (const text of [
      "127.0.0.1:8082",
      "127.0.0.1",
      "http://crm.own.example",
      "localhost:8081",
      "[::1]:8081",
    ])
      await assert.rejects(guard.readDomain(text), refusal, text);
  });

  it("and nothing that only looks like it", async () => {
    const wrong = [
      "bitrix24.ru",
      "-.bitrix24.ru",
      "a.b.bitrix24.ru",
      "x.bitrix24.site",
      "x.bitrix24.ru.evil.example",
    ];
    wrong.push("evil.example/x.bitrix24.ru", "evil.example?x.bitrix24.ru", "x.bitrix24.ru@evil.example");
    wrong.push(
      "user:pass@x.bitrix24.ru",
      "x.bitrix24.ru:444",
      "http://x.bitrix24.ru",
      "ftp://x.bitrix24.ru",
      "\\\\x",
    );
    wrong.push("x.bitrix24.ru\\@evil.example", "169.254.169.254", "0x7f000001:8082", "10.0.0.1", "");
    for (const text of wrong) await assert.rejects(guard.readDomain(text), refusal, text);
    for (const text of wrong)
      await assert.rejects(guard.requirePortal(`https://${text}/rest/`), refusal, text);
  });

  it("is shown without what was pasted behind it", async () => {
    await assert.rejects(guard.readDomain("https://evil.example/rest/1/secretcode/"), (error: Error) => {
      assert.doesNotMatch(error.message, /secretcode/);
      return true;
    });
  });
});

describe("an auth server", () => {
  it("is one of the vendor's two, or a configured portal's own", async () => {
    await guard.requireAuthServer("https://oauth.bitrix.info/rest/");
    await guard.requireAuthServer("https://oauth.bitrix24.tech/rest/");
    await guard.requireAuthServer("http://127.0.0.1:8081/rest/");
    for (const address of ["http://oauth.bitrix.info/rest/", "https://oauth.bitrix.info.evil.example/rest/"])
      await assert.rejects(guard.requireAuthServer(address), refusal);
    await assert.rejects(guard.requireAuthServer("https://x.bitrix24.ru/rest/"), refusal);
    await assert.rejects(guard.requireAuthServer("https://oauth.bitrix.info@evil.example/rest/"), refusal);
  });
});
