import type { ChartAnswer } from "../../packages/client/src/contract/index.ts";
import type { EvaluationRig, Spent } from "./evaluation-rig.ts";
import type { Question } from "./questions.ts";
import { sameRows } from "./same-rows.ts";

/** What became of a question. */
export interface Judged {
  readonly question: Question;
  readonly answer: ChartAnswer;
  readonly right: boolean;
  /** A chart, and a wrong one; or nothing where something was to be seen. */
  readonly why: string;
  readonly spent: Spent;
}

/** Asks them, each follow-up after the answer that it follows, and compares rows, not texts. */
export async function judgeAll(
  rig: EvaluationRig,
  questions: readonly Question[],
  onJudged?: (judged: Judged) => void,
): Promise<Judged[]> {
  const judged = new Map<number, Judged>();
  for (const question of questions) {
    const earlier = question.after === undefined ? undefined : judged.get(question.after)?.answer;
    const answer = await rig.ask(question, { context: earlier?.kind === "plan" ? earlier.plan : null });
    const why = await faultOf(rig, question, answer);
    const one = { question, answer, right: why === "", why, spent: await rig.spent(answer) };
    judged.set(question.id, one);
    onJudged?.(one);
  }
  return [...judged.values()];
}

async function faultOf(rig: EvaluationRig, question: Question, answer: ChartAnswer): Promise<string> {
  if (answer.kind === "clarify" || answer.kind === "refuse")
    return answer.kind === question.expect ? "" : `${answer.kind}: ${answer.reason} ${answer.text ?? ""}`;
  if (question.expect !== "rows") return `a chart where ${question.expect} is right`;
  const rows = await rig.rowsOf(answer.result);
  const gold = await rig.run(question.gold!);
  if (
    !sameRows(
      gold.rows,
      rows.map((row) => Object.values(row)),
    )
  )
    return `other rows: ${JSON.stringify(rows.slice(0, 2))}, right are ${JSON.stringify(gold.rows.slice(0, 2))}`;
  const { type, title } = answer.spec;
  if (!question.forms.includes(type)) return `drawn as ${type}`;
  return title[question.language].trim() ? "" : "no title";
}
