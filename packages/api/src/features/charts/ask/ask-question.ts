import { randomUUID } from "node:crypto";
import {
  type AskPhase,
  type ChartAnswer,
  type ChartFilters,
  type ChartNote,
  type ChartSuggestion,
  ClarifyReason,
  type Label,
  type Plan,
  type RefuseReason,
} from "@b24kit/client/contract";
import type { z } from "zod";
import type { Ai } from "../../../platform/ai/ai.ts";
import { AppError, toFailure } from "../../../platform/http/app-error.ts";
import type { Logger } from "../../../platform/log/logger.ts";
import { type Reader, today } from "../plan/day.ts";
import { insertAnswer, selectRemembered } from "../store/answers.ts";
import { type SettingsRow, selectSettings } from "../store/settings.ts";
import { askModel, type Check, type ModelOutcome, type ModelSpent, NOTHING_SPENT } from "./ask-model.ts";
import { type Audience, requireCapability } from "./audience.ts";
import { sliceCatalogue } from "./catalogue-slice.ts";
import { Drawable } from "./definition.ts";
import { type DrawDeps, type Drawing, draw, hash, readRows } from "./draw.ts";
import { inLanguageOf } from "./in-language-of.ts";
import type { ModelAnswer } from "./model-answer.ts";
import { plainText, plainTitle } from "./plain-text.ts";
import { prepare, SqlRefused } from "./prepare.ts";
import { writePrompt } from "./prompt.ts";
import type { SharedCalls } from "./shared-calls.ts";

/** What is made of a question without a model: a plan only where it is sure. */
export type Planned =
  | { readonly kind: "plan"; readonly plan: Plan; readonly title: Label; readonly form: Drawable["form"] }
  | Declined;

interface Declined {
  readonly kind: "clarify" | "refuse";
  readonly reason: z.output<typeof ClarifyReason> | z.output<typeof RefuseReason>;
  readonly params: ChartNote["params"];
  readonly options: readonly ChartSuggestion[];
}

export interface AskDeps extends DrawDeps {
  readonly ai: Ai;
  readonly log: Logger;
  readonly now: () => number;
  readonly shared: SharedCalls<Modelled>;
  /** Answers plain questions by rules alone; a plan only where it is sure. */
  readonly planner: (question: string, context: PlannerContext) => Promise<Planned>;
}

export interface PlannerContext {
  readonly portalId: number;
  readonly reader: Reader;
  readonly context: Plan | null;
}

export interface Question {
  readonly question: string;
  readonly locale: "ru" | "en";
  readonly timeZone: string;
  readonly context: Plan | null;
  readonly filters: ChartFilters | null;
}

export interface Modelled {
  readonly outcome: ModelOutcome<Drawable>;
  readonly spent: ModelSpent;
}

/** Answers a question within what its audience may see; never throws for what a model or a plan does wrong. */
export async function askQuestion(
  deps: AskDeps,
  audience: Audience,
  question: Question,
  how: { readonly signal: AbortSignal; readonly onPhase: (phase: AskPhase) => void },
): Promise<ChartAnswer> {
  requireCapability(audience, "ask");
  return new Ask(deps, audience, question, how).answer();
}

/** One question on its way from words to rows. */
class Ask {
  private readonly start = performance.now();
  private spent: ModelSpent = NOTHING_SPENT;
  private settings!: SettingsRow;
  private key = "";
  private readonly reader: Reader;

  constructor(
    private readonly deps: AskDeps,
    private readonly audience: Audience,
    private readonly question: Question,
    private readonly how: { readonly signal: AbortSignal; readonly onPhase: (phase: AskPhase) => void },
  ) {
    const { timeZone, locale } = question;
    this.reader = { now: new Date(deps.now()), timeZone, locale };
  }

  async answer(): Promise<ChartAnswer> {
    const { deps, audience, question } = this;
    this.how.onPhase("thinking");
    this.settings = await selectSettings(deps.db.pool, audience.portal.id);
    this.key = await this.makeKey();
    const remembered = await this.remembered();
    const again = remembered && (await this.tryDrawing(remembered, [], "memory"));
    if (again) return again;
    const { context } = question;
    const planned = await deps.planner(question.question, {
      portalId: audience.portal.id,
      reader: this.reader,
      context,
    });
    if (planned.kind === "plan") {
      const { plan, form, title } = planned;
      const drawable: Drawable = { definition: { lane: "plan", plan }, form, title };
      const easy = await this.tryDrawing(drawable, this.withoutAi(), "planner");
      if (easy) return easy;
    }
    if (deps.ai.model === null || this.settings.sharing === "off" || isFinal(planned))
      return this.decline(planned, isFinal(planned) ? [] : this.withoutAi(), "planner");
    return this.askModel(planned);
  }

  /** Everything that an answer depends on but the rows. */
  private async makeKey(): Promise<string> {
    const { audience, question, settings, reader, deps } = this;
    const { catalogue } = await deps.charts.catalogue(audience.portal.id);
    const words = question.question.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
    const scope = [audience.pii, audience.filtered, audience.lock, audience.entities];
    return hash([
      audience.portal.id,
      words,
      question.locale,
      question.context,
      today(reader),
      question.timeZone,
      catalogue.version,
      deps.ai.model,
      settings,
      scope,
    ]);
  }

