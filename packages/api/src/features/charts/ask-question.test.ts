import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { AskPhase, ChartAnswer, Plan } from "@b24kit/client/contract";
import { tableFromIPC } from "apache-arrow";
import { type Entry, type RunningModel, startModel } from "../../../../../demo/openai/index.ts";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { createAi } from "../../platform/ai/ai.ts";
import { arrowEncoding } from "../../platform/arrow/arrow-encoder.ts";
import { createLogger } from "../../platform/log/logger.ts";
import type { Audience } from "./ask/audience.ts";
import { type Asking, createAsking } from "./asking.ts";
import { changeSettings, selectSettings } from "./store/settings.ts";

const plan: Plan = {
  ...{ entity: "deals", columns: [], filters: [], period: null, compare: null, running: false, order: null },
  ...{ limit: null, others: false, target: null },
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
  dimensions: [{ column: "stage", grain: null }],
};
const nothing = { plan: null, sql: null, form: null, title: null, reason: null, text: null };
const json = (value: object) => ({ kind: "json" as const, value: { ...nothing, ...value }, delayMs: 0 });
const wrong: Plan = { ...plan, dimensions: [{ column: "stagee", grain: null }] };
const script: Entry[] = [
  {
    question: "Хитрая раскладка бубликов?",
    replies: [json({ kind: "plan", plan, title: { ru: "По стадиям", en: "By stage" } })],
  },
  {
    question: "Средняя сумма окном",
    replies: [
      json({
        kind: "sql",
        sql: "SELECT count(*) AS n, sum(count(*)) OVER () AS total FROM deals GROUP BY stage",
      }),
    ],
  },
  { question: "С ошибкой", replies: [json({ kind: "plan", plan: wrong }), json({ kind: "plan", plan })] },
  { question: "Три ошибки", replies: [json({ kind: "plan", plan: wrong })] },
  { question: "Сломано", replies: [{ kind: "text", text: "{", delayMs: 0 }, json({ kind: "plan", plan })] },
  {
    question: "Тайны бубликов",
    replies: [json({ kind: "sql", sql: "SELECT * FROM pg_shadow" }), json({ kind: "plan", plan })],
  },
  {
    question: "Долой бублики",
    replies: [json({ kind: "sql", sql: "DELETE FROM deals" }), json({ kind: "plan", plan })],
  },
  {
    question: "Рифмы о бубликах",
    replies: [json({ kind: "refuse", reason: "off_topic", text: "Это не про CRM.\u0007" })],
  },
  {
    question: "Лучшие",
    replies: [json({ kind: "clarify", reason: "which_measure", text: "По какой цифре?" })],
  },
];

