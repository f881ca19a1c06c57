import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Endpoint, Problem } from "@b24kit/client/contract";
import * as contract from "@b24kit/client/contract";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createApp, type Product } from "./app.ts";
import { readConfig } from "./config.ts";
import { type Bus, openBus } from "./platform/bus/bus.ts";
import { createLogger } from "./platform/log/logger.ts";

const log = createLogger({ level: "silent", form: "json" });
const KEY = "an-administrators-key-of-40-characters!!";
const admin = { "X-API-Key": KEY };

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === "object" && value !== null && "method" in value && "path" in value;
const endpoints = (Object.values(contract) as unknown[]).filter(isEndpoint);

let testDatabase: TestDatabase;
let bus: Bus;
let product: Product;
let dir: string;

before(async () => {
  testDatabase = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), "b24kit-app-"));
  await writeFile(join(dir, "b24.js"), "/* loader */");
  await writeFile(join(dir, "chunk-1a2b3c4d.js"), `export const x = "${"x".repeat(2_000)}";`);
  await writeFile(join(dir, ".secret.js"), "no");
  await writeFile(join(dir, "page.html"), "<!doctype html><title>x</title>");
  bus = await openBus({ db: testDatabase.db, log });
  product = compose({});
});
after(async () => {
  await product.stop(0);
  await bus.close();
  await testDatabase.drop();
  await rm(dir, { recursive: true });
});

function compose(env: Record<string, string>): Product {
  const config = readConfig(
    { API_KEY: KEY, SECRET_KEY: "s".repeat(40), DATABASE_URL: testDatabase.url, ...env },
    { demo: false, dir },
  );
  const files = [{ dir, at: "/", crossOrigin: true, pages: { "/": "page.html" } }];
  return createApp({ config, db: testDatabase.db, bus, log, version: "1.2.3", checkAnswers: true, files });
}

const problemOf = async (answer: Response) => (await answer.json()) as Problem;

/** An address of the endpoint whose parameters have some value. */
const sample = (endpoint: Endpoint) =>
  endpoint.path.replace(/\{(\w+)\}/g, (_, name) => (name === "entity" ? "deal" : "1"));

test("every endpoint of the contract is mounted, as the contract says", async () => {
  const document = (await (await product.app.request("/openapi.json")).json()) as {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId: string; security: unknown[]; responses: Record<string, unknown> }>
    >;
  };
  assert.equal(document.openapi, "3.1.0");
  for (const endpoint of endpoints) {
    const operation = document.paths[endpoint.path]?.[endpoint.method];
    assert.equal(operation?.operationId, endpoint.id, `${endpoint.method} ${endpoint.path}`);
    assert.ok(operation.responses[endpoint.status]);
    assert.equal(operation.security.length === 0, endpoint.access === "public");
    const route = product.app.routes.find(
      ({ method, path }) =>
        method === endpoint.method.toUpperCase() && path === endpoint.path.replace(/\{(\w+)\}/g, ":$1"),
    );
    assert.ok(route, `${endpoint.id} is documented but not served`);
  }
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("the document is self-contained: every reference leads somewhere", async () => {
  const text = await (await product.app.request("/openapi.json")).text();
  const document = JSON.parse(text);
  for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = pointer!.split("/").reduce((node, key) => node?.[key], document);
    assert.ok(found, pointer);
  }
});

test("every parameter of the document is what an address can carry", async () => {
  interface Documented {
    paths: Record<
      string,
      Record<string, { parameters?: { name: string; in: string; required?: boolean; schema: object }[] }>
    >;
  }
  const { paths } = (await (await product.app.request("/openapi.json")).json()) as Documented;
  let met = 0;
  for (const [path, methods] of Object.entries(paths)) {
    const slots = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters = [] } of Object.values(methods)) {
      const inPath = parameters.filter((parameter) => parameter.in === "path" && parameter.required);
      assert.deepEqual(inPath.map(({ name }) => name).sort(), slots.sort(), path);
      for (const { schema } of parameters) assert.doesNotMatch(JSON.stringify(schema), /"null"/, path);
      met += parameters.length;
    }
  }
  assert.ok(met > 5);
});

test("strangers get 401 from everything that is not public, before any validation", async () => {
  for (const endpoint of endpoints.filter(({ access }) => access !== "public")) {
    const answer = await product.app.request(sample(endpoint), {
      method: endpoint.method.toUpperCase(),
      ...(endpoint.body ? { body: "{" } : {}),
    });
    assert.equal(answer.status, 401, endpoint.id);
    assert.equal((await problemOf(answer)).code, "unauthenticated");
  }
});