  private withoutAi(): ChartNote[] {
    if (this.deps.ai.model === null) return [{ code: "without_ai", params: {} }];
    return this.settings.sharing === "off" ? [{ code: "ai_off", params: {} }] : [];
  }

  private async askModel(planned: Planned): Promise<ChartAnswer> {
    const { deps, audience, how } = this;
    try {
      await deps.ai.takeTurn({ portalId: audience.portal.id, person: audience.who });
      return await deps.shared.join(
        this.key,
        how.signal,
        async (signal) => (await this.recall()) ?? (await this.think(signal)),
        (modelled) => this.use(modelled, planned),
      );
    } catch (error) {
      const note = fallBackNote(error);
      if (!note) throw error;
      deps.log.warn({ portalId: audience.portal.id, code: toFailure(error).code }, "asked without the model");
      return this.decline(planned, [note], "planner");
    }
  }

  private async use({ outcome, spent }: Modelled, planned: Planned): Promise<ChartAnswer> {
    if (outcome.kind === "accepted") {
      const repaired: ChartNote[] = spent.attempts > 1 ? [{ code: "repaired", params: {} }] : [];
      const drawn = await this.tryDrawing(outcome.value, repaired, "model");
      if (drawn) return drawn;
    }
    if (outcome.kind === "declined") return this.declineAsModel(outcome.answer, planned);
    if (outcome.kind === "unsafe")
      return this.finish({ ...this.refusal("not_allowed", planned), notes: [] }, "model", null);
    return this.decline(planned, [{ code: "ai_unavailable", params: {} }], "model");
  }

  /** What an equal question was answered with. */
  private async remembered(): Promise<Drawable | null> {
    return Drawable.safeParse(await selectRemembered(this.deps.db.pool, this.key)).data ?? null;
  }

  /** What somebody else was answered while this question was on its way here. */
  private async recall(): Promise<Modelled | null> {
    const value = await this.remembered();
    return value && { outcome: { kind: "accepted", value }, spent: NOTHING_SPENT };
  }

  private async think(signal: AbortSignal): Promise<Modelled> {
    const { deps, audience, question, settings, how } = this;
    const { catalogue } = await deps.charts.catalogue(audience.portal.id);
    const sqlOn =
      settings.sql &&
      !audience.filtered &&
      (await deps.charts.access(audience.portal.id)).lane.state === "on";
    const { entities } = audience;
    const slice = sliceCatalogue(
      catalogue,
      settings.sharing,
      ({ name, entity }) => entities === null || entity === null || entities.includes(name),
    );
    const asked = { ...question, today: today(this.reader) };
    const spent = { current: NOTHING_SPENT };
    try {
      const outcome = await askModel<Drawable>(
        deps.ai,
        {
          ...{ portalId: audience.portal.id, sharing: settings.sharing, signal },
          messages: writePrompt(slice, sqlOn, {
            question: asked.question,
            locale: asked.locale,
            today: asked.today,
            context: asked.context,
          }),
          check: (answer) => this.check(answer, signal),
          onRepair: () => how.onPhase("repairing"),
        },
        spent,
      );
      return { outcome, spent: spent.current };
    } finally {
      // Whose question went to the model pays; those who share the answer do not count it again.
      this.spent = spent.current;
    }
  }

  /** Compiles or guards, and runs: the rows are kept for the drawing. */
  private async check(answer: ModelAnswer, signal: AbortSignal): Promise<Check<Drawable>> {
    const definition =
      answer.kind === "plan"
        ? { lane: "plan" as const, plan: answer.plan! }
        : { lane: "sql" as const, sql: answer.sql! };
    const drawable: Drawable = { definition, form: answer.form, title: plainTitle(answer.title) };
    this.how.onPhase("checking");
    try {
      const prepared = await this.prepare(drawable);
      this.how.onPhase("running");
      await readRows(this.deps, this.audience, prepared, this.question.timeZone, signal);
      return { ok: true, value: drawable };
    } catch (error) {
      return toCheck(error);
    }
  }

  private prepare({ definition }: Drawable) {
    const { deps, audience, question, reader, settings } = this;
    return prepare(deps.charts, audience, definition, {
      reader,
      filters: question.filters,
      sqlOn: settings.sql,
      db: deps.db,
    });
  }

