import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { PortalError } from "./errors.ts";
import { moveWebhookAddress, parseWebhookAddress } from "./webhook-address.ts";

const code = "q1w2e3r4t5y6u7i8";

test("an address in any usual writing", () => {
  for (const text of [
    `https://acme.bitrix24.ru/rest/1/${code}/`,
    `https://acme.bitrix24.ru/rest/1/${code}`,
    `  https://acme.bitrix24.ru/rest/1/${code}/profile.json\n`,
    `https://acme.bitrix24.ru//rest/1/${code}//`,
    `HTTPS://ACME.bitrix24.ru/rest/1/${code}/crm.deal.list/`,
  ]) {
    const address = parseWebhookAddress(text);
    assert.equal(address.base, `https://acme.bitrix24.ru/rest/1/${code}/`);
    assert.equal(address.host, "acme.bitrix24.ru");
    assert.equal(address.userId, 1);
  }
  assert.equal(parseWebhookAddress(`https://corp.example/bx/rest/7/${code}/`).prefix, "/bx");
});

test("plain http only on this machine or when allowed", () => {
  for (const host of ["127.0.0.1:8081", "localhost:8081", "[::1]:8081"]) {
    assert.equal(parseWebhookAddress(`http://${host}/rest/1/${code}/`).host, host);
  }
  assert.throws(() => parseWebhookAddress(`http://portal.lan/rest/1/${code}/`), PortalError);
  assert.equal(
    parseWebhookAddress(`http://portal.lan/rest/1/${code}/`, { allowHttp: true }).host,
    "portal.lan",
  );
  for (const host of ["bitrix", "192.168.1.5:8080", "10.0.0.7", "172.31.0.1", "[fd00::5]"]) {
    const address = `http://${host}/rest/1/${code}/`;
    assert.equal(parseWebhookAddress(address, { allowHttp: true }).host, host);
    assert.throws(() => parseWebhookAddress(address), PortalError);
  }
  for (const host of ["acme.bitrix24.ru", "8.8.8.8", "172.32.0.1", "[2001:db8::1]"]) {
    assert.throws(
      () => parseWebhookAddress(`http://${host}/rest/1/${code}/`, { allowHttp: true }),
      PortalError,
    );
  }
});

test("what is no webhook address is refused without repeating it", () => {
  for (const text of [
    "",
    "acme.bitrix24.ru",
    `ftp://acme.bitrix24.ru/rest/1/${code}/`,
    "https://acme.bitrix24.ru/",
    `https://acme.bitrix24.ru/rest/${code}/`,
    `https://acme.bitrix24.ru/rest/one/${code}/`,
    `https://acme.bitrix24.ru/rest/1/${code}/?auth=${code}`,
    `https://user:${code}@acme.bitrix24.ru/rest/1/${code}/`,
    `https://acme.bitrix24.ru/rest/1/${code}/a/b/c`,
    `javascript:alert('${code}')`,
  ]) {
    assert.throws(
      () => parseWebhookAddress(text),
      (error: PortalError) => error.code === "portal_url_invalid" && !inspect(error).includes(code),
      text,
    );
  }
});

test("the code is not printed with the address, and moves with it", () => {
  const address = parseWebhookAddress(`https://old.bitrix24.ru/rest/1/${code}/`);
  const moved = moveWebhookAddress(address, "https://new.bitrix24.ru");
  assert.equal(moved.base, `https://new.bitrix24.ru/rest/1/${code}/`);
  for (const it of [address, moved]) assert.ok(!`${inspect(it)}${JSON.stringify(it)}`.includes(code));
});
