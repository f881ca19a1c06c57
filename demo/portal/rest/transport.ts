import { setTimeout as wait } from "node:timers/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Fault, Faults } from "../limits/faults.ts";
import { asMap } from "../php.ts";
import type { Portal } from "../portal.ts";
import { answerCall, type CallAnswer } from "./answer-call.ts";
import { expiredToken, operationTimeLimit, queryLimitExceeded, RestError } from "./error.ts";
import { breakConnection, htmlPage, jsonAnswer, keepWaiting } from "./http-answer.ts";
import type { Params } from "./params.ts";
import { readPath } from "./path.ts";
import { readContextParams } from "./read-request.ts";
import { toRestError } from "./run-method.ts";
import { wantsXml, xmlAnswer } from "./xml.ts";

/** Answers one HTTP request to /rest/, in JSON or, where the address says so, in XML. */
export async function answerRest(portal: Portal, c: Context): Promise<Response> {
  const answered = await answerRequest(portal, c);
  return wantsXml(new URL(c.req.url).pathname) ? xmlAnswer(answered) : answered;
}

/** The bucket first, then planned faults, then the call itself. */
async function answerRequest(portal: Portal, c: Context): Promise<Response> {
  portal.stats.requested();
  const { rate } = portal.limits;
  if (rate.enabled && !portal.bucket.take(sourceAddress(c), rate.burst, rate.drainPerSecond)) {
    portal.stats.refusedByRate++;
    return refusal(queryLimitExceeded());
  }
  const path = readPath(new URL(c.req.url).pathname);
  const params = await readContextParams(c);
  const fault = portal.faults.strike(calledMethods(path.method, params));
  if (fault) portal.stats.faultsMade++;
  const instead = fault ? await makeFault(portal.faults, fault, c) : null;
  if (instead) return instead;
  const answered = await answer(portal, () => answerCall(portal, path, params));
  return fault?.effect === "loseResponse" ? breakConnection(c) : answered;
}

/** The method of a request, and of the commands of a batch, for faults to match. */
function calledMethods(method: string, params: Params): string[] {
  if (method.toLowerCase() !== "batch") return [method];
  const commands = Object.values(asMap(params.get("cmd")) ?? {}).filter(
    (command) => typeof command === "string",
  );
  return [method, ...commands.map((command) => command.split("?")[0] as string)];
}

async function answer(portal: Portal, call: () => CallAnswer): Promise<Response> {
  const { real, requestSeconds } = portal.limits.cost;
  try {
    const { body, seconds } = call();
    if (real) await portal.clock.sleep(Math.min(seconds, requestSeconds) * 1000);
    if (seconds <= requestSeconds) return jsonAnswer(body, 200);
    portal.stats.timedOut++;
    return htmlPage(504, "504 Gateway Time-out");
  } catch (error) {
    const refused = toRestError(error);
    if (!(error instanceof RestError)) portal.stats.crashed++;
    if (refused.status === 401) portal.stats.refusedByAuth++;
    return refusal(refused);
  }
}

/** What a fault answers in the place of the portal; null where the call goes on. */
export async function makeFault(faults: Faults, fault: Fault, c: Context): Promise<Response | null> {
  switch (fault.effect) {
    case "delay":
      await wait(fault.delayMs, undefined, { signal: faults.cleared }).catch(() => undefined);
      return null;
    case "drop":
      return keepWaiting(c);
    case "reset":
      return breakConnection(c);
    case "html502":
      return htmlPage(502, "502 Bad Gateway");
    case "503":
      return refusal(queryLimitExceeded());
    case "429":
      return refusal(operationTimeLimit());
    case "expiredToken":
      return refusal(expiredToken());
    case "wrongJson":
      return new Response('{"result":[{"ID":"1","TITLE":"Сдел', {
        headers: { "content-type": "application/json" },
      });
    default:
      return null;
  }
}

function refusal(error: RestError): Response {
  return jsonAnswer(error.toJSON(), error.status);
}

function sourceAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "unknown";
  } catch {
    return "in process";
  }
}
