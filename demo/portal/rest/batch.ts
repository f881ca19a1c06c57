import { asFlag, asMap, phpArray } from "../php.ts";
import type { Portal } from "../portal.ts";
import { parseQuery } from "./brackets.ts";
import { RestError } from "./error.ts";
import type { Answer, Caller } from "./method.ts";
import { Params } from "./params.ts";
import { type BatchState, resolveReferences } from "./references.ts";
import { operatingOf, requireMethod, runMethod, toRestError } from "./run-method.ts";
import type { Work } from "./work.ts";

const MOST_COMMANDS = 50;

interface Batch {
  portal: Portal;
  caller: Caller;
  work: Work;
  state: BatchState;
}

/** Runs the commands of a batch one after another. The HTTP answer is 200 whatever becomes of them. */
export function runBatch(portal: Portal, caller: Caller, params: Params, work: Work): Answer {
  const byBatch = portal.limits.operating.billing === "batch";
  const state = { result: new Map(), error: new Map(), total: new Map(), next: new Map(), time: new Map() };
  const batch: Batch = { portal, caller, work, state };
  const halt = asFlag(params.get("halt"));
  let position = 0;
  for (const [key, command] of Object.entries(asMap(params.get("cmd")) ?? {})) {
    // Commands that are no text are skipped without a word.
    if (typeof command !== "string") continue;
    if (work.seconds > portal.limits.cost.requestSeconds) break;
    const failed = !runCommand(batch, key, command, position++);
    if (failed && halt) break;
  }
  if (byBatch) showBatchTotal(batch);
  return { result: answerOf(state), seconds: 0 };
}

function runCommand(batch: Batch, key: string, command: string, position: number): boolean {
  const { portal, state } = batch;
  try {
    if (position >= MOST_COMMANDS)
      throw new RestError("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
    const outcome = execute(batch, command);
    state.result.set(key, outcome.result);
    if (outcome.total !== undefined) state.total.set(key, outcome.total);
    if (outcome.next !== undefined) state.next.set(key, outcome.next);
    state.time.set(key, outcome.time);
    return true;
  } catch (error) {
    state.error.set(key, toRestError(error).toJSON());
    if (!(error instanceof RestError)) portal.stats.crashed++;
    return false;
  }
}

function execute({ portal, caller, work, state }: Batch, command: string) {
  const mark = command.indexOf("?");
  const name = mark < 0 ? command : command.slice(0, mark);
  if (/^batch(\.|$)/i.test(name)) {
    throw new RestError("ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage", 405);
  }
  const method = requireMethod(portal, cleanMethodName(name));
  portal.makeErrorFault(method.name);
  const query = mark < 0 ? {} : parseQuery(command.slice(mark + 1));
  const params = new Params(resolveReferences(query, state) as Record<string, unknown>);
  const billTo = portal.limits.operating.billing === "batch" ? "batch" : method.name;
  return runMethod(portal, { caller, method, params, work, billTo });
}

/** `/crm.deal.list.json/` → `crm.deal.list` */
export function cleanMethodName(name: string): string {
  return name
    .trim()
    .replace(/^\/+|\/+$/g, "")
    .replace(/\.(json|xml)$/i, "");
}

/** A portal that bills the batch shows one and the same number for every command. */
function showBatchTotal({ portal, caller, state }: Batch): void {
  const operating = operatingOf(portal, caller, "batch");
  if (!operating) return;
  for (const [key, time] of state.time) {
    state.time.set(key, {
      ...(time as object),
      operating: operating.spent,
      operating_reset_at: operating.resetAt,
    });
  }
}

function answerOf(state: BatchState) {
  return {
    result: phpArray(state.result),
    result_error: phpArray(state.error),
    result_total: phpArray(state.total),
    result_next: phpArray(state.next),
    result_time: phpArray(state.time),
  };
}
