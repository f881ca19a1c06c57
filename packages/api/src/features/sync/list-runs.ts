import type { Entity, SyncRun } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { selectRuns } from "./store/status.ts";

export interface RunsAsked {
  readonly entity?: Entity | undefined;
  /** Id of a run: only older ones. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Runs of a portal, newest first. */
export function listRuns(
  { db }: Pick<SyncDeps, "db">,
  portalId: number,
  asked: RunsAsked,
): Promise<SyncRun[]> {
  return selectRuns(db.pool, portalId, asked);
}
