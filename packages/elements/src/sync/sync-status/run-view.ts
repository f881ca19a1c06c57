import type { EntityStatus, RunState, SyncRun } from "@b24kit/client";
import type { IconName } from "../../core/index.ts";
import type { SyncMessages } from "../messages.ts";

const ACTIVE: readonly RunState[] = ["queued", "running", "waiting", "paused"];

/** Whether a run is still to end. */
export function isActive(run: SyncRun | null): run is SyncRun {
  return run !== null && ACTIVE.includes(run.state);
}

/** Whether the portal does not give this entity, for want of a scope that it alone needs. */
export function isUnavailable({ run, lastCompletedAt }: EntityStatus): boolean {
  return run?.state === "failed" && run.error?.code === "insufficient_scope" && lastCompletedAt === null;
}

export type Tone = "neutral" | "info" | "success" | "warning" | "alert";

const TONES: Record<RunState, Tone> = {
  queued: "info",
  running: "info",
  waiting: "warning",
  paused: "neutral",
  completed: "success",
  failed: "alert",
  cancelled: "neutral",
};

const ICONS: Record<RunState, IconName> = {
  queued: "clock",
  running: "refresh",
  waiting: "clock",
  paused: "pause",
  completed: "check",
  failed: "error",
  cancelled: "stop",
};

/** The run's state as a badge: never colour alone. */
export function badgeOf(status: EntityStatus, t: SyncMessages): { tone: Tone; icon: IconName; text: string } {
  const { run } = status;
  if (isUnavailable(status)) return { tone: "warning", icon: "lock", text: t.stateUnavailable };
  if (!run) return { tone: "neutral", icon: "empty", text: t.stateNone };
  const texts: Record<RunState, string> = {
    queued: t.stateQueued,
    running: t.stateRunning[run.type],
    waiting: t.stateWaiting,
    paused: t.statePaused,
    completed: t.stateCompleted,
    failed: t.stateFailed,
    cancelled: t.stateCancelled,
  };
  return { tone: TONES[run.state], icon: ICONS[run.state], text: texts[run.state] };
}
