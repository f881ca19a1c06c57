import type { Entry } from "../../demo/openai/index.ts";
import {
  type AskDeps,
  askQuestion,
  type Modelled,
} from "../../packages/api/src/features/charts/ask/ask-question.ts";
import type { Audience } from "../../packages/api/src/features/charts/ask/audience.ts";
import { keepRows } from "../../packages/api/src/features/charts/ask/kept-rows.ts";
import { keylessPlanner } from "../../packages/api/src/features/charts/ask/keyless-planner.ts";
import { readResult } from "../../packages/api/src/features/charts/ask/read-result.ts";
import { shareCalls } from "../../packages/api/src/features/charts/ask/shared-calls.ts";
import { createCharts } from "../../packages/api/src/features/charts/charts.ts";
import type { Verdict } from "../../packages/api/src/features/charts/guard/check-sql.ts";
import { type AiSettings, createAi } from "../../packages/api/src/platform/ai/ai.ts";
import type { Encoding } from "../../packages/api/src/platform/arrow/encoder.ts";
import { jsonEncoding } from "../../packages/api/src/platform/arrow/json-encoder.ts";
import { createLogger } from "../../packages/api/src/platform/log/logger.ts";
import { createSecrets } from "../../packages/api/src/platform/secrets/secrets.ts";
import type { ChartAnswer, Plan } from "../../packages/client/src/contract/index.ts";
import { type ChartRig, openChartRig } from "./chart-rig.ts";
import { repliesTo } from "./model-script.ts";
import { MORE_QUESTIONS } from "./more-questions.ts";
import { QUESTIONS, type Question } from "./questions.ts";
import { NOW, type SeedOptions, ZONE } from "./seeded-mirror.ts";

/** What the log says of an answer. */
export interface Spent {
  readonly by: string;
  readonly attempts: number;
  readonly tokens: number;
  readonly cost: number | null;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

export interface EvaluationRig extends ChartRig {
  readonly audience: Audience;
  ask(question: Pick<Question, "question" | "language">, how?: AskHow): Promise<ChartAnswer>;
  /** Rows of a drawn answer, as JSON has them. */
  rowsOf(result: string, whose?: Audience): Promise<Record<string, unknown>[]>;
  /** The same as a file of another kind. */
  fileOf(result: string, encoding: Encoding): Promise<string>;
  spent(answer: ChartAnswer): Promise<Spent>;
  /** What the guard says to a text. */
  check(sql: string): Promise<Verdict>;
}

interface AskHow {
  readonly context?: Plan | null;
  readonly whose?: Audience;
}

export interface EvaluationOptions extends SeedOptions {
  readonly openai: AiSettings;
  /** `model`: rules do not answer first, so that every question reaches the model. */
  readonly lane: "model" | "both";
}

/** The whole way from a question to rows, over the seeded mirror and on its clock; only the model is elsewhere. */
export async function openEvaluation({ openai, lane, ...seed }: EvaluationOptions): Promise<EvaluationRig> {
  const rig = await openChartRig(seed);
  const { db, portalId, station } = rig;
  const log = createLogger({ level: "silent", form: "plain" });
  const secrets = createSecrets(["a secret key of the tests only"]);
  const { portals, sync, bus } = station;
  const charts = createCharts({ db, bus, portals, mirror: sync, secrets, log });
  const ai = createAi({ db, log, settings: openai });
  await ai.setBudget(portalId, 0);
  const now = () => NOW.getTime();
  const base = { db, log, ai, charts, now, freshness: sync.freshness };
  const deps: AskDeps = {
    ...base,
    rows: keepRows(100_000_000),
    shared: shareCalls<Modelled>(),
    planner:
      lane === "both"
        ? keylessPlanner(base).planner
        : async () => ({ kind: "clarify", reason: "vague", params: {}, options: [] }),
  };
  const portal = await portals.get(portalId);
  const audience: Audience = {
    ...{ who: "key:evaluation", portal, pii: true, filtered: false, lock: null, entities: null, can: null },
  };
  const { signal } = new AbortController();
  let asked = 0;

  return {
    ...rig,
    audience,
    async ask({ question, language }, { context = null, whose = audience } = {}) {
      // Each question comes from somebody else, so that the limit of a person's turns stays out of it.
      const person = { ...whose, who: `${whose.who}:${++asked}` };
      const words = { question, locale: language, timeZone: ZONE, context, filters: null };
      return askQuestion(deps, person, words, { signal, onPhase: () => {} });
    },
    async rowsOf(id, whose = audience) {
      const request = { id, encoding: jsonEncoding(), isExport: true, signal };
      const body = await readResult(deps, whose, request);
      return (await new Response(body).json()) as Record<string, unknown>[];
    },
    async fileOf(id, encoding) {
      return new Response(await readResult(deps, audience, { id, encoding, isExport: true, signal })).text();
    },
    check: (sql) => charts.check(portalId, sql, audience),
    async spent({ id }) {
      const { rows } = await db.pool.query<Spent>(
        `SELECT by, attempts, prompt_tokens + completion_tokens AS tokens, cost::float8 AS cost, milliseconds, faults
         FROM b24kit.charts_answers WHERE id = $1`,
        [id],
      );
      return rows[0]!;
    },
    async close() {
      await charts.stop();
      await rig.close();
    },
  };
}

/** The script of a model that answers all of them, and how often it is told that it was wrong. */
export const SCRIPT: readonly Entry[] = [...QUESTIONS, ...MORE_QUESTIONS].map(({ id, question }) => ({
  question,
  replies: repliesTo(id),
}));
