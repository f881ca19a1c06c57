import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApiKey, Problem } from "@b24kit/client/contract";
import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import type { App } from "../http/environment.ts";
import { createOrigins } from "../http/origins.ts";
import { createShell } from "../http/shell.ts";
import { createLogger } from "../log/logger.ts";
import { createAuth } from "./authenticate.ts";
import { createFailureLimit } from "./failure-limit.ts";
import { createPageTokens } from "./page-token.ts";
import { routes } from "./routes.ts";
import { createSupabaseVerifier } from "./supabase.ts";

const log = createLogger({ level: "silent", form: "json" });
const ADMIN = "an-administrators-key-of-40-characters!!";
const SECRET = "the-projects-jwt-secret-of-32-characters";
const bytes = (text: string) => new TextEncoder().encode(text);

let testDatabase: TestDatabase;
let app: App;
let now = Date.now();
let solePortal: number | null = 1;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
const pageTokens = createPageTokens("a-secret-key-of-more-than-32-characters", () => now);

before(async () => {
  testDatabase = await createTestDatabase();
  keys = await generateKeyPair("RS256");
  const auth = createAuth({
    db: testDatabase.db,
    log,
    now: () => now,
    apiKey: ADMIN,
    pageTokens,
    supabase: createSupabaseVerifier({
      jwtSecret: SECRET,
      keySet: async () => keys.publicKey,
      now: () => now,
      solePortal: async () => solePortal,
    }),
    failures: createFailureLimit({ burst: 1_000, refillMs: 1_000, now: () => now }),
  });
  app = createShell({
    log,
    authenticate: auth.fromRequest,
    origins: createOrigins([], undefined),
    checkAnswers: true,
  });
  routes(app, testDatabase.db, {});
});
after(() => testDatabase.drop());

const person = { sub: "user-1", role: "authenticated", aud: "authenticated" };
const inAnHour = () => Math.floor(now / 1_000) + 3_600;

function hs256(claims: JWTPayload, secret = SECRET): Promise<string> {
  return new SignJWT({ exp: inAnHour(), ...claims }).setProtectedHeader({ alg: "HS256" }).sign(bytes(secret));
}

async function whoAmI(token: string) {
  const answer = await app.request("/api/v1/session", { headers: { Authorization: `Bearer ${token}` } });
  return {
    status: answer.status,
    body: (await answer.json()) as Problem & { kind: string; subject: string; rights: string[] },
  };
}

async function refused(token: string, code: string): Promise<void> {
  const { body } = await whoAmI(token);
  assert.equal(body.code, code, JSON.stringify(body));
}

test("the administrator's key works in both headers and in no other form", async () => {
  const inHeader = await app.request("/api/v1/session", { headers: { "X-API-Key": ADMIN } });
  assert.deepEqual(await inHeader.json(), { kind: "key", subject: "admin", rights: ["admin"] });
  assert.equal((await whoAmI(ADMIN)).status, 200);
  await refused(`${ADMIN}x`, "unauthenticated");
  assert.equal((await app.request(`/api/v1/session?apikey=${ADMIN}`)).status, 401);
  assert.equal(
    (await app.request("/api/v1/session", { headers: { Authorization: `Basic ${btoa(`x:${ADMIN}`)}` } }))
      .status,
    401,
  );
});

test("a user with a grant has its rights and its portals", async () => {
  const token = await hs256({
    ...person,
    app_metadata: { b24kit: { rights: ["data:read", "sync:run"], portals: [3] } },
  });
  assert.deepEqual((await whoAmI(token)).body, {
    kind: "user",
    subject: "user-1",
    rights: ["data:read", "sync:run"],
  });
});

test("a user without a grant reads the only portal, and nothing where there are several", async () => {
  const token = await hs256(person);
  solePortal = 1;
  assert.deepEqual((await whoAmI(token)).body.rights, ["data:read"]);
  solePortal = null;
  await refused(token, "forbidden");
  solePortal = 1;
});

test("what users can write themselves grants nothing", async () => {
  solePortal = null;
  await refused(
    await hs256({ ...person, user_metadata: { b24kit: { rights: ["admin"], portals: "all" } } }),
    "forbidden",
  );
  solePortal = 1;
  await refused(await hs256({ ...person, is_anonymous: true }), "forbidden");
  await refused(
    await hs256({ ...person, app_metadata: { b24kit: { rights: ["everything"] } } }),
    "forbidden",
  );
});

test("keys published by the project verify its asymmetric tokens", async () => {
  const token = await new SignJWT({ ...person, exp: inAnHour() })
    .setProtectedHeader({ alg: "RS256" })
    .sign(keys.privateKey);
  assert.equal((await whoAmI(token)).status, 200);
});

