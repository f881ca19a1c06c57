import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { type RunningPortal, startPortal } from "../../../demo/portal/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { readConfig } from "./config.ts";
import { type Examination, examine } from "./doctor/examine.ts";
import type { FindingCode } from "./doctor/finding.ts";
import { messagesFor } from "./doctor/messages.ts";
import { writeReport } from "./doctor/report.ts";
import { readProfile } from "./platform/bitrix/profile.ts";

const program = fileURLToPath(new URL("./doctor.ts", import.meta.url));
const SECRET_KEY = "a secret key that must never be printed";
const API_KEY = "an api key that must never be printed either";

type Env = Record<string, string | undefined>;

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

describe("npm run doctor", () => {
  let test: TestDatabase;
  let portal: RunningPortal;
  const cwd = mkdtempSync(join(tmpdir(), "b24kit-doctor-"));
  before(async () => {
    [test, portal] = await Promise.all([
      createTestDatabase(),
      startPortal({ counts: { deals: 120, contacts: 10, companies: 10, leads: 10 } }),
    ]);
  });
  after(async () => {
    await portal.close();
    await test.drop();
  });

  const settings = (env: Env) => ({
    ...{ DATABASE_URL: test.url, BITRIX24_WEBHOOK_URL: portal.webhookUrl, SECRET_KEY, API_KEY },
    ...env,
  });

  /** The program as a person starts it. */
  function run(args: string[], env: Env = {}): Promise<Outcome> {
    const flags = ["--conditions=@b24kit/source", "--import", import.meta.resolve("tsx"), program, ...args];
    const own = { PATH: process.env["PATH"], LANG: "ru_RU.UTF-8", ...settings(env) };
    return new Promise((resolve) => {
      execFile(process.execPath, flags, { cwd, env: own }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  }

  /** The same within this process. */
  async function find(env: Env, { write = false } = {}) {
    const examination = await examine(readConfig(settings(env), { demo: false, dir: cwd }), { write });
    const failed = examination.findings.filter(({ state }) => state === "failed");
    const look = { t: messagesFor("ru"), colours: false, write, width: 100 };
    return {
      ...examination,
      failed: failed.map((finding) => finding.code),
      text: writeReport(examination, look),
    };
  }

  const webhookWith = (scopes: string[]) =>
    `${portal.url}${portal.control.createWebhook({ scopes: scopes as never }).path}`;
  it("measures a portal without writing into it, and keeps what it learned", async () => {
    const { findings, portals, failed } = await find({});
    assert.deepEqual(failed, []);
    const codes = findings.map((finding) => finding.code);
    const expected: FindingCode[] = [
      "settings_read",
      "database_reached",
      "migrations_done",
      "portal_answers",
    ];
    expected.push(
      "scopes_there",
      "limits_free",
      "bindings_webhook",
      "billing_measured",
      "child_edits_skipped",
    );
    for (const one of expected) assert.ok(codes.includes(one), `${one} of ${codes}`);
    const { profile, requests } = portals[new URL(portal.url).host]!;
    assert.ok(requests > 5 && requests < 60, String(requests));
    assert.equal(profile?.billing, "inner");
    assert.ok(profile.pageSeconds !== null && profile.pageSeconds > 0);
    assert.deepEqual(profile.touches, { productRows: null, contacts: null });
    const { rows } = await test.db.pool.query("SELECT id FROM b24kit.portal_portals");
    assert.deepEqual(await readProfile(test.db.pool, rows[0].id), profile);
    const methods = Object.keys(portal.control.stats().methods);
    assert.ok(methods.includes("crm.deal.list"), String(methods));
    assert.ok(!methods.some((method) => /\.(add|set|update|delete)$/.test(method)), String(methods));
  });

  it("measures child edits by a trial deal that it removes, with leave to write only", async () => {
    const { portals, failed } = await find({}, { write: true });
    assert.deepEqual(failed, []);
    const { profile, requests } = portals[new URL(portal.url).host]!;
    assert.ok(requests < 60, String(requests));
    assert.equal(typeof profile?.touches.productRows, "boolean");
    assert.equal(typeof profile?.touches.contacts, "boolean");
    const answer = await fetch(`${portal.webhookUrl}crm.deal.list?filter[ORIGINATOR_ID]=b24kit`);
    assert.deepEqual(((await answer.json()) as { result: unknown[] }).result, []);
  });

  for (const [lang, title, good] of [
    ["ru_RU.UTF-8", "b24kit doctor: проверка установки", "На портале ничего не изменено"],
    ["C.UTF-8", "b24kit doctor: how this installation is", "Nothing was changed on the portal"],
  ] as const) {
    it(`is read in the language of the terminal (${lang}), without a secret`, async () => {
      const { code, stdout, stderr } = await run([], { LANG: lang });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.ok(stdout.startsWith(title), stdout);
      assert.ok(stdout.includes(good), stdout);
      const secrets = [SECRET_KEY, API_KEY, portal.webhookUrl.split("/").at(-2)!, new URL(test.url).password];
      for (const secret of secrets) assert.ok(!secret || !stdout.includes(secret), "a secret was printed");
      assert.ok(!stdout.includes("\u001b"), "no colours in a pipe");
      assert.ok(stdout.split("\n").every((line) => line.length <= 100));
    });
  }

  const broken: [what: string, env: () => Env, code: FindingCode][] = [
    [
      "the database is away",
      () => ({ DATABASE_URL: "postgresql://me:hidden@127.0.0.1:1/none" }),
      "database_unreachable",
    ],
    [
      "the portal is away",
      () => ({ BITRIX24_WEBHOOK_URL: "http://127.0.0.1:1/rest/1/hiddencode12345/" }),
      "portal_fails",
    ],
    ["the webhook may not read CRM", () => ({ BITRIX24_WEBHOOK_URL: webhookWith(["user"]) }), "scope_needed"],
    [
      "another key has sealed the portal",
      () => ({ SECRET_KEY: "x".repeat(40), BITRIX24_WEBHOOK_URL: undefined }),
      "secret_unreadable",
    ],
  ];
  for (const [what, env, expected] of broken) {
    it(`says what, why and what to do where ${what}`, async () => {
      const { failed, text } = await find(env());
      assert.ok(failed.includes(expected), `${expected} of ${failed}`);
      assert.match(text, /✗ .+\n(.+\n)*? +Почему: .+\n(.+\n)*? +Что делать: .+\n/);
      assert.doesNotMatch(text, /hidden/);
    });
  }

  it("sees a database that was never migrated, and changes nothing in it", async () => {
    const bare = await createTestDatabase({ migrated: false });
    assert.deepEqual((await find({ DATABASE_URL: bare.url })).failed, ["migrations_pending"]);
    const { rows } = await bare.db.pool.query("SELECT to_regclass('b24kit.pgmigrations') AS made");
    assert.deepEqual(rows, [{ made: null }]);
    await bare.drop();
  });

  it("names a setting that is missing, also to programs, and ends with 1", async () => {
    const { code, stdout } = await run(["--json"], { SECRET_KEY: undefined });
    assert.equal(code, 1);
    const { findings } = JSON.parse(stdout) as Examination;
    assert.deepEqual(
      findings.map((finding) => [finding.code, finding.values?.["name"]]),
      [["setting_faulty", "SECRET_KEY"]],
    );
  });

  it("refuses what it does not know", async () => {
    const { code, stderr } = await run(["--wrong"]);
    assert.equal(code, 2);
    assert.match(stderr, /--json/);
  });
});

describe("the doctor's words", () => {
  it("say why and what to do of everything that is not good, in both languages", () => {
    const good =
      /^(settings_read|database_reached|migrations_done|portal_answers|scopes_there|limits_free|bindings_there|billing_measured|page_measured|child_edits_measured|profile_saved)$/;
    for (const lang of ["ru_RU.UTF-8", "en_GB.UTF-8"]) {
      for (const [code, words] of Object.entries(messagesFor(lang).findings)) {
        assert.ok(words.what({}).length > 5, code);
        if (!good.test(code)) assert.ok(words.why && words.todo, `${lang}: ${code}`);
      }
    }
  });
});
