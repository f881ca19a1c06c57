import type pg from "pg";
import type { Tokens } from "./prices.ts";

type Queryable = Pick<pg.Pool, "query">;

export interface Call {
  readonly portalId: number;
  readonly purpose: string;
  readonly model: string;
  readonly tokens: Tokens;
  /** Null: the model's price is not known. */
  readonly cost: number | null;
}

/** Adds a call to the day's sums. Days are those of UTC, as the service's own bills have them. */
export async function addUsage(
  q: Queryable,
  { portalId, purpose, model, tokens, cost }: Call,
): Promise<void> {
  await q.query(
    `INSERT INTO b24kit.ai_usage AS u (portal_id, day, purpose, model, calls, prompt, cached, completion, cost, unpriced)
     VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2, $3, 1, $4, $5, $6, coalesce($7::float8, 0), CASE WHEN $7::float8 IS NULL THEN 1 ELSE 0 END)
     ON CONFLICT (portal_id, day, purpose, model) DO UPDATE SET calls = u.calls + 1, prompt = u.prompt + excluded.prompt,
       cached = u.cached + excluded.cached, completion = u.completion + excluded.completion, cost = u.cost + excluded.cost,
       unpriced = u.unpriced + excluded.unpriced`,
    [portalId, purpose, model, tokens.prompt, tokens.cached, tokens.completion, cost],
  );
}

export interface DayUsage {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars; null where the price of some call is not known. */
  readonly cost: number | null;
}

/** What a portal has used since midnight UTC. */
export async function selectToday(q: Queryable, portalId: number): Promise<DayUsage> {
  const { rows } = await q.query<{ calls: number; tokens: number; cost: number; unpriced: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls, coalesce(sum(prompt + completion), 0)::float8 AS tokens,
       coalesce(sum(cost), 0)::float8 AS cost, coalesce(sum(unpriced), 0)::int AS unpriced
     FROM b24kit.ai_usage WHERE portal_id = $1 AND day = (now() AT TIME ZONE 'UTC')::date`,
    [portalId],
  );
  const { calls, tokens, cost, unpriced } = rows[0]!;
  return { calls, tokens, cost: unpriced > 0 ? null : cost };
}

/** The portal's budget: tokens a day, 0 without end; null where nobody has set one. */
export async function selectBudget(q: Queryable, portalId: number): Promise<number | null> {
  const { rows } = await q.query<{ tokens_per_day: number }>(
    "SELECT tokens_per_day::float8 AS tokens_per_day FROM b24kit.ai_budgets WHERE portal_id = $1",
    [portalId],
  );
  return rows[0]?.tokens_per_day ?? null;
}

export async function upsertBudget(q: Queryable, portalId: number, tokensPerDay: number): Promise<void> {
  await q.query(
    `INSERT INTO b24kit.ai_budgets (portal_id, tokens_per_day) VALUES ($1, $2)
     ON CONFLICT (portal_id) DO UPDATE SET tokens_per_day = excluded.tokens_per_day`,
    [portalId, tokensPerDay],
  );
}

export interface Window {
  readonly name: string;
  readonly seconds: number;
  readonly limit: number;
}

/**
 * Counts a call of a person in every window, unless one of them is full: then nothing is counted, and the seconds
 * until that window ends are told.
 */
export async function takeTurn(
  q: Queryable,
  portalId: number,
  person: string,
  windows: readonly Window[],
): Promise<number | null> {
  const { rows } = await q.query<{ wait: number | null }>(
    `WITH asked AS (
       SELECT w.seconds, w.max, to_timestamp(floor(extract(epoch FROM now()) / w.seconds) * w.seconds) AS starts
       FROM unnest($3::int[], $4::int[]) AS w(seconds, max)),
     full_one AS (
       SELECT max(extract(epoch FROM a.starts) + a.seconds - extract(epoch FROM now())) AS wait FROM asked a
       JOIN b24kit.ai_turns t ON t.portal_id = $1 AND t.person = $2 AND t.seconds = a.seconds AND t.starts = a.starts
       WHERE t.calls >= a.max),
     counted AS (
       INSERT INTO b24kit.ai_turns AS t (portal_id, person, seconds, starts, calls)
       SELECT $1, $2, a.seconds, a.starts, 1 FROM asked a, full_one f WHERE f.wait IS NULL
       ON CONFLICT (portal_id, person, seconds) DO UPDATE
         SET calls = CASE WHEN t.starts = excluded.starts THEN t.calls + 1 ELSE 1 END, starts = excluded.starts)
     SELECT ceil(wait)::int AS wait FROM full_one`,
    [portalId, person, windows.map(({ seconds }) => seconds), windows.map(({ limit }) => limit)],
  );
  return rows[0]?.wait ?? null;
}
