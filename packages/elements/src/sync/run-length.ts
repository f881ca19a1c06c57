import type { SyncRun } from "@b24kit/client";

/** Length of a finished run in seconds. */
export function secondsOf(run: SyncRun): number {
  if (!run.startedAt || !run.finishedAt) return 0;
  return Math.max(0, (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000);
}