test("a caller without the right gets 403 with the right's name", async () => {
  const made = await product.app.request("/api/v1/keys", {
    method: "POST",
    headers: { ...admin, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "nothing much", rights: ["sync:run"] }),
  });
  const { secret } = (await made.json()) as { secret: string };
  for (const endpoint of endpoints.filter(({ access }) => access === "data:read" || access === "admin")) {
    const answer = await product.app.request(sample(endpoint), {
      method: endpoint.method.toUpperCase(),
      headers: { "X-API-Key": secret },
    });
    const problem = await problemOf(answer);
    assert.equal(problem.code, "forbidden", endpoint.id);
    assert.ok(problem.detail.includes(endpoint.access));
  }
});

test("what has parameters refuses wrong ones with 400", async () => {
  const wrong: [string, string][] = [
    ["POST", "/api/v1/sync/start/no-such"],
    ["GET", "/api/v1/sync/status?portla=x"],
    ["POST", "/api/v1/portals/abc/check"],
    ["GET", "/api/v1/events"],
  ];
  for (const [method, path] of wrong) {
    const answer = await product.app.request(path, { method, headers: admin });
    assert.equal((await problemOf(answer)).code, "invalid_parameter", path);
  }
});

test("what is public answers strangers", async () => {
  const health = await product.app.request("/health");
  assert.deepEqual(await health.json(), {
    status: "ok",
    database: "ok",
    version: "1.2.3",
    generatedSql: "unchecked",
  });
  const alias = await product.app.request("/api/health");
  assert.deepEqual(await alias.json(), {
    status: "ok",
    database: "ok",
    version: "1.2.3",
    generatedSql: "unchecked",
  });
  assert.equal((await product.app.request("/docs")).status, 200);
});

test("with nothing connected, reading says so", async () => {
  const portals = await product.app.request("/api/v1/portals", { headers: admin });
  assert.deepEqual(await portals.json(), { portals: [] });
  const status = await product.app.request("/api/v1/sync/status", { headers: admin });
  assert.equal((await problemOf(status)).code, "unknown_portal");
  const query = await product.app.request("/api/v1/queries/nonesuch", { headers: admin });
  assert.equal((await problemOf(query)).code, "unknown_query");
});

test("the documentation shows every endpoint and explains every code, without script or inline style", async () => {
  const page = await product.app.request("/docs");
  const text = await page.text();
  for (const { id } of endpoints) assert.ok(text.includes(`id="${id}"`), id);
  for (const code of contract.errorCodes) assert.ok(text.includes(`id="${code}"`), code);
  assert.doesNotMatch(text, /<script|style=|<style|(src|href)="(https?:)?\/\//);
  const policy = page.headers.get("Content-Security-Policy") ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal((await product.app.request("/docs/docs.css")).status, 200);
});

test("metrics are for keys, and count requests by endpoint", async () => {
  assert.equal((await product.app.request("/metrics")).status, 401);
  const text = await (await product.app.request("/metrics", { headers: admin })).text();
  assert.match(
    text,
    /b24_http_request_duration_seconds_count\{method="GET",route="\/health",status="200"\} \d/,
  );
  assert.match(text, /^b24_realtime_connections 0$/m);
});

test("answers carry the headers that keep browsers out of trouble, and no cookie", async () => {
  for (const path of ["/health", "/nothing", "/api/v1/session"]) {
    const { headers } = await product.app.request(path);
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
    assert.equal(headers.get("Referrer-Policy"), "no-referrer");
    assert.match(headers.get("Content-Security-Policy") ?? "", /^default-src 'none'; frame-ancestors 'none'/);
    assert.equal(headers.get("Set-Cookie"), null);
    assert.match(headers.get("X-Request-Id") ?? "", /^[\w-]{36}$/);
  }
});

const preflight = (app: Product["app"], origin: string) =>
  app.request("http://api.example/api/v1/session", {
    method: "OPTIONS",
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "authorization",
    },
  });

