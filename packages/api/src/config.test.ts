import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { ConfigError, readConfig } from "./config.ts";

const KEY = "k".repeat(32);
const SERVE = { SECRET_KEY: KEY, API_KEY: `api-${KEY}` };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "b24kit-config-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const serve = (env: Record<string, string | undefined>) =>
  readConfig({ ...SERVE, ...env }, { demo: false, dir });
const demo = (env: Record<string, string | undefined> = {}) => readConfig(env, { demo: true, dir });

function faultsOf(read: () => unknown): ConfigError {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
  return assert.fail("the settings were accepted");
}

describe("what serve demands", () => {
  it("stops without SECRET_KEY and without a way to sign in, naming both", () => {
    const error = faultsOf(() => readConfig({}, { demo: false, dir }));
    assert.deepEqual(
      error.faults.map((fault) => fault.name),
      ["SECRET_KEY", "API_KEY"],
    );
    assert.match(error.message, /SECRET_KEY is missing\. It should be at least 32 characters/);
    assert.match(error.message, /SUPABASE_JWT_SECRET/);
  });

  for (const way of [
    { API_KEY: KEY },
    { SUPABASE_JWT_SECRET: KEY },
    { SUPABASE_URL: "https://x.supabase.co" },
  ]) {
    it(`starts with ${Object.keys(way)} as the way to sign in`, () => {
      assert.equal(readConfig({ SECRET_KEY: KEY, ...way }, { demo: false, dir }).secretKey, KEY);
    });
  }

  it("takes an empty value for a missing one", () => {
    assert.deepEqual(
      faultsOf(() => serve({ SECRET_KEY: "  " })).faults.map((fault) => fault.name),
      ["SECRET_KEY"],
    );
  });

  it("demands a shared database of split roles", () => {
    assert.deepEqual(
      faultsOf(() => serve({ ROLE: "worker" })).faults.map((fault) => fault.name),
      ["DATABASE_URL"],
    );
    assert.equal(serve({ ROLE: "worker", DATABASE_URL: "postgres://u:p@h/d" }).role, "worker");
  });

  it("demands nothing of a command that only needs the database, and makes no key", () => {
    assert.equal(readConfig({}, { demo: false, databaseOnly: true, dir }).secretKey, "");
    assert.throws(() => statSync(join(dir, ".data")));
  });
});

describe("malformed settings", () => {
  const wrong: Record<string, string> = {
    HOST: "http://localhost",
    PORT: "80800",
    DEBUG: "maybe",
    ROLE: "boss",
    PUBLIC_URL: "b24.example.com",
    SITE_URL: "ftp://x",
    ALLOWED_ORIGINS: "https://a.example, nonsense",
    DATABASE_URL: "mysql://u:hunter2@h/d",
    POSTGRES_PORT: "x",
    REDIS_URL: "http://hunter2@redis",
    SECRET_KEY: "hunter2",
    API_KEY: "hunter2",
    SUPABASE_URL: "x.supabase.co",
    SUPABASE_JWT_SECRET: "hunter2",
    BITRIX24_WEBHOOK_URL: "https://portal.bitrix24.ru/hunter2/",
    BITRIX_PORTAL_URL: "portal",
    BITRIX24_REDIRECT_URI: "/callback",
    NUM_CONTACTS: "many",
    NUM_COMPANIES: "-1",
    SYNC_BATCH_SIZE: "51",
    SYNC_DEFAULT_INTERVAL_MINUTES: "0",
    TELEGRAM_BOT_TOKEN: "hunter2",
    ADMIN_IDS: "1,two",
    MANAGER_IDS: "me",
    OPENAI_BASE_URL: "localhost",
    PORTAL_PORT: "-1",
    TELEGRAM_PORT: "1e3",
    DEMO_SEED: "abc",
  };

  it("are named all at once, with what they should look like", () => {
    const error = faultsOf(() => demo(wrong));
    assert.deepEqual(new Set(error.faults.map((fault) => fault.name)), new Set(Object.keys(wrong)));
    for (const fault of error.faults)
      assert.match(fault.problem, /is malformed.*\(from the environment\)\. It should be .+\.$/);
    assert.equal(error.message.split("\n").length, Object.keys(wrong).length + 1);
  });

  it("are never repeated: a secret may stand under any name", () => {
    const { message } = faultsOf(() => demo({ ...wrong, PORT: "hunter2", HOST: "http://hunter2" }));
    assert.doesNotMatch(message, /hunter2/);
  });

  it("are named as they were set and where", () => {
    writeFileSync(join(dir, "config.env"), "BITRIX_WEBHOOK_URL=https://nowhere/\n");
    assert.match(faultsOf(demo).message, /BITRIX_WEBHOOK_URL is malformed \(from config\.env\)/);
  });
});

describe("where settings come from", () => {
  it("is the environment before config.env before .env", () => {
    writeFileSync(join(dir, "config.env"), "PORT=2\nHOST=two\n");
    writeFileSync(join(dir, ".env"), "\uFEFFPORT=3\nHOST=three\nDEBUG=on # here\nOPENAI_MODEL='big one'\n");
    const config = demo({ PORT: "1" });
    assert.deepEqual(
      [config.port, config.host, config.debug, config.openai.model],
      [1, "two", true, "big one"],
    );
  });

  it("counts an alias in a stronger place over the name in a weaker one", () => {
    writeFileSync(join(dir, ".env"), `SUPABASE_JWT_SECRET=${"f".repeat(32)}\n`);
    assert.equal(demo({ JWT_SECRET: KEY }).supabase.jwtSecret, KEY);
    assert.equal(demo({ JWT_SECRET: KEY, SUPABASE_JWT_SECRET: `own${KEY}` }).supabase.jwtSecret, `own${KEY}`);
  });
});

