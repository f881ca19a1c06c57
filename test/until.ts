import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

/** Waits for what other processes bring about; it gives up where something hangs, not where cores are busy. */
export async function until(
  holds: () => Promise<boolean> | boolean,
  what: string,
  ms = 120_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited ${ms / 1_000} s for ${what}`);
    await delay(10);
  }
}
