import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { toFailure } from "../http/app-error.ts";
import { createSupabaseVerifier } from "./supabase.ts";

let project: Server;
let url: string;
let asked: string[] = [];
const keys = await generateKeyPair("ES256");
const foreign = await generateKeyPair("ES256");

before(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "ES256", use: "sig" };
  project = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, "127.0.0.1");
  await once(project, "listening");
  url = `http://127.0.0.1:${(project.address() as AddressInfo).port}`;
});
after(() => project.close());

const verifier = (at: string) =>
  createSupabaseVerifier({ url: at, now: Date.now, solePortal: async () => 1 })!;

function sign(key: CryptoKey, kid: string): Promise<string> {
  return new SignJWT({ role: "authenticated" })
    .setProtectedHeader({ alg: "ES256", kid })
    .setSubject("u")
    .setAudience("authenticated")
    .setExpirationTime("1h")
    .sign(key);
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: unknown) => toFailure(error).code,
  );

test("the project's published keys are fetched once and verify its tokens", async () => {
  asked = [];
  const verify = verifier(`${url}/`);
  for (let i = 0; i < 3; i += 1)
    assert.equal((await verify(await sign(keys.privateKey, "one"))).subject, "u");
  assert.deepEqual(asked, ["/auth/v1/.well-known/jwks.json"]);
});

test("a foreign key under a known or an unknown name is refused, without a request for each try", async () => {
  asked = [];
  const verify = verifier(url);
  for (let i = 0; i < 5; i += 1) {
    assert.equal(await codeOf(verify(await sign(foreign.privateKey, "one"))), "unauthenticated");
    assert.equal(await codeOf(verify(await sign(foreign.privateKey, "two"))), "unauthenticated");
  }
  assert.equal(asked.length, 1);
});

test("a key server that does not answer is no fault of the caller's", async () => {
  assert.equal(
    await codeOf(verifier("http://127.0.0.1:9").call(null, await sign(keys.privateKey, "one"))),
    "internal",
  );
});

test("without a secret or an address nobody signs in this way", () => {
  assert.equal(createSupabaseVerifier({ now: Date.now, solePortal: async () => 1 }), null);
});
