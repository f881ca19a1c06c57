import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ChartRig, openChartRig } from "../../../../../../test/charts/chart-rig.ts";
import { MORE_QUESTIONS } from "../../../../../../test/charts/more-questions.ts";
import { QUESTIONS, type Question } from "../../../../../../test/charts/questions.ts";
import { sameRows } from "../../../../../../test/charts/same-rows.ts";
import { NOW, ZONE } from "../../../../../../test/charts/seeded-mirror.ts";
import { toTextParameter } from "../../../platform/arrow/text-parameter.ts";
import { makeSpec } from "../form/make-spec.ts";
import { measureResult } from "../form/result-stats.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import { type Planned, planQuestion } from "./plan-question.ts";

type Verdict = "right" | "asked" | "wrong";

describe("questions without a model", () => {
  let crm: ChartRig;
  let everything: ChartRig;
  before(async () => {
    [crm, everything] = await Promise.all([openChartRig(), openChartRig({ more: true })]);
  });
  after(() => Promise.all([crm.close(), everything.close()]));

  function plan(rig: ChartRig, { question, language, after: earlier }: Question): Planned {
    const before = earlier === undefined ? null : plan(rig, QUESTIONS.find(({ id }) => id === earlier)!);
    return planQuestion(question, {
      catalogue: rig.catalogue,
      reader: { now: NOW, timeZone: ZONE, locale: language },
      context: before?.kind === "plan" ? before.plan : null,
      suggestions: [],
    });
  }

  async function judge(rig: ChartRig, question: Question): Promise<{ verdict: Verdict; why: string }> {
    const planned = plan(rig, question);
    if (planned.kind !== "plan") {
      const right = planned.kind === question.expect;
      return {
        verdict: right ? "right" : "asked",
        why: `${planned.kind} ${planned.reason} ${JSON.stringify(planned.params)}`,
      };
    }
    if (question.expect !== "rows") return { verdict: "wrong", why: JSON.stringify(planned.plan) };
    const compiled = compilePlan(planned.plan, {
      catalogue: rig.catalogue,
      reader: { now: NOW, timeZone: ZONE, locale: question.language },
    });
    const answer = await rig.run(compiled.sql, compiled.params.map(toTextParameter));
    const gold = await rig.run(question.gold!);
    if (!sameRows(gold.rows, answer.rows)) {
      return {
        verdict: "wrong",
        why: `${JSON.stringify(planned.plan)}\n${compiled.sql}\n${JSON.stringify(gold.rows.slice(0, 3))}\n${JSON.stringify(answer.rows.slice(0, 3))}`,
      };
    }
    const valuesOf = (field: string) => answer.rows.map((row) => row[answer.columns.indexOf(field)]);
    const spec = makeSpec({
      ...{
        id: "1",
        title: planned.title,
        locale: question.language,
        timeZone: ZONE,
        shape: compiled.shape,
        columns: compiled.columns,
      },
      ...{
        stats: measureResult(compiled.shape, answer.rows.length, valuesOf),
        plan: planned.plan,
        asked: planned.form,
        notes: compiled.notes,
      },
      source: {
        lane: "plan",
        plan: planned.plan,
        sql: compiled.sql,
        tables: [],
        asOf: null,
        rows: answer.rows.length,
        truncated: false,
        ms: 0,
        cache: "miss",
      },
    });
    const drawn = question.forms.includes(spec.type);
    return { verdict: drawn ? "right" : "wrong", why: `drawn as ${spec.type}` };
  }

  async function judgeAll(rig: ChartRig, questions: readonly Question[], say: (text: string) => void) {
    const verdicts: Verdict[] = [];
    for (const question of questions) {
      const { verdict, why } = await judge(rig, question);
      verdicts.push(verdict);
      if (verdict !== "right") say(`${question.id} ${verdict}: ${question.question} ${why}`);
    }
    return (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  }

  it("of the 60, at least 40 are answered rightly, and none wrongly", async (test) => {
    const count = await judgeAll(crm, QUESTIONS, (text) => test.diagnostic(text));
    assert.equal(QUESTIONS.length, 60);
    assert.equal(count("wrong"), 0, "confidently wrong");
    assert.ok(count("right") >= 40, `${count("right")} of 60`);
  });

  it("of tasks, calls, products and moves are all answered rightly", async () => {
    const faults: string[] = [];
    const count = await judgeAll(everything, MORE_QUESTIONS, (text) => faults.push(text));
    assert.equal(faults.join("\n"), "");
    assert.equal(count("right"), MORE_QUESTIONS.length);
  });

  it("mean the same where more is mirrored", async () => {
    const ofOthers = [53];
    const same = QUESTIONS.filter(({ id }) => !ofOthers.includes(id));
    const count = await judgeAll(everything, same, () => {});
    assert.equal(count("wrong"), 0);
    assert.ok(count("right") >= 40);
  });
});
