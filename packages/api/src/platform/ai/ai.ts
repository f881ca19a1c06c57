import OpenAI from "openai";
import type { z } from "zod";
import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import type { Logger } from "../log/logger.ts";
import { createBreaker } from "./breaker.ts";
import { complete, type Message, type Said } from "./complete.ts";
import { countsAgainstService, isHiccup, modelFailure, timedOut } from "./failure.ts";
import { costOf, type Tokens } from "./prices.ts";
import { addUsage, type DayUsage, selectBudget, selectToday, takeTurn, upsertBudget } from "./store.ts";

export type { Message, Said } from "./complete.ts";
export { addTokens, NO_TOKENS, type Tokens } from "./prices.ts";
export type { DayUsage } from "./store.ts";

export interface AiSettings {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly model: string;
}

export interface AiOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly settings: AiSettings;
  readonly now?: () => number;
  /** The whole call with its repetitions; 20 s. */
  readonly timeoutMs?: number;
}

/** Who asks, for what: what is counted and limited. */
export interface AiTurn {
  readonly portalId: number;
  /** Stable name of the person or token; its calls are limited together. */
  readonly person: string;
}

export interface AiCall<T> extends Pick<AiTurn, "portalId"> {
  /** The feature's word and what for, e.g. `charts.ask`; sums are kept by it. */
  readonly purpose: string;
  readonly messages: readonly Message[];
  readonly schema: z.ZodType<T>;
  readonly schemaName: string;
  readonly maxTokens?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface AiAnswer<T> {
  readonly said: Said<T>;
  readonly model: string;
  readonly tokens: Tokens;
  /** US dollars; null where the model's price is not known. */
  readonly cost: number | null;
  readonly milliseconds: number;
}

/** A language model behind limits: time, budget of the portal, turns of a person, and a pause when it is down. */
export interface Ai {
  /** Null: none is configured. */
  readonly model: string | null;
  /** Takes a person's turn; once for a question, whatever calls it needs. @throws AppError ai_rate_limited */
  takeTurn(turn: AiTurn): Promise<void>;
  /**
   * One call for a structured answer.
   * @throws AppError ai_not_configured, ai_over_budget, ai_unavailable, ai_timeout, ai_rate_limited, ai_credential_rejected;
   *   the signal's reason where the caller left
   */
  ask<T>(call: AiCall<T>): Promise<AiAnswer<T>>;
  today(portalId: number): Promise<DayUsage>;
  /** Tokens a day; 0 without end. */
  budget(portalId: number): Promise<number>;
  setBudget(portalId: number, tokensPerDay: number): Promise<void>;
}

const TIMEOUT_MS = 20_000;
/** About a hundred dollars' worth of nobody watching is a thousand times as much. */
const TOKENS_PER_DAY = 1_000_000;
const MAX_TOKENS = 2_000;
const TURNS = [
  { name: "minute", seconds: 60, limit: 10 },
  { name: "day", seconds: 86_400, limit: 200 },
];

export function createAi(options: AiOptions): Ai {
  const { db, log, settings, now = Date.now, timeoutMs = TIMEOUT_MS } = options;
  const openai = openClient(settings, timeoutMs);
  const breaker = createBreaker({ failures: 3, pauseMs: 30_000, now });

  const budget = async (portalId: number) => (await selectBudget(db.pool, portalId)) ?? TOKENS_PER_DAY;

  async function requireBudget(portalId: number): Promise<void> {
    const [limit, { tokens }] = await Promise.all([budget(portalId), selectToday(db.pool, portalId)]);
    if (limit > 0 && tokens >= limit)
      throw new AppError("ai_over_budget", `Today's ${limit} tokens of this portal are used up.`);
  }

  async function ask<T>(call: AiCall<T>): Promise<AiAnswer<T>> {
    if (!openai) throw new AppError("ai_not_configured");
    if (!breaker.allows()) {
      const retryAfter = Math.ceil(breaker.pauseLeft() / 1_000);
      throw new AppError("ai_unavailable", "The model's service failed several times in a row.", {
        retryAfter,
      });
    }
    await requireBudget(call.portalId);
    const start = performance.now();
    const request = { ...call, model: settings.model, maxTokens: call.maxTokens ?? MAX_TOKENS };
    const { said, tokens } = await inTime(call.signal, timeoutMs, (signal) =>
      twice(() => complete(openai, { ...request, signal })),
    ).catch((error: unknown) => {
      if (countsAgainstService(error)) breaker.failed();
      throw error;
    });
    breaker.succeeded();
    const cost = costOf(settings.model, tokens);
    const { portalId, purpose } = call;
    await addUsage(db.pool, { portalId, purpose, model: settings.model, tokens, cost });
    const milliseconds = Math.round(performance.now() - start);
    log.debug({ portalId, purpose, milliseconds, ...tokens, cost, said: said.kind }, "model");
    return { said, model: settings.model, tokens, cost, milliseconds };
  }

  return {
    model: openai ? settings.model : null,
    async takeTurn({ portalId, person }) {
      const retryAfter = await takeTurn(db.pool, portalId, person, TURNS);
      if (retryAfter !== null)
        throw new AppError("ai_rate_limited", "You have asked very often.", { retryAfter });
    },
    ask,
    today: (portalId) => selectToday(db.pool, portalId),
    budget,
    setBudget: (portalId, tokensPerDay) => upsertBudget(db.pool, portalId, tokensPerDay),
  };
}

/** A compatible service of one's own may want no key; the official one does. */
function openClient({ apiKey, baseUrl }: AiSettings, timeout: number): OpenAI | null {
  if (!apiKey && !baseUrl) return null;
  return new OpenAI({
    apiKey: apiKey ?? "none",
    ...(baseUrl ? { baseURL: baseUrl } : {}),
    timeout,
    // Its own repetitions would wait out a Retry-After longer than anybody here waits.
    maxRetries: 0,
    // Neither its own settings from the environment nor its own log lines.
    organization: null,
    project: null,
    logLevel: "off",
  });
}

/** A hiccup of the service is worth one more try within the time there is. */
async function twice<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isHiccup(error)) throw error;
    return run();
  }
}

/** Ends a call when the caller leaves or the time is over, whichever is first, with repetitions and all. */
async function inTime<T>(
  caller: AbortSignal | undefined,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted();
  const clock = AbortSignal.timeout(timeoutMs);
  try {
    return await run(caller ? AbortSignal.any([caller, clock]) : clock);
  } catch (error) {
    if (clock.aborted && !caller?.aborted) throw timedOut(error);
    throw modelFailure(error, caller);
  }
}
