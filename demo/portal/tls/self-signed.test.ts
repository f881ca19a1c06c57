import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { request } from "node:https";
import { test } from "node:test";
import { startPortal } from "../start-portal.ts";
import { selfSigned } from "./self-signed.ts";

test("a certificate is good for its hosts and for its time", () => {
  const now = Date.parse("2026-05-01T12:00:00Z");
  const certificate = new X509Certificate(selfSigned(["localhost", "127.0.0.1"], now).cert);
  assert.equal(certificate.checkHost("localhost"), "localhost");
  assert.equal(certificate.checkIP("127.0.0.1"), "127.0.0.1");
  assert.equal(certificate.checkHost("portal.example"), undefined);
  assert.equal(certificate.verify(certificate.publicKey), true);
  assert.equal(Date.parse(certificate.validFrom), now - 86_400_000);
  assert.equal(Date.parse(certificate.validTo), now + 30 * 86_400_000);
});

test("a portal over TLS answers whoever trusts its certificate, and is https everywhere", async () => {
  const tls = selfSigned(["127.0.0.1"], Date.now());
  const counts = { deals: 1, contacts: 1, companies: 1, leads: 1, users: 3 };
  const portal = await startPortal({ counts, tls });
  try {
    assert.match(portal.webhookUrl, /^https:\/\/127\.0\.0\.1:\d+\/rest\/1\//);
    assert.equal(await statusOf(`${portal.webhookUrl}profile`, tls.cert), 200);
    await assert.rejects(statusOf(`${portal.webhookUrl}profile`, undefined), /certificate/);
    assert.equal(portal.control.apps.rename().url, portal.url);
  } finally {
    await portal.close();
  }
});

function statusOf(url: string, ca: string | undefined): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("error", reject).end();
  });
}
