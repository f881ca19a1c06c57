import { randomUUID } from "node:crypto";
import type {
  AskPhase,
  ChartAnswer,
  ChartDefinition,
  ChartFilters,
  ChartForm,
  ChartSpec,
  Label,
} from "@b24kit/client/contract";
import type { Ai } from "../../platform/ai/ai.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";
import { type AskDeps, askQuestion, type Modelled, type Question } from "./ask/ask-question.ts";
import type { Audience } from "./ask/audience.ts";
import { draw, type Freshness, hash, locateRows, runPrepared, specify } from "./ask/draw.ts";
import { keepRows } from "./ask/kept-rows.ts";
import { type Keyless, keylessPlanner } from "./ask/keyless-planner.ts";
import { type Prepared, prepare } from "./ask/prepare.ts";
import { type ResultRequest, readResult } from "./ask/read-result.ts";
import { shareCalls } from "./ask/shared-calls.ts";
import type { Charts } from "./charts.ts";
import type { ChartResult, ChartRunOptions } from "./run-chart-sql.ts";
import { selectSettings } from "./store/settings.ts";

export interface AskingOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly ai: Ai;
  readonly charts: Charts;
  readonly freshness: (portalId: number) => Promise<Freshness>;
  readonly now: () => number;
}

/** What is to be drawn, and for whose calendar. */
export interface DrawRequest {
  readonly definition: ChartDefinition;
  readonly locale: "ru" | "en";
  readonly timeZone: string;
  readonly form: ChartForm | null;
  readonly title: Label;
  readonly filters: ChartFilters | null;
  readonly source: "plan" | "sql" | "saved";
}

/** A chart before its rows are read. */
export interface Outline {
  readonly key: string;
  read(signal: AbortSignal): Promise<{ readonly spec: ChartSpec; readonly bytes: Uint8Array }>;
}

/** From questions, plans and kept charts to rows and how they are drawn. */
export interface Asking {
  readonly suggest: Keyless["suggest"];
  ask(
    audience: Audience,
    question: Question,
    signal: AbortSignal,
    onPhase: (phase: AskPhase) => void,
  ): Promise<ChartAnswer>;
  /** @throws AppError plan_invalid, sql_refused, sql_off, forbidden, query_too_heavy, query_timeout */
  draw(audience: Audience, request: DrawRequest, signal: AbortSignal): Promise<ChartAnswer>;
  /** @throws AppError plan_invalid, sql_refused, sql_off */
  check(audience: Audience, definition: ChartDefinition): Promise<Prepared>;
  /** What a picture is drawn from, and a key that changes when it may. @throws AppError as `draw` */
  outline(audience: Audience, request: DrawRequest): Promise<Outline>;
  /** The rows alone, as they come from the database. @throws AppError as `draw` */
  rows(
    audience: Audience,
    request: Pick<DrawRequest, "definition" | "locale" | "timeZone" | "filters">,
    how: Omit<ChartRunOptions, "timeZone">,
  ): Promise<ChartResult>;
  /** @throws AppError result_gone, forbidden */
  result(audience: Audience, request: ResultRequest): ReturnType<typeof readResult>;
}

/** Rows of charts are small; a hundred megabytes are thousands of them. */
const KEPT_BYTES = 100_000_000;

export function createAsking(options: AskingOptions): Asking {
  const { db, charts, now } = options;
  const keyless = keylessPlanner(options);
  const deps: AskDeps = {
    ...options,
    planner: keyless.planner,
    rows: keepRows(KEPT_BYTES),
    shared: shareCalls<Modelled>(),
  };

  async function check(
    audience: Audience,
    definition: ChartDefinition,
    how: Pick<DrawRequest, "locale" | "timeZone" | "filters"> = {
      locale: "ru",
      timeZone: "UTC",
      filters: null,
    },
  ): Promise<Prepared> {
    const { sql: sqlOn } = await selectSettings(db.pool, audience.portal.id);
    const { locale, timeZone, filters } = how;
    const reader = { now: new Date(now()), locale, timeZone };
    return prepare(charts, audience, definition, { reader, filters, sqlOn, db });
  }

  return {
    suggest: keyless.suggest,
    ask: (audience, question, signal, onPhase) => askQuestion(deps, audience, question, { signal, onPhase }),
    check,
    async draw(audience, request, signal) {
      const { definition } = request;
      const prepared = await check(audience, definition, request);
      const drawing = await draw(deps, audience, prepared, { ...request, notes: [], signal });
      const answered = { id: randomUUID(), ...drawing };
      return definition.lane === "plan"
        ? { kind: "plan", ...answered, plan: definition.plan }
        : { kind: "sql", ...answered, sql: definition.sql };
    },
    async outline(audience, request) {
      const prepared = await check(audience, request.definition, request);
      const { key, asOf } = await locateRows(deps, audience, prepared, request.timeZone);
      const { form, title } = request;
      return {
        key: hash([key, asOf, form, title, prepared.notes]),
        async read(signal) {
          const { spec, rows } = await specify(deps, audience, prepared, { ...request, notes: [], signal });
          return { spec, bytes: rows.bytes };
        },
      };
    },
    async rows(audience, request, how) {
      const prepared = await check(audience, request.definition, request);
      return runPrepared(charts, audience.portal.id, prepared, { ...how, timeZone: request.timeZone });
    },
    result: (audience, request) => readResult(deps, audience, request),
  };
}