test("attacks on tokens are refused", async () => {
  await refused(
    new UnsecuredJWT({ ...person, exp: inAnHour() }).setAudience("authenticated").encode(),
    "unauthenticated",
  );
  await refused(await hs256(person, "another-secret-of-at-least-32-characters"), "unauthenticated");
  // The public key as HMAC secret: works where the algorithm is taken from the token alone.
  await refused(await hs256(person, await exportSPKI(keys.publicKey as CryptoKey)), "unauthenticated");
  // Another project's key.
  const foreign = await generateKeyPair("RS256");
  const forged = await new SignJWT({ ...person, exp: inAnHour() })
    .setProtectedHeader({ alg: "RS256" })
    .sign(foreign.privateKey);
  await refused(forged, "unauthenticated");
  // The keys that every Supabase page carries, signed by the same secret.
  await refused(await hs256({ iss: "supabase", role: "anon" }), "unauthenticated");
  await refused(await hs256({ ...person, role: "anon" }), "unauthenticated");
  await refused(await hs256({ ...person, role: "service_role" }), "unauthenticated");
  await refused(await hs256({ ...person, aud: "b24kit:page" }), "unauthenticated");
  await refused(
    await new SignJWT(person).setProtectedHeader({ alg: "HS256" }).sign(bytes(SECRET)),
    "unauthenticated",
  );
  await refused("eyJhbGciOiJIUzI1NiJ9..", "unauthenticated");
  await refused("not.a.jwt", "unauthenticated");
});

test("an expired token has a code of its own", async () => {
  await refused(await hs256({ ...person, exp: Math.floor(now / 1_000) - 60 }), "token_expired");
});

test("page tokens live ten minutes; neither their secret nor their kind can be exchanged for a user's", async () => {
  const { token, expiresAt } = await pageTokens.mint({ subject: "p", rights: ["data:read"], portals: "all" });
  assert.deepEqual((await whoAmI(token)).body, { kind: "page", subject: "p", rights: ["data:read"] });
  assert.ok(Date.parse(expiresAt) - now <= 600_000);
  const forged = await new SignJWT({ rights: ["admin"], portals: "all", exp: inAnHour() })
    .setProtectedHeader({ alg: "HS256", typ: "b24kit-page+jwt" })
    .setSubject("p")
    .setAudience("b24kit:page")
    .sign(bytes(SECRET));
  await refused(forged, "unauthenticated");
  now += 601_000;
  await refused(token, "token_expired");
});

const asAdmin = (method: string, path: string, body?: unknown) =>
  app.request(path, {
    method,
    headers: { "X-API-Key": ADMIN, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function makeKey(body: object): Promise<{ key: ApiKey; secret: string }> {
  const answer = await asAdmin("POST", "/api/v1/keys", body);
  assert.equal(answer.status, 201);
  return (await answer.json()) as { key: ApiKey; secret: string };
}

test("a key works until it is revoked, and its secret is stored nowhere", async () => {
  const { key, secret } = await makeKey({ name: "Отчёты", rights: ["data:read"] });
  assert.deepEqual((await whoAmI(secret)).body, { kind: "key", subject: key.id, rights: ["data:read"] });
  const { rows } = await testDatabase.db.pool.query("SELECT k::text AS row FROM b24kit.auth_keys k");
  assert.ok(!rows.some(({ row }) => row.includes(secret.slice(14))));
  const listed = (await (await asAdmin("GET", "/api/v1/keys")).json()) as { keys: ApiKey[] };
  assert.equal(listed.keys[0]?.name, "Отчёты");
  assert.equal((await asAdmin("DELETE", `/api/v1/keys/${key.id}`)).status, 204);
  await refused(secret, "unauthenticated");
  assert.equal((await asAdmin("DELETE", `/api/v1/keys/${key.id}`)).status, 204);
  assert.equal((await asAdmin("DELETE", "/api/v1/keys/nonesuch")).status, 404);
});

test("a key with another secret, and one past its end, are refused", async () => {
  const { secret } = await makeKey({
    name: "k",
    rights: ["data:read"],
    expiresAt: new Date(now + 60_000).toISOString(),
  });
  await refused(`${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`, "unauthenticated");
  assert.equal((await whoAmI(secret)).status, 200);
  now += 61_000;
  await refused(secret, "token_expired");
});

test("keys are made and seen by administrators, within their own portals", async () => {
  const reader = await makeKey({ name: "r", rights: ["data:read"] });
  const forbidden = await app.request("/api/v1/keys", { headers: { "X-API-Key": reader.secret } });
  assert.equal(forbidden.status, 403);
  const local = await makeKey({ name: "local admin", rights: ["admin"], portals: [5] });
  const as = (body: object) => ({
    method: "POST",
    headers: { "X-API-Key": local.secret, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "x", rights: ["admin"], ...body }),
  });
  assert.equal((await app.request("/api/v1/keys", as({}))).status, 403);
  assert.equal((await app.request("/api/v1/keys", as({ portals: [5, 6] }))).status, 403);
  assert.equal((await app.request("/api/v1/keys", as({ portals: [5] }))).status, 201);
  const seen = await app.request("/api/v1/keys", { headers: { "X-API-Key": local.secret } });
  assert.equal(((await seen.json()) as { keys: ApiKey[] }).keys.length, 2);
  const beyond = await app.request(`/api/v1/keys/${reader.key.id}`, {
    method: "DELETE",
    headers: { "X-API-Key": local.secret },
  });
  assert.equal(beyond.status, 404);
});

test("bad requests for keys are named", async () => {
  for (const body of [
    {},
    { name: "", rights: ["data:read"] },
    { name: "x", rights: [] },
    { name: "x", rights: ["root"] },
  ]) {
    assert.equal((await asAdmin("POST", "/api/v1/keys", body)).status, 400);
  }
});