test("pages of other origins may ask only where ALLOWED_ORIGINS names them, never with credentials", async () => {
  const { app } = compose({ ALLOWED_ORIGINS: "https://shop.example" });
  const named = await preflight(app, "https://shop.example");
  assert.equal(named.headers.get("Access-Control-Allow-Origin"), "https://shop.example");
  assert.match(named.headers.get("Access-Control-Allow-Headers") ?? "", /Authorization/);
  assert.equal(named.headers.get("Access-Control-Allow-Credentials"), null);
  assert.match(named.headers.get("Vary") ?? "", /Origin/);
  for (const origin of [
    "https://evil.example",
    "https://shop.example.evil.example",
    "http://shop.example",
    "null",
  ]) {
    assert.equal((await preflight(app, origin)).headers.get("Access-Control-Allow-Origin"), null, origin);
  }
  assert.equal(
    (await preflight(product.app, "https://shop.example")).headers.get("Access-Control-Allow-Origin"),
    null,
  );
  assert.equal(
    (await preflight(product.app, "http://api.example")).headers.get("Access-Control-Allow-Origin"),
    "http://api.example",
  );
  const everyone = await preflight(compose({ ALLOWED_ORIGINS: "*" }).app, "https://any.example");
  assert.equal(everyone.headers.get("Access-Control-Allow-Origin"), "*");
  // A page has to be able to read why it was refused.
  const refused = await app.request("/api/v1/session", { headers: { Origin: "https://shop.example" } });
  assert.deepEqual(
    [refused.status, refused.headers.get("Access-Control-Allow-Origin")],
    [401, "https://shop.example"],
  );
});

test("the script-tag build is open to every site and cached as its names allow", async () => {
  const loader = await product.app.request("/b24.js");
  assert.equal(loader.headers.get("Access-Control-Allow-Origin"), "*");
  assert.equal(loader.headers.get("Cross-Origin-Resource-Policy"), "cross-origin");
  assert.equal(loader.headers.get("Cache-Control"), "no-cache");
  const again = await product.app.request("/b24.js", {
    headers: { "If-None-Match": loader.headers.get("ETag") ?? "" },
  });
  assert.equal(again.status, 304);
  const chunk = await product.app.request("/chunk-1a2b3c4d.js", {
    headers: { "Accept-Encoding": "gzip, br" },
  });
  assert.match(chunk.headers.get("Cache-Control") ?? "", /immutable/);
  assert.equal(chunk.headers.get("Content-Encoding"), "br");
  assert.ok((await chunk.arrayBuffer()).byteLength < 500);
  await writeFile(join(dir, "b24.js"), "/* rebuilt */");
  assert.match(await (await product.app.request("/b24.js")).text(), /rebuilt/);
});

test("files outside the folder, hidden ones and unknown types are not served", async () => {
  for (const path of [
    "/.secret.js",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "//etc/passwd",
    "/b24",
    "/b24.js/",
  ]) {
    assert.equal((await product.app.request(path)).status, 404, path);
  }
  const page = await product.app.request("/");
  assert.match(page.headers.get("Content-Security-Policy") ?? "", /script-src 'self'/);
});

test("a worker answers health and metrics and nothing else", async () => {
  const { app } = compose({ ROLE: "worker" });
  assert.equal((await app.request("/health")).status, 200);
  assert.equal((await app.request("/metrics", { headers: admin })).status, 200);
  assert.equal((await app.request("/api/v1/portals", { headers: admin })).status, 404);
});

test("without demo mode there is no demo session", async () => {
  const answer = await product.app.request("/demo/session", {
    method: "POST",
    headers: { Origin: "http://localhost" },
  });
  assert.equal(answer.status, 404);
});

test("who keeps guessing is told to wait; the right key goes on working", async () => {
  const { app } = compose({});
  assert.equal((await app.request("/api/v1/session", { headers: admin })).status, 200);
  const guess = (n: number) => app.request("/api/v1/session", { headers: { "X-API-Key": `guess-${n}` } });
  for (let n = 0; n < 20; n += 1) assert.equal((await guess(n)).status, 401);
  const refused = await guess(20);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("Retry-After")) >= 1);
  assert.equal((await problemOf(refused)).code, "too_many_requests");
  assert.equal((await app.request("/api/v1/session", { headers: admin })).status, 200);
});

test("the document names the asker's own address", async () => {
  for (const origin of ["http://one.example", "http://two.example"]) {
    const document = (await (await product.app.request(`${origin}/openapi.json`)).json()) as {
      servers: unknown;
    };
    assert.deepEqual(document.servers, [{ url: origin }]);
  }
});
