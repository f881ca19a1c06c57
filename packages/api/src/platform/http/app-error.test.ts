import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError, toFailure } from "./app-error.ts";

const withCode = (code: string, message = "x") => Object.assign(new Error(message), { code });

const cases: [string, unknown, string][] = [
  ["an error of ours", new AppError("unknown_query", "There is none."), "unknown_query"],
  [
    "a portal's error",
    Object.assign(new Error("x"), { code: "insufficient_scope", detail: "crm" }),
    "insufficient_scope",
  ],
  ["a refused connection to the database", withCode("ECONNREFUSED"), "database_unavailable"],
  [
    "the same for a name with several addresses",
    Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }),
    "database_unavailable",
  ],
  ["a server that shuts down", withCode("57P01"), "database_unavailable"],
  ["a server with too many connections", withCode("53300"), "database_unavailable"],
  [
    "a pool without a free connection",
    new Error("timeout exceeded when trying to connect"),
    "database_unavailable",
  ],
  ["a statement that took too long", withCode("57014"), "query_timeout"],
  [
    "a broken constraint",
    Object.assign(withCode("23505"), { detail: "Key (id)=(1) already exists." }),
    "internal",
  ],
  ["a programming error", new TypeError("x is undefined"), "internal"],
  ["something thrown that is no error", "oops", "internal"],
];
for (const [what, error, code] of cases) {
  test(`${what} is ${code}`, () => {
    assert.equal(toFailure(error).code, code);
  });
}

test("what is unknown keeps its words to itself", () => {
  assert.doesNotMatch(JSON.stringify(toFailure(new Error("password=hunter2"))), /hunter2/);
});
