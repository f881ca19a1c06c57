import { waitUntil as wait } from "@open-wc/testing";

/** Waits in a page for what its elements bring about; it gives up where something hangs, not where cores are busy. */
export function waitUntil(holds: () => unknown, what?: string): Promise<void> {
  return wait(holds as () => boolean, what, { interval: 10, timeout: 50_000 });
}
