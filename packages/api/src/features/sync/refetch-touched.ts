import type { Entity } from "@b24kit/client/contract";
import type { BatchOptions, BatchOutcome, Command } from "../../platform/bitrix/types.ts";
import { type Claim, requireClaim } from "../../platform/jobs/claim.ts";
import { invalid, understand } from "./answers.ts";
import { sortOutGone } from "./are-gone.ts";
import type { SyncDeps } from "./deps.ts";
import { recordsOf } from "./entities.ts";
import { listCommand, listedRows } from "./list-command.ts";
import { loadMirror } from "./plan-run.ts";
import { convert } from "./read-partition.ts";
import { report } from "./report.ts";
import type { PortalRow } from "./rows.ts";
import { noteEvents } from "./store/entity-state.ts";
import { buryTold } from "./store/mirror-rows.ts";
import { deleteTouched, postponeTouched, selectTouched, type Touched } from "./store/touched.ts";
import { writeBatch } from "./write-batch.ts";

const PAGE = 50;
/** With 20 the events that come meanwhile waited two and a half times as long (test/bench/inbox), a whole batch has 50. */
const COMMANDS = 10;

/** Of more records at once only a sample is asked for by itself before all are believed to be gone. */
const SAMPLE = 50;

/** A limit of the portal may hold an event as long as it likes: it is kept. */
const OPTIONS = { priority: "interactive", maxWaitMs: Number.POSITIVE_INFINITY, idempotent: true } as const;

/** Some records of one entity, asked for with one command. */
interface Question {
  readonly name: string;
  readonly entity: Entity;
  readonly touched: readonly Touched[];
}

/**
 * Reads records that the portal told of again, up to 500 with one request, and writes what it says of them now.
 * Whatever order its events came in, the mirror gets the state of this moment. Returns how many were taken up, and how
 * long it took us after the portal had answered, in ms.
 * @throws PortalError, ClaimLost
 */
export async function refetchTouched(
  deps: SyncDeps,
  portalId: number,
  claim: Claim,
  signal: AbortSignal,
): Promise<{ readonly taken: number; readonly ownMs: number }> {
  const touched = await selectTouched(deps.db.pool, portalId, PAGE * COMMANDS);
  const questions = toQuestions(touched).slice(0, COMMANDS);
  if (questions.length === 0) return { taken: 0, ownMs: 0 };
  const asked = questions.flatMap((question) => question.touched);
  try {
    const client = await deps.portals.client(portalId);
    const outcomes = await client.batch(toCommands(questions), { ...OPTIONS, signal });
    const answeredAt = deps.clock.now();
    const readAt = answeredFrom(outcomes) ?? new Date(answeredAt);
    for (const entity of new Set(questions.map((question) => question.entity))) {
      const own = questions.filter((question) => question.entity === entity);
      await settle(deps, { portalId, entity, claim, options: { ...OPTIONS, signal } }, own, outcomes, readAt);
    }
    return { taken: asked.length, ownMs: deps.clock.now() - answeredAt };
  } catch (error) {
    if (!signal.aborted) await postponeTouched(deps.db.pool, asked);
    throw error;
  }
}

function toQuestions(touched: readonly Touched[]): Question[] {
  const questions: Question[] = [];
  for (const entity of new Set(touched.map((one) => one.entity))) {
    const own = touched.filter((one) => one.entity === entity);
    for (let at = 0; at < own.length; at += PAGE)
      questions.push({ name: `${entity}_${at}`, entity, touched: own.slice(at, at + PAGE) });
  }
  return questions;
}

function toCommands(questions: readonly Question[]): Record<string, Command> {
  return Object.fromEntries(
    questions.map(({ name, entity, touched }) => {
      const { list } = recordsOf(entity);
      const filter = { [list.among]: touched.map(({ id }) => id) };
      return [name, listCommand(list, { filter, start: -1 })];
    }),
  );
}

/** The portal's clock when it took up the first command: nothing that it says is from before. */
function answeredFrom(outcomes: Record<string, BatchOutcome>): Date | null {
  const starts = Object.values(outcomes).flatMap((outcome) =>
    outcome.ok && outcome.time ? [outcome.time.start * 1000] : [],
  );
  return starts.length === 0 ? null : new Date(Math.min(...starts));
}

interface Errand {
  readonly portalId: number;
  readonly entity: Entity;
  readonly claim: Claim;
  readonly options: BatchOptions;
}

/** Writes what came, buries what is gone, and lets those rest that could not be read. */
async function settle(
  deps: SyncDeps,
  { portalId, entity, claim, options }: Errand,
  questions: readonly Question[],
  outcomes: Record<string, BatchOutcome>,
  readAt: Date,
): Promise<void> {
  const answered = questions.filter(({ name }) => outcomes[name]?.ok);
  const refused = questions.filter(({ name }) => !outcomes[name]?.ok).flatMap(({ touched }) => touched);
  if (refused.length > 0) await postponeTouched(deps.db.pool, refused);
  const touched = answered.flatMap((question) => question.touched);
  const found = answered.flatMap((question) => readRows(question, outcomes));
  const there = new Set(found.map(({ id }) => id));
  const absent = touched.map(({ id }) => id).filter((id) => !there.has(id));
  const [mirror, client] = await Promise.all([
    loadMirror(deps, { portalId, entity }),
    deps.portals.client(portalId),
  ]);
  const gone = await sortOutGone({ deps, client, mirror, options }, absent, SAMPLE);
  const rows = await convert(
    mirror,
    found.map(({ row }) => row),
  );
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const { added } = await writeBatch(tx, mirror, { rows, readAt, runId: null, portalId, covers: null });
    const buried = await buryTold(tx, mirror.schema, mirror.descriptor.table, { ids: gone, readAt });
    await deleteTouched(tx, touched);
    await noteEvents(tx, { portalId, entity }, { added, gone: buried });
  });
  await report(deps, portalId, entity);
}

/** The rows of an answer. @throws PortalError where it has others than were asked for */
function readRows(
  { name, entity, touched }: Question,
  outcomes: Record<string, BatchOutcome>,
): { id: number; row: PortalRow }[] {
  const { list } = recordsOf(entity);
  const outcome = outcomes[name];
  const rows = understand(list.method, () => listedRows(list, outcome?.ok ? outcome.result : null));
  const asked = new Set(touched.map(({ id }) => id));
  return rows.map((row) => {
    const id = Number(row[list.rowId]);
    if (!asked.has(id)) throw invalid(list.method, `the portal ignored the filter "${list.among}"`);
    return { id, row };
  });
}