  /** Null where the definition no longer fits, so that the next way is tried. */
  private async tryDrawing(
    drawable: Drawable,
    notes: readonly ChartNote[],
    by: "planner" | "model" | "memory",
  ): Promise<ChartAnswer | null> {
    const { deps, audience, question, how } = this;
    const { definition, form } = drawable;
    try {
      const prepared = await this.prepare(drawable);
      how.onPhase("running");
      const title = drawable.title ?? asLabel(question.question);
      const { locale, timeZone } = question;
      const drawing = await draw(deps, audience, prepared, {
        locale,
        timeZone,
        title,
        form,
        notes,
        source: definition.lane,
        signal: how.signal,
      });
      how.onPhase("drawing");
      return await this.finish(toAnswer(definition, drawing), by, { ...drawable, title });
    } catch (error) {
      const { code } = toFailure(error);
      if (["plan_invalid", "sql_refused", "sql_invalid", "sql_off"].includes(code)) return null;
      if (code === "query_too_heavy" || code === "query_timeout")
        return this.finish({ ...this.refusal("too_heavy", null), notes: [...notes] }, by, null);
      if (code === "forbidden")
        return this.finish({ ...this.refusal("not_allowed", null), notes: [...notes] }, by, null);
      throw error;
    }
  }

  private decline(
    planned: Planned,
    notes: readonly ChartNote[],
    by: "planner" | "model",
  ): Promise<ChartAnswer> {
    if (planned.kind === "plan")
      return this.finish({ ...this.refusal("failed", planned), notes: [...notes] }, by, null);
    const { reason, params, options } = planned;
    const rest = { id: randomUUID(), params, text: null, options: [...options], notes: [...notes] };
    const answer = { kind: planned.kind, reason, ...rest } as ChartAnswer;
    return this.finish(answer, by, null);
  }

  private declineAsModel({ kind, reason, text }: ModelAnswer, planned: Planned): Promise<ChartAnswer> {
    const options = "options" in planned ? [...planned.options] : [];
    const { question, locale } = this.question;
    const said = inLanguageOf(question, locale, plainText(text));
    const rest = { id: randomUUID(), params: {}, text: said, options, notes: [] };
    const answer: ChartAnswer =
      kind === "clarify"
        ? { kind, reason: CLARIFY.has(reason ?? "") ? (reason as "vague") : "vague", ...rest }
        : {
            kind: "refuse",
            reason: CLARIFY.has(reason ?? "") || reason === null ? "failed" : (reason as "failed"),
            ...rest,
          };
    return this.finish(answer, "model", null);
  }

  private refusal(reason: z.output<typeof RefuseReason>, planned: Planned | null) {
    const options = planned && "options" in planned ? [...planned.options] : [];
    return { kind: "refuse" as const, id: randomUUID(), reason, params: {}, text: null, options };
  }

  /** Every answer is logged: who asked what, what came of it, what it cost. */
  private async finish(
    answer: ChartAnswer,
    by: "planner" | "model" | "memory",
    drawable: Drawable | null,
  ): Promise<ChartAnswer> {
    const { deps, audience, settings, spent, question } = this;
    const source = "spec" in answer ? answer.spec.source : null;
    await insertAnswer(deps.db.pool, {
      ...{
        id: answer.id,
        portalId: audience.portal.id,
        who: audience.who,
        question: question.question,
        key: this.key,
        by,
      },
      ...{ verdict: answer.kind, reason: "reason" in answer ? answer.reason : null, definition: drawable },
      ...{
        tables: source?.tables ?? [],
        sql: source?.sql ?? null,
        sharing: settings.sharing,
        model: by === "model" ? deps.ai.model : null,
      },
      ...{
        attempts: spent.attempts,
        promptTokens: spent.tokens.prompt,
        completionTokens: spent.tokens.completion,
      },
      ...{ cost: spent.attempts === 0 ? null : spent.cost, rows: source?.rows ?? null, faults: spent.faults },
      milliseconds: Math.round(performance.now() - this.start),
    });
    return answer;
  }
}

/** No model may be talked into what the rules refuse. */
const isFinal = ({ kind, ...planned }: Planned) =>
  kind === "refuse" && "reason" in planned && ["not_allowed", "off_topic"].includes(planned.reason);

const CLARIFY: ReadonlySet<string> = new Set(ClarifyReason.options);

function toAnswer(definition: Drawable["definition"], { spec, result }: Drawing): ChartAnswer {
  const rest = { id: randomUUID(), spec, result };
  return definition.lane === "plan"
    ? { kind: "plan", ...rest, plan: definition.plan }
    : { kind: "sql", ...rest, sql: definition.sql };
}

/** What the model may mend, and what it may not try again. Everything else is not its fault. */
function toCheck(error: unknown): Check<Drawable> {
  if (error instanceof SqlRefused) {
    const { code, repairable } = error.refusal;
    return { ok: false, code, fault: error.detail, security: !repairable };
  }
  const { code, detail } = toFailure(error);
  if (code === "forbidden") return { ok: false, code, fault: detail, security: true };
  const mendable = ["plan_invalid", "sql_invalid", "sql_off", "query_too_heavy", "query_timeout"];
  if (mendable.includes(code)) return { ok: false, code, fault: detail, security: false };
  throw error;
}

function asLabel(text: string): Label {
  return { ru: text, en: text };
}

function fallBackNote(error: unknown): ChartNote | null {
  if (!(error instanceof AppError) || !error.code.startsWith("ai_")) return null;
  if (error.code === "ai_timeout") return { code: "ai_slow", params: {} };
  return { code: error.code === "ai_over_budget" ? "ai_over_budget" : "ai_unavailable", params: {} };
}
