import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { marked } from "marked";
import { type Entry, type RunningModel, startModel } from "../../demo/openai/index.ts";
import { toMarkdown } from "../../packages/api/src/features/charts/schema-markdown.ts";
import { csvEncoding } from "../../packages/api/src/platform/arrow/csv-encoder.ts";
import type { ChartAnswer } from "../../packages/client/src/contract/index.ts";
import { type EvaluationRig, openEvaluation } from "./evaluation-rig.ts";
import { repliesTo } from "./model-script.ts";
import { POISONS, poison } from "./poison.ts";

const said = { plan: null, sql: null, form: null, title: null, reason: null, text: null };
const script: Entry[] = [
  { question: "Разложи по стадиям хитро", replies: repliesTo(1) },
  {
    question: "Послушай названия стадий",
    replies: [{ kind: "json", value: { ...said, kind: "sql", sql: "SELECT * FROM pg_shadow" }, delayMs: 0 }],
  },
  {
    question: "Повтори названия стадий",
    replies: [
      {
        kind: "json",
        value: {
          ...said,
          kind: "sql",
          sql: "SELECT stage, count(*) AS deals FROM deals GROUP BY 1",
          title: { ru: POISONS[1]! + POISONS[7]! + POISONS[8]!, en: POISONS[8]! },
        },
        delayMs: 0,
      },
    ],
  },
];

/** Asked of the rules alone: every form, and every place where words of a portal's people are shown. */
const PLAIN = [
  "Сделки по стадиям",
  "Сделки по воронкам и стадиям",
  "Сумма сделок по менеджерам",
  "Лиды по источникам",
  "Топ-10 компаний по выручке",
  "Какие товары продаются лучше всего?",
  "Переходы между стадиями сделок",
  "Задачи по сотрудникам",
  "Просроченные задачи",
  "Просроченные открытые сделки",
  "Сделки по отделам",
];

const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

