import assert from "node:assert/strict";
import { test } from "node:test";
import { signInSettings } from "./sign-in-settings.ts";

test("a password is offered only where its tokens can be checked and its service called", () => {
  const url = "https://p.supabase.co";
  assert.deepEqual(signInSettings({}), { methods: ["key"] });
  assert.deepEqual(signInSettings({ publicUrl: url, url }), { methods: ["key"] });
  assert.deepEqual(signInSettings({ publicUrl: url, anonKey: "anon" }), { methods: ["key"] });
  assert.deepEqual(signInSettings({ url: "http://kong:8000", publicUrl: url, anonKey: "anon" }), {
    methods: ["password", "key"],
    supabaseUrl: url,
    anonKey: "anon",
  });
});

test("secrets stay inside", () => {
  const told = signInSettings({
    publicUrl: "https://p.supabase.co",
    anonKey: "anon",
    jwtSecret: "s".repeat(40),
  });
  assert.ok(!JSON.stringify(told).includes("sss"));
});