describe("a question", () => {
  let rig: ChartRig;
  let server: RunningModel;
  let asking: Asking;
  let audience: Audience;
  const log = createLogger({ level: "silent", form: "plain" });
  before(async () => {
    rig = await openChartRig({ counts: { deals: 300, contacts: 20, companies: 10, leads: 20 } });
    server = await startModel({ script });
    const settings = { apiKey: "sk-test", baseUrl: server.baseUrl, model: "gpt-4o-mini" };
    const ai = createAi({ db: rig.db, log, settings });
    asking = createAsking({
      db: rig.db,
      log,
      ai,
      charts: rig.charts,
      freshness: rig.sync.freshness,
      now: Date.now,
    });
    const portal = await rig.portals.get(rig.portalId);
    audience = { who: "key:test", portal, pii: true, filtered: false, lock: null, entities: null, can: null };
  });
  beforeEach(async () => {
    server.model.reset();
    await rig.db.pool.query("DELETE FROM b24kit.charts_answers; DELETE FROM b24kit.ai_turns");
  });
  after(async () => {
    await server.close();
    await rig.close();
  });

  const phases: AskPhase[] = [];
  const signal = new AbortController().signal;
  function ask(question: string, whose: Audience = audience): Promise<ChartAnswer> {
    phases.length = 0;
    const rest = { locale: "ru" as const, timeZone: "Europe/Moscow", context: null, filters: null };
    return asking.ask(whose, { question, ...rest }, signal, (phase) => phases.push(phase));
  }
  const rowsOf = async (result: string, whose = audience) => {
    const body = await asking.result(whose, {
      id: result,
      encoding: arrowEncoding(),
      isExport: false,
      signal,
    });
    return tableFromIPC(new Uint8Array(await new Response(body).arrayBuffer()));
  };
  const drawn = (answer: ChartAnswer) => {
    assert.ok(answer.kind === "plan" || answer.kind === "sql", JSON.stringify(answer));
    return answer;
  };
  const logged = async () =>
    (
      await rig.db.pool.query<{ verdict: string; by: string; attempts: number; faults: string[] }>(
        "SELECT verdict, by, attempts, faults FROM b24kit.charts_answers ORDER BY at",
      )
    ).rows;

  it("is answered with a chart whose rows can be read, and is remembered", async () => {
    const answer = drawn(await ask("Хитрая раскладка бубликов?"));
    assert.deepEqual([answer.spec.title.ru, answer.spec.source.cache], ["По стадиям", "hit"]);
    assert.deepEqual(phases, ["thinking", "checking", "running", "running", "drawing"]);
    const table = await rowsOf(answer.result);
    assert.equal(table.numRows, answer.spec.source.rows);
    const total = [...table.getChild(answer.spec.y[0]!.field)!].reduce(
      (sum: number, n) => sum + Number(n),
      0,
    );
    assert.equal(total, 300);
    assert.equal(drawn(await ask("  хитрая РАСКЛАДКА бубликов?")).spec.source.cache, "hit");
    assert.equal(server.model.stats().requests, 1);
    assert.deepEqual(
      (await logged()).map(({ by, attempts }) => [by, attempts]),
      [
        ["model", 1],
        ["memory", 0],
      ],
    );
  });

  it("is answered without the model where rules suffice", async () => {
    const answer = drawn(await ask("Сколько сделок по стадиям?"));
    assert.equal(answer.kind, "plan");
    assert.equal(server.model.stats().requests, 0);
    assert.equal((await logged())[0]!.by, "planner");
  });

  it("is run anew once the mirror has changed", async () => {
    await ask("Хитрая раскладка бубликов?");
    rig.portal.control.mutate({ seed: 7, operations: 20, entities: ["deal"] });
    await rig.run("deal", "full");
    assert.equal(drawn(await ask("Хитрая раскладка бубликов?")).spec.source.cache, "miss");
  });

  it("may become SQL that passes the guard", async () => {
    assert.equal(drawn(await ask("Средняя сумма окном")).kind, "sql");
    const filtered = await ask("Средняя сумма окном", { ...audience, filtered: true, who: "page:x" });
    assert.ok(!("spec" in filtered), "SQL cannot keep a lock");
  });

  it("is repaired at most twice, from our own codes", async () => {
    const answer = drawn(await ask("С ошибкой"));
    assert.ok(answer.spec.notes.some(({ code }) => code === "repaired"));
    assert.ok(phases.includes("repairing"));
    const sent = JSON.stringify(server.model.requests().at(-1));
    assert.match(sent, /unknown_column: stagee/);
    drawn(await ask("Сломано"));
    server.model.reset();
    const failed = await ask("Три ошибки");
    assert.ok(failed.kind === "clarify" && failed.notes.some(({ code }) => code === "ai_unavailable"));
    assert.equal(server.model.stats().requests, 3);
  });

  it("is not repaired where it looks like an attack, and is logged", async () => {
    for (const question of ["Тайны бубликов", "Долой бублики"]) {
      const answer = await ask(question);
      assert.deepEqual(
        [answer.kind, answer.kind === "refuse" && answer.reason],
        ["refuse", "not_allowed"],
        question,
      );
    }
    assert.equal(server.model.stats().requests, 2);
    assert.ok((await logged()).every(({ faults }) => faults.length === 1));
  });

  it("is declined in the model's plain words", async () => {
    const refused = await ask("Рифмы о бубликах");
    assert.deepEqual(
      [refused.kind, refused.kind === "refuse" && refused.text],
      ["refuse", "Это не про CRM."],
    );
    assert.equal((await ask("Лучшие")).kind, "clarify");
  });

  it("falls back where the model is down or over budget, and says so", async () => {
    server.model.faults.add({ effect: "status", status: 500, delayMs: 0, times: 2 });
    const answer = await ask("Хитрая раскладка бубликов?");
    assert.ok(answer.kind === "clarify" && answer.notes.some(({ code }) => code === "ai_unavailable"));
  });

  it("shows the model only what the setting lets it see", async () => {
    await rig.db.transaction((tx) => changeSettings(tx, rig.portalId, "key:test", { sharing: "schema" }));
    await ask("С ошибкой");
    const [first] = server.model.requests() as { messages: { content: string }[] }[];
    const slice = JSON.parse(first!.messages[1]!.content.split("\n")[1]!) as {
      views: { columns: object[] }[];
    };
    assert.ok(slice.views.every(({ columns }) => columns.every((column) => !("values" in column))));
    await rig.db.transaction((tx) => changeSettings(tx, rig.portalId, "key:test", { sharing: "off" }));
    const before = server.model.stats().requests;
    const answer = await ask("Рифмы о бубликах");
    assert.ok(!("spec" in answer) && answer.notes[0]!.code === "ai_off");
    assert.equal(server.model.stats().requests, before);
    await rig.db.transaction((tx) => changeSettings(tx, rig.portalId, "key:test", { sharing: "values" }));
    assert.equal((await selectSettings(rig.db.pool, rig.portalId)).sharing, "values");
  });

  it("asked by several at once is asked of the model once", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask("Хитрая раскладка бубликов?")));
    assert.equal(answers.filter(({ kind }) => kind === "plan").length, 3);
    assert.equal(server.model.stats().requests, 1);
  });

  it("keeps to a lock", async () => {
    const lock = { from: null, to: null, funnel: [], responsible: ["1"], source: [] };
    const locked: Audience = {
      ...audience,
      who: "page:embed",
      lock,
      filtered: true,
      can: new Set(["view", "ask"]),
    };
    const answer = drawn(await ask("Хитрая раскладка бубликов?", locked));
    const table = await rowsOf(answer.result, locked);
    const total = [...table.getChild(answer.spec.y[0]!.field)!].reduce(
      (sum: number, n) => sum + Number(n),
      0,
    );
    const { rows } = await rig.db.pool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM crm_chart.deals WHERE responsible_id = 1",
    );
    assert.equal(total, rows[0]!.n);
    const whole = drawn(await ask("Хитрая раскладка бубликов?"));
    await assert.rejects(rowsOf(whole.result, locked), { code: "result_gone" });
    await assert.rejects(
      asking.result(locked, { id: answer.result, encoding: arrowEncoding(), isExport: true, signal }),
      { code: "forbidden" },
    );
  });
});