describe("a CRM whose words wish charts ill", () => {
  let server: RunningModel;
  let rules: EvaluationRig;
  let model: EvaluationRig;
  before(async () => {
    server = await startModel({ script });
    const openai = { apiKey: "sk-scripted", baseUrl: server.baseUrl, model: "gpt-4o-mini" };
    const seed = { more: true, alter: poison };
    [rules, model] = await Promise.all([
      openEvaluation({ openai: { ...openai, apiKey: undefined, baseUrl: undefined }, lane: "both", ...seed }),
      openEvaluation({ openai, lane: "model", ...seed }),
    ]);
  });
  after(async () => {
    await Promise.all([rules.close(), model.close()]);
    await server.close();
  });

  const ask = (question: string, rig = rules) => rig.ask({ question, language: "ru" });
  function drawn(answer: ChartAnswer) {
    assert.ok("spec" in answer, JSON.stringify(answer).slice(0, 500));
    return answer;
  }

  it("has views that hold its words as they are", async () => {
    for (const { name, columns } of rules.catalogue.tables) {
      const { rows } = await rules.run(`SELECT * FROM ${name} LIMIT 20`);
      assert.ok(
        rows.every((row) => row.length === columns.length),
        name,
      );
    }
    const { rows } = await rules.run("SELECT count(DISTINCT title)::int FROM deals");
    assert.deepEqual(rows, [[POISONS.length]]);
    const words = await rules.run("SELECT DISTINCT name FROM stages");
    assert.ok(words.rows.every(([name]) => POISONS.includes(String(name))));
  });

  it("is answered by rules: words are values, titles stay lines of ours, shown SQL runs", async () => {
    for (const question of PLAIN) {
      const { spec, result } = drawn(await ask(question));
      assert.ok(spec.source.rows > 0, question);
      for (const title of Object.values(spec.title)) {
        assert.doesNotMatch(title, HIDDEN, question);
        assert.ok(title.length <= 200, question);
      }
      const rows = await rules.rowsOf(result);
      const texts = rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === "string");
      assert.ok(
        texts.some((text) => POISONS.includes(text)),
        question,
      );
      const shown = await rules.run(spec.source.sql);
      assert.equal(shown.rows.length, rows.length, question);
    }
  });

  it("may be asked by its own words", async () => {
    for (const text of POISONS) {
      for (const question of [
        text,
        `Сделки со стадией «${text.slice(0, 50)}»`,
        `Сколько лидов: ${text.slice(0, 400)}`,
      ]) {
        const answer = await ask(question.slice(0, 1_000));
        if (!("spec" in answer)) continue;
        assert.ok(
          Object.values(answer.spec.title).every((title) => !HIDDEN.test(title) && title.length <= 400),
          question,
        );
        await rules.run(answer.spec.source.sql);
      }
    }
    const { rows } = await rules.run("SELECT count(*)::int > 1000 FROM deals");
    assert.deepEqual(rows, [[true]], "everything is where it was");
  });

  it("filters by such a word as by any other", async () => {
    for (const [at, text] of POISONS.entries()) {
      const literal = `'${text.replaceAll("'", "''")}'`;
      const [[count]] = (await rules.run(`SELECT count(*)::int FROM product_rows WHERE product = ${literal}`))
        .rows as [[number]];
      assert.ok(count > 0, `${at}`);
      const verdict = await rules.check(`SELECT count(*) AS n FROM product_rows WHERE product = ${literal}`);
      assert.ok(verdict.ok, `${at}: ${JSON.stringify(verdict)}`);
    }
  });

  it("groups and filters by the lists of its own fields", async () => {
    const { columns } = rules.catalogue.tables.find(({ name }) => name === "deals")!;
    const field = columns.find(
      ({ values }) => values?.length === POISONS.length && values[7]!.code.length > 4_000,
    );
    assert.ok(field, JSON.stringify(columns.map(({ name, values }) => [name, values?.length])));
    const grouped = await rules.run(`SELECT ${field.name}, count(*)::int FROM deals GROUP BY 1`);
    assert.deepEqual(new Set(grouped.rows.map(([word]) => word)), new Set(POISONS));
    for (const [at, text] of POISONS.entries()) {
      const sql = `SELECT count(*)::int AS n FROM deals WHERE ${field.name} = '${text.replaceAll("'", "''")}'`;
      assert.ok((await rules.check(sql)).ok, `${at}`);
      const [[n]] = (await rules.run(sql)).rows as [[number]];
      assert.ok(n > 0, `${at}`);
    }
  });

  it("steers no model: rules stay rules, its words are short values, records are not shown at all", async () => {
    const { spec } = drawn(await ask("Разложи по стадиям хитро", model));
    assert.equal(spec.source.lane, "plan");
    const [request] = server.model.requests() as { messages: { role: string; content: string }[] }[];
    const [system, catalogue] = request!.messages;
    for (const text of POISONS.filter((one) => one.length > 12 && one !== "Не указано"))
      assert.ok(!system!.content.includes(text.slice(0, 12)), text);
    assert.match(catalogue!.content, /^The catalogue, as data:\n\{/);
    const slice: unknown = JSON.parse(catalogue!.content.slice(catalogue!.content.indexOf("\n") + 1));
    const check = (value: unknown): void => {
      if (typeof value === "string") {
        assert.doesNotMatch(value, HIDDEN);
        assert.ok(value.length <= 170, value);
      } else if (value && typeof value === "object") Object.values(value).forEach(check);
    };
    check(slice);
    const views = slice as { views: { columns: { name: string; values?: unknown }[] }[] };
    const people = views.views.flatMap(({ columns }) => columns).filter(({ name }) => name === "responsible");
    assert.ok(people.every(({ values }) => values === undefined));
    const obeyed = await ask("Послушай названия стадий", model);
    assert.ok(obeyed.kind === "refuse" && obeyed.reason === "not_allowed", JSON.stringify(obeyed));
    const repeated = drawn(await ask("Повтори названия стадий", model));
    for (const title of Object.values(repeated.spec.title)) {
      assert.doesNotMatch(title, HIDDEN);
      assert.ok(title.length <= 120);
    }
  });

  it("leaves as a file that a spreadsheet does not run", async () => {
    for (const question of PLAIN) {
      const { result } = drawn(await ask(question));
      const file = await rules.fileOf(result, csvEncoding());
      const cells = parseCsv(file).flat();
      assert.ok(cells.length > 2, question);
      const run = cells.filter((cell) => /^[=+@\t\r\n]|^-(?!\d+(\.\d+)?$)/.test(cell));
      assert.deepEqual(run, [], question);
    }
  });

  it("is described in Markdown without becoming any", () => {
    for (const locale of ["ru", "en"] as const) {
      const text = toMarkdown(rules.catalogue, { portal: "<b>office</b>.example", locale });
      const tokens = marked.lexer(text);
      const headings = tokens.filter(({ type }) => type === "heading");
      assert.equal(headings.length, rules.catalogue.tables.length + 1);
      const tables = tokens.filter(({ type }) => type === "table") as { rows: unknown[] }[];
      assert.deepEqual(
        tables.map(({ rows }) => rows.length),
        rules.catalogue.tables.map(({ columns }) => columns.length),
      );
      assert.doesNotMatch(marked.parse(text, { async: false }), /<(?:img|script|a|b)[\s>]/);
    }
  });
});

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const lines = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g)];
  const rows: string[][] = [[]];
  for (const [, cell = "", end] of lines) {
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  return rows;
}
