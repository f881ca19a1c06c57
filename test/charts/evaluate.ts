/**
 * `npm run eval [-- both]`: the 60 questions, and those of what not every portal has, to the model of the settings (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL),
 * else to the scripted one. Writes a Markdown table. `both` lets the rules answer first, as they do in life.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { startModel } from "../../demo/openai/index.ts";
import { readConfig } from "../../packages/api/src/config.ts";
import { openEvaluation, SCRIPT } from "./evaluation-rig.ts";
import { type Judged, judgeAll } from "./judge-answer.ts";
import { MORE_QUESTIONS } from "./more-questions.ts";
import { QUESTIONS } from "./questions.ts";

const lane = process.argv.includes("both") ? "both" : "model";
const { openai } = readConfig(process.env, { demo: true });
const scripted = openai.apiKey || openai.baseUrl ? undefined : await startModel({ script: SCRIPT });
const settings = scripted
  ? { apiKey: "sk-scripted", baseUrl: scripted.baseUrl, model: openai.model }
  : { apiKey: openai.apiKey ?? "none", baseUrl: openai.baseUrl, model: openai.model };
const name = scripted ? "scripted model" : settings.model;

try {
  const rig = await openEvaluation({ openai: settings, lane });
  const more = await openEvaluation({ openai: settings, lane, more: true });
  const say = ({ question, right, why }: Judged) =>
    console.log(`${right ? "right" : "WRONG"}  ${question.id}  ${question.question}  ${why}`);
  try {
    const judged = [...(await judgeAll(rig, QUESTIONS, say)), ...(await judgeAll(more, MORE_QUESTIONS, say))];
    const file = `test/artefacts/evaluation-${name.replace(/[^\w.-]+/g, "-")}.md`;
    await mkdir("test/artefacts", { recursive: true });
    await writeFile(file, toMarkdown(judged));
    const rightly = judged.filter(({ right }) => right).length;
    console.log(`${rightly} of ${judged.length} right; the table is in ${file}`);
    if (rightly < judged.length * (scripted ? 1 : 0.9)) process.exitCode = 1;
  } finally {
    await more.close();
    await rig.close();
  }
} finally {
  await scripted?.close();
}

function toMarkdown(judged: readonly Judged[]): string {
  const cell = (text: unknown) => String(text).replaceAll("|", "\\|").replace(/\s+/g, " ").slice(0, 160);
  const rows = judged.map(({ question, answer, right, why, spent }) => {
    const drawn = "spec" in answer ? answer.spec.type : answer.reason;
    const cost = spent.cost === null ? "?" : spent.cost.toFixed(5);
    const cells = [question.id, question.question, answer.kind, drawn, right ? "right" : `**wrong**: ${why}`];
    return [...cells, spent.by, spent.attempts, spent.tokens, cost, spent.milliseconds].map(cell);
  });
  const total = (of: (one: Judged) => number) => judged.reduce((sum, one) => sum + of(one), 0);
  const times = judged.map(({ spent }) => spent.milliseconds).sort((a, b) => a - b);
  const head = ["#", "question", "answer", "form", "verdict", "by", "calls", "tokens", "cost, $", "ms"];
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return [
    `# ${judged.filter(({ right }) => right).length} of ${judged.length}: ${name}, ${lane === "both" ? "rules first" : "every question to the model"}`,
    "",
    `${new Date().toISOString()}. Tokens ${total(({ spent }) => spent.tokens)}, cost $${total(({ spent }) => spent.cost ?? 0).toFixed(4)}, ` +
      `half of the answers within ${at(0.5)} ms, 95 % within ${at(0.95)} ms, ` +
      `${judged.filter(({ spent }) => spent.attempts > 1).length} repaired.`,
    "",
    `| ${head.join(" | ")} |`,
    `|${head.map(() => " --- |").join("")}`,
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}
