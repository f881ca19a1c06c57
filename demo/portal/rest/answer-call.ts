import type { Portal } from "../portal.ts";
import { authorize } from "./authorize.ts";
import { runBatch } from "./batch.ts";
import type { Answer } from "./method.ts";
import type { Params } from "./params.ts";
import type { RestPath } from "./path.ts";
import { operatingOf, requireMethod, requireOperatingTime, runMethod } from "./run-method.ts";
import { timeBlock } from "./time-block.ts";
import { Work } from "./work.ts";

export interface CallAnswer {
  body: Record<string, unknown>;
  /** Seconds that the portal worked. */
  seconds: number;
}

/** Answers one call in the portal's order of checks: the method exists, the caller may, the limits allow. */
export function answerCall(portal: Portal, path: RestPath, params: Params): CallAnswer {
  const work = new Work();
  if (path.method.toLowerCase() === "batch") return answerBatch(portal, path, params, work);
  const method = requireMethod(portal, path.method);
  const caller = authorize(portal, path, params);
  portal.makeErrorFault(method.name);
  const { time, ...answer } = runMethod(portal, { caller, method, params, work, billTo: method.name });
  return { body: { ...envelope(answer), time }, seconds: work.seconds };
}

function answerBatch(portal: Portal, path: RestPath, params: Params, work: Work): CallAnswer {
  const caller = authorize(portal, path, params);
  const byBatch = portal.limits.operating.billing === "batch";
  if (byBatch) requireOperatingTime(portal, caller, "batch");
  const startedAt = portal.clock.now();
  portal.stats.batches++;
  const answer = runBatch(portal, caller, params, work);
  const operating = byBatch ? operatingOf(portal, caller, "batch") : null;
  return {
    body: { ...envelope(answer), time: timeBlock(portal.zone, startedAt, work.seconds, operating) },
    seconds: work.seconds,
  };
}

function envelope({ result, total, next }: Answer): Record<string, unknown> {
  return { result, ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }) };
}