describe("other names that work", () => {
  it("are those of older installations", () => {
    const config = serve({
      BITRIX_WEBHOOK_URL: "https://portal.bitrix24.ru/rest/1/code",
      JWT_SECRET: KEY,
      SUPABASE_ANON_KEY: "anon",
      API_URL: "http://localhost:8080/",
      SITE_URL: "http://localhost:3000/app",
      PUBLIC_SUPABASE_URL: "http://localhost:8000",
      DATABASE_URL: "postgresql+asyncpg://user:pass@host:5432/db",
    });
    assert.equal(config.bitrix.webhookUrl, "https://portal.bitrix24.ru/rest/1/code/");
    assert.deepEqual(
      [config.supabase.jwtSecret, config.supabase.anonKey, config.supabase.publicUrl],
      [KEY, "anon", "http://localhost:8000"],
    );
    assert.deepEqual(
      [config.publicUrl, config.allowedOrigins],
      ["http://localhost:8080", ["http://localhost:3000"]],
    );
    assert.equal(config.databaseUrl, "postgresql://user:pass@host:5432/db");
  });

  it("make an address of POSTGRES_PASSWORD and its companions", () => {
    assert.equal(
      demo({ POSTGRES_PASSWORD: "p@ss/word" }).databaseUrl,
      "postgresql://postgres:p%40ss%2Fword@localhost:5432/postgres",
    );
    const all = {
      POSTGRES_PASSWORD: "p",
      POSTGRES_USER: "u",
      POSTGRES_HOST: "db",
      POSTGRES_PORT: "6432",
      POSTGRES_DB: "d",
    };
    assert.equal(demo(all).databaseUrl, "postgresql://u:p@db:6432/d");
    assert.equal(demo({ ...all, DATABASE_URL: "postgres://x/y" }).databaseUrl, "postgresql://x/y");
  });
});

describe("values", () => {
  it("have defaults where a default is safe", () => {
    const config = demo();
    assert.deepEqual(
      [config.host, config.port, config.debug, config.role],
      ["127.0.0.1", 8080, false, "all"],
    );
    assert.deepEqual(
      [config.databaseUrl, config.apiKey, config.bitrix.webhookUrl],
      [undefined, undefined, undefined],
    );
    assert.deepEqual(
      [config.sync.batchSize, config.sync.intervalMinutes, config.generator.contacts],
      [50, 30, 100],
    );
    assert.deepEqual([config.allowedOrigins, config.dataDir], [[], join(dir, ".data")]);
    assert.deepEqual([config.emulators.portalPort, config.emulators.telegramPort], [8081, 8083]);
  });

  it("are read into what they mean", () => {
    const config = demo({
      ALLOWED_ORIGINS: "https://a.example/, http://b.example:3000/path",
      ADMIN_IDS: "123456789, 987654321",
      BITRIX24_WEBHOOK_URL: "http://portal.local/rest/1/abc/crm.deal.list.json",
      BITRIX_PORTAL_URL: "https://portal.bitrix24.ru/company/",
      OPENAI_BASE_URL: "http://127.0.0.1:9000/v1/",
    });
    assert.deepEqual(config.allowedOrigins, ["https://a.example", "http://b.example:3000"]);
    assert.deepEqual(config.telegram.adminIds, [123456789, 987654321]);
    assert.equal(config.bitrix.webhookUrl, "http://portal.local/rest/1/abc/");
    assert.deepEqual(
      [config.bitrix.portalUrl, config.openai.baseUrl],
      ["https://portal.bitrix24.ru", "http://127.0.0.1:9000/v1"],
    );
    assert.equal(demo({ ALLOWED_ORIGINS: "*", SITE_URL: "https://a.example" }).allowedOrigins, "*");
  });

  it("cannot be changed", () => {
    const config = demo();
    assert.throws(() => Object.assign(config, { port: 1 }), TypeError);
    assert.throws(() => Object.assign(config.bitrix, { webhookUrl: "x" }), TypeError);
  });
});

describe("secrets", () => {
  const secrets = {
    ...SERVE,
    DATABASE_URL: "postgresql://u:hunter2@h/d",
    REDIS_URL: "redis://:hunter2@h",
    SUPABASE_KEY: "hunter2",
    SUPABASE_JWT_SECRET: `hunter2${KEY}`,
    BITRIX24_WEBHOOK_URL: "https://p.bitrix24.ru/rest/1/hunter2/",
    BITRIX24_CLIENT_SECRET: "hunter2",
    TELEGRAM_BOT_TOKEN: "1:hunter2",
    OPENAI_API_KEY: "hunter2",
  };

  it("can be read by name, but are not printed", () => {
    const config = serve(secrets);
    assert.equal(config.openai.apiKey, "hunter2");
    for (const shown of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: false }),
      inspect(config.bitrix),
    ]) {
      assert.doesNotMatch(shown, /hunter2|kkkk/);
      assert.match(shown, /\[secret\]/);
    }
    assert.deepEqual(JSON.parse(JSON.stringify(demo().openai)), { model: "gpt-4o-mini" });
  });

  it("of the demo are made once, for the owner's eyes", () => {
    const first = demo().secretKey;
    const path = join(dir, ".data", "secret-key");
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.equal(demo().secretKey, first);
    assert.equal(readFileSync(path, "utf8").trim(), first);
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(demo({ SECRET_KEY: KEY }).secretKey, KEY);
  });
});
