import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type Stack, startStack } from "../../journeys/stack.ts";
import { atLeast, atMost, type Measured, median } from "../goal.ts";
import { measureFirstPicture } from "./first-picture.ts";
import { type Drawn, drawAsElement, drawAsJson, preparePage } from "./page.ts";
import { keepCharts, measurePictures } from "./pictures.ts";

const ROWS = Number(process.env.BENCH_CHART_ROWS ?? 100_000);
const FEW = 5_000;
const ROUNDS = Number(process.env.BENCH_CHART_ROUNDS ?? 5);
const QUESTIONS = ["по менеджерам", "по источникам", "по стадиям", "по месяцам", "по воронкам"].flatMap(
  (by) => [`Сколько сделок ${by}`, `Сумма сделок ${by}`],
);

/** From rows in PostgreSQL to a drawn chart, beside the same rows as JSON objects in an ECharts dataset; and answers. */
export async function measureCharts(): Promise<Measured> {
  const stack = await startStack({ counts: { deals: ROWS, contacts: 10, companies: 10, leads: 10 } });
  try {
    const token = await sessionToken(stack);
    await mirrorDeals(stack, token);
    const answers = await timeAnswers(stack, token);
    const charts = await keepCharts(stack.api.url, token);
    const picture = await measurePictures(stack.api.url, token, charts);
    const slow = await measureFirstPicture(stack, charts[0]!, ROUNDS);
    const { page } = await stack.open({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
    await preparePage(
      page,
      stack.api.url,
      createRequire(import.meta.url).resolve("echarts/dist/echarts.min.js"),
    );
    const few = await compare(page, token, FEW);
    const many = await compare(page, token, ROWS);
    const faster = ({ ours, json }: Compared) => json.ms / ours.ms;
    return {
      goals: [
        atLeast("CH1", `${ROWS} points drawn faster than by JSON and a dataset`, faster(many), 1.5),
        atLeast("CH2", `${FEW} points drawn faster than by JSON and a dataset`, faster(few), 1),
        atMost(
          "CH3",
          "longest task of the page against that one's",
          many.ours.longestTask / many.json.longestTask,
          1,
        ),
        atMost("CH4", "answer without a model, median ms", median(answers.first), 150),
        atMost("CH5", "the same question again, median ms", median(answers.again), 50),
        atMost("CH6", "picture in a page, KB in all (no script)", picture / 1_000, 12),
        atLeast(
          "CH7",
          "kept chart at 1.6 Mbit/s: seen sooner than without its picture",
          slow.plain.first / slow.pictured.first,
          1.3,
        ),
        atMost(
          "CH8",
          "the live one after its picture, against without",
          slow.pictured.live / slow.plain.live,
          1.1,
        ),
      ],
      details: {
        rows: ROWS,
        many,
        few,
        picture,
        slow,
        answers: { first: median(answers.first), again: median(answers.again) },
      },
    };
  } finally {
    await stack.close();
  }
}

interface Compared {
  ours: Drawn;
  json: Drawn;
}

/** In turns, so that whatever else the machine does meets both; the first round only warms up. */
async function compare(page: Page, token: string, rows: number): Promise<Compared> {
  const rounds: Compared[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await page.evaluate(drawAsElement, rows);
    const json = await page.evaluate(drawAsJson, { rows, token });
    if (round > 0) rounds.push({ ours, json });
  }
  const middle = (of: (round: Compared) => Drawn): Drawn => ({
    ms: median(rounds.map((round) => of(round).ms)),
    longestTask: median(rounds.map((round) => of(round).longestTask)),
  });
  return { ours: middle(({ ours }) => ours), json: middle(({ json }) => json) };
}

async function sessionToken({ api }: Stack): Promise<string> {
  const answer = await fetch(`${api.url}/demo/session`, { method: "POST", headers: { Origin: api.url } });
  return ((await answer.json()) as { token: string }).token;
}

async function mirrorDeals({ api, portal }: Stack, token: string): Promise<void> {
  portal.control.limits({
    rate: { enabled: false },
    operating: { enabled: false },
    cost: { pageSeconds: 0, rowSeconds: 0, callSeconds: 0 },
  });
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const ask = (path: string, init = {}) => fetch(`${api.url}/api/v1/${path}`, { headers, ...init });
  const started = await ask("sync/start/deal", { method: "POST", body: '{"sync_type":"full"}' });
  if (!started.ok) throw new Error(await started.text());
  for (;;) {
    const { entities } = (await (await ask("sync/status")).json()) as {
      entities: { entity: string; run: { state: string } | null }[];
    };
    const state = entities.find(({ entity }) => entity === "deal")?.run?.state;
    if (state === "completed") return;
    if (state === "failed") throw new Error("the deals were not mirrored");
    await delay(200);
  }
}

/** Milliseconds from a question to its rows' chart, over HTTP: new ones, and the same once more. */
async function timeAnswers({ api }: Stack, token: string): Promise<{ first: number[]; again: number[] }> {
  const ask = async (question: string): Promise<number> => {
    const began = performance.now();
    const answer = await fetch(`${api.url}/api/v1/charts/ask`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        question,
        locale: "ru",
        timeZone: "Europe/Moscow",
        context: null,
        filters: null,
      }),
    });
    const text = await answer.text();
    if (!text.includes('"kind":"plan"')) throw new Error(`${question}: ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
  // The first question of a process reads the catalogue and tries the set-up; later ones find both.
  await ask("Сделки за этот год");
  const first: number[] = [];
  const again: number[] = [];
  for (const question of QUESTIONS) {
    first.push(await ask(question));
    again.push(await ask(question));
  }
  return { first, again };
}
