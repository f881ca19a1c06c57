import assert from "node:assert/strict";
import { test } from "node:test";
import type { Caller } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";
import { createLogger } from "../log/logger.ts";
import { openChannel } from "./channel.ts";
import { countConnections } from "./connections.ts";
import { awaitSignIn } from "./sign-in.ts";

const caller: Caller = { kind: "page", subject: "p", rights: new Set(["data:read"]), portals: "all" };

test("a client that leaves while its token is checked is not counted in", async () => {
  const connections = countConnections();
  let checked = (_caller: Caller) => {};
  const signIn = awaitSignIn({
    auth: {
      fromToken: () =>
        new Promise((resolve) => {
          checked = resolve;
        }),
    },
    connections,
    now: Date.now,
    address: "a",
    onEnd: () => {},
    onRestart: () => {},
    onRecheck: () => {},
  });
  const authenticating = signIn!.authenticate("t");
  signIn!.close();
  checked(caller);
  await assert.rejects(authenticating, AppError);
  assert.equal(connections.count(), 0);
});

test("a client that leaves while its portal is looked up is not subscribed", async () => {
  let subscribed = 0;
  let found = (_portal: { id: number }) => {};
  const channel = openChannel({
    hub: {
      bus: {
        subscribe: () => {
          subscribed += 1;
          return () => {};
        },
        since: async () => null,
        head: async () => 0,
      },
      topics: {
        sync: { right: "data:read", snapshot: async () => ({}) },
        generator: { right: "data:read", snapshot: async () => ({}) },
      },
      resolvePortal: () =>
        new Promise((resolve) => {
          found = resolve;
        }),
    },
    outlet: { send: () => {}, buffered: () => 0 },
    log: createLogger({ level: "silent", form: "json" }),
    requestId: "r",
  });
  await channel.setCaller(caller);
  const subscribing = channel.subscribe({ topic: "sync" });
  channel.close();
  found({ id: 1 });
  await subscribing;
  assert.equal(subscribed, 0);
});
