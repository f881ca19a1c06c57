import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal, type TestPortal } from "../testing.ts";
import { conforms, type Shape } from "./shape.ts";

/** One thing that a method must do. Each runs on a fresh portal of its own. */
export interface Case {
  method: string;
  /** What is asked, in a few words. */
  when: string;
  /** The topic of the documentation that says so. */
  topic: string;
  params?: unknown;
  /** Calls before it: `[method, params]`. */
  after?: readonly (readonly [string, unknown])[];
  /** Scopes of the webhook that calls; without them the one that may everything. */
  scopes?: readonly string[];
  /** Person that the webhook acts for. */
  userId?: number;
  result?: Shape;
  total?: Shape;
  next?: Shape;
  /** Code, and what the description says. */
  error?: readonly [code: string, says: RegExp | string];
  /** HTTP status: 200, or 400 with an error, unless told otherwise. */
  status?: number;
  /** Another call that shows what it has done. */
  shows?: readonly [method: string, params: unknown, result: Shape];
}

export function runCases(cases: readonly Case[]): void {
  for (const row of cases) test(`${row.method}: ${row.when} (${row.topic})`, () => runCase(row));
}

async function runCase(row: Case): Promise<void> {
  const portal = openTestPortal();
  for (const [method, params] of row.after ?? []) {
    const { body } = await portal.call(method, params);
    assert.ok("result" in body, `${method}: ${JSON.stringify(body)}`);
  }
  const { status, body } = await callAs(portal, row);
  assert.equal(status, row.status ?? (row.error ? 400 : 200), JSON.stringify(body));
  if (row.error) checkError(body, row.error);
  else assert.ok(typeof body.time.start === "number" && typeof body.time.date_start === "string");
  for (const part of ["result", "total", "next"] as const) {
    if (row[part] !== undefined) conforms(body[part], row[part], part);
  }
  if (row.shows) {
    const [method, params, shape] = row.shows;
    conforms((await portal.call(method, params)).body.result, shape, `${method}.result`);
  }
  assert.equal(portal.control.stats().crashed, 0);
}

function callAs(portal: TestPortal, { method, params = {}, scopes, userId }: Case) {
  if (!scopes && !userId) return portal.call(method, params);
  const { path } = portal.control.createWebhook({
    scopes: (scopes ?? ["crm"]) as "crm"[],
    userId: userId ?? 1,
  });
  return portal.send(`${path}${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
}

function checkError(body: Record<string, unknown>, [code, says]: NonNullable<Case["error"]>): void {
  assert.equal("result" in body, false);
  assert.equal(body.error, code);
  if (typeof says === "string") assert.equal(body.error_description, says);
  else assert.match(String(body.error_description), says);
}
