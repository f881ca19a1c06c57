import { asInteger } from "../php.ts";
import type { Portal } from "../portal.ts";
import {
  applicationOnly,
  insufficientScope,
  methodNotFound,
  operationTimeLimit,
  RestError,
} from "./error.ts";
import type { Answer, Caller, Method } from "./method.ts";
import type { Params } from "./params.ts";
import { type Operating, type TimeBlock, timeBlock } from "./time-block.ts";
import type { Work } from "./work.ts";

export interface Outcome extends Answer {
  time: TimeBlock;
}

export interface Run {
  caller: Caller;
  method: Method;
  params: Params;
  work: Work;
  /** The method that the work is charged to; in a batch this may be `batch`. */
  billTo: string;
}

export function requireMethod(portal: Portal, name: string): Method {
  const method = portal.methods.get(name.toLowerCase());
  if (!method) throw methodNotFound();
  return method;
}

/** Checks in the portal's order: scope, then operating time, then the method itself. */
export function runMethod(portal: Portal, run: Run): Outcome {
  const { method, caller, work, billTo } = run;
  requireScope(portal, caller, method);
  if (method.applicationOnly && !caller.clientId) throw applicationOnly(method.applicationOnly);
  requireOperatingTime(portal, caller, billTo);
  const startedAt = portal.clock.now();
  try {
    const answer = method.run({
      portal,
      caller,
      params: run.params,
      start: asInteger(run.params.get("start")),
    });
    const seconds = answer.seconds ?? portal.limits.cost.callSeconds;
    chargeWork(portal, caller, billTo, work, seconds);
    portal.stats.called(method.name, answer.rows ?? 0);
    return {
      ...answer,
      time: timeBlock(portal.zone, startedAt, seconds, operatingOf(portal, caller, billTo)),
    };
  } catch (error) {
    chargeWork(portal, caller, billTo, work, portal.limits.cost.callSeconds);
    portal.stats.failed(method.name);
    throw error;
  }
}

function requireScope(portal: Portal, caller: Caller, method: Method): void {
  if (method.scopes.length === 0 || method.scopes.some((scope) => caller.scopes.has(scope))) return;
  throw insufficientScope(portal.limits.insufficientScopeStatus, caller.clientId ? "access" : "webhook");
}

export function requireOperatingTime(portal: Portal, caller: Caller, method: string): void {
  const { enabled, limitSeconds } = portal.limits.operating;
  if (!enabled || portal.ledger.spent(caller.credential, method) < limitSeconds) return;
  portal.stats.refusedByOperating++;
  throw operationTimeLimit();
}

function chargeWork(portal: Portal, caller: Caller, billTo: string, work: Work, seconds: number): void {
  const due = work.add(billTo, seconds, portal.limits.operating.freeSeconds);
  if (portal.limits.operating.enabled && due > 0) portal.ledger.charge(caller.credential, billTo, due);
}

/** What the time block says about the method; nothing where the limit is off. */
export function operatingOf(portal: Portal, caller: Caller, method: string): Operating | null {
  if (!portal.limits.operating.enabled) return null;
  return {
    spent: portal.ledger.spent(caller.credential, method),
    resetAt: portal.ledger.resetAt(caller.credential, method),
  };
}

/** What a caller hears of an error: the portal's own words, or that something went wrong inside. */
export function toRestError(error: unknown): RestError {
  if (error instanceof RestError) return error;
  return new RestError("INTERNAL_SERVER_ERROR", error instanceof Error ? error.message : String(error), 500);
}
