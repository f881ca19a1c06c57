import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Entry, type RunningModel, startModel } from "../../../../../demo/openai/index.ts";
import { type ChartRig, openChartRig } from "../../../../../test/chart-rig.ts";
import { type Ai, createAi } from "../../platform/ai/ai.ts";
import { createLogger } from "../../platform/log/logger.ts";
import { explainSchema } from "./explain-schema.ts";
import { toMarkdown } from "./schema-markdown.ts";
import { changeSettings } from "./store/settings.ts";

const said = (purpose: string, columns: object[] = []) => ({
  kind: "json" as const,
  value: { purpose, columns },
  delayMs: 0,
});
const script: Entry[] = [
  {
    question: "Describe the table deals in Russian",
    replies: [
      said("Строка — сделка | <img src=x>\u0007", [
        { name: "amount", note: "Сумма в валюте сделки." },
        { name: "no_such", note: "Нет такого." },
      ]),
    ],
  },
  { question: "Describe the table leads in Russian", replies: [said("Строка — лид.")] },
  {
    question: "Describe the table contacts in Russian",
    replies: [{ kind: "refusal", text: "No.", delayMs: 0 }],
  },
];

describe("the schema, explained by a model", () => {
  let rig: ChartRig;
  let server: RunningModel;
  let ai: Ai;
  const log = createLogger({ level: "silent", form: "plain" });
  before(async () => {
    [rig, server] = await Promise.all([
      openChartRig({ counts: { deals: 20, contacts: 5, companies: 5, leads: 5 } }),
      startModel({ script }),
    ]);
    const settings = { apiKey: "sk-test", baseUrl: server.baseUrl, model: "gpt-4o-mini" };
    ai = createAi({ db: rig.db, log, settings });
  });
  after(async () => {
    await rig.close();
    await server.close();
  });
  beforeEach(() => server.model.reset());

  async function explain(names: readonly string[], by = ai) {
    const { catalogue } = await rig.charts.catalogue(rig.portalId);
    const tables = catalogue.tables.filter(({ name }) => names.includes(name));
    const { signal } = new AbortController();
    const request = {
      portalId: rig.portalId,
      who: "user:1",
      catalogue,
      tables,
      locale: "ru",
      signal,
    } as const;
    const notes = await explainSchema({ db: rig.db, ai: by }, request);
    return { notes, text: toMarkdown(catalogue, { portal: "x.example", locale: "ru", notes }) };
  }

  it("stands beside the columns, as plain words and of columns that there are", async () => {
    const { text } = await explain(["deals", "leads"]);
    assert.match(text, /## deals: Сделки\n\nСтрока — сделка \\\| \\<img src=x\\>\n\nСтрок: 20/);
    assert.match(text, /\| `amount` \| .*Сумма в валюте сделки\. \|/);
    assert.match(text, /## leads: Лиды\n\nСтрока — лид\./);
    assert.ok(!text.includes("Нет такого") && !text.includes("no_such"));
    const shown = JSON.stringify(server.model.requests());
    assert.ok(shown.includes("amount") && !shown.includes("Сделка успешна"), "names, and no values");
  });

  it("is asked for once", async () => {
    await explain(["deals", "leads"]);
    assert.equal(server.model.stats().requests, 0);
  });

  it("leaves a table as it is where the model declines, and asks again another time", async () => {
    const { notes } = await explain(["contacts", "leads"]);
    assert.deepEqual([notes.get("contacts")?.purpose, notes.get("leads")?.purpose], [null, "Строка — лид."]);
    await assert.rejects(explain(["contacts"]), { code: "ai_unavailable" });
    assert.equal(server.model.stats().requests, 2);
  });

  it("is prepared for every table of the demo, in both languages", async () => {
    const file = new URL("../../../../../demo/openai/data/schema.json", import.meta.url);
    const questions = (JSON.parse(await readFile(file, "utf8")) as Entry[]).map(({ question }) => question);
    const { catalogue } = await rig.charts.catalogue(rig.portalId);
    for (const { name } of catalogue.tables)
      for (const language of ["Russian", "English"])
        assert.ok(questions.includes(`Describe the table ${name} in ${language}`), `${name} in ${language}`);
  });

  it("needs a model that may see something", async () => {
    const none = createAi({
      db: rig.db,
      log,
      settings: { apiKey: undefined, baseUrl: undefined, model: "none" },
    });
    await assert.rejects(explain(["deals"], none), { code: "ai_not_configured" });
    await rig.db.transaction((tx) => changeSettings(tx, rig.portalId, "key:test", { sharing: "off" }));
    await assert.rejects(explain(["deals"]), { code: "ai_unavailable" });
    assert.equal(server.model.stats().requests, 0);
  });
});
