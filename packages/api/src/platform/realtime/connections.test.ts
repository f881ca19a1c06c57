import assert from "node:assert/strict";
import { test } from "node:test";
import type { Caller } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";
import { countConnections } from "./connections.ts";

const person = (subject: string): Caller => ({ kind: "user", subject, rights: new Set(), portals: "all" });

test("each caller has a number of connections; one that left makes room, leaving twice does not", () => {
  const connections = countConnections({ user: 2, page: 1, key: 1 });
  const leave = connections.enter(person("a"), () => {});
  connections.enter(person("a"), () => {});
  assert.throws(() => connections.enter(person("a"), () => {}), AppError);
  connections.enter(person("b"), () => {});
  assert.equal(connections.count(), 3);
  leave();
  leave();
  connections.enter(person("a"), () => {});
  assert.throws(() => connections.enter(person("a"), () => {}), AppError);
});

test("closing all tells every connection", () => {
  const connections = countConnections();
  const told: string[] = [];
  for (const name of ["a", "b"]) {
    const leave = connections.enter(person(name), () => {
      told.push(name);
      leave();
    });
  }
  connections.closeAll();
  assert.deepEqual([told, connections.count()], [["a", "b"], 0]);
});

test("strangers who say nothing are limited together", () => {
  const connections = countConnections();
  const leaving = Array.from({ length: 500 }, () => connections.knock());
  assert.equal(connections.knock(), null);
  leaving[0]?.();
  leaving[0]?.();
  assert.ok(connections.knock());
  assert.equal(connections.knock(), null);
});
