import type { GeneratorChange } from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import { systemClock } from "../../platform/bitrix/clock.ts";
import type { TopicSource } from "../../platform/realtime/topics.ts";
import { type Attendance, keepAttendance } from "./attend.ts";
import {
  DEFAULT_SETTINGS,
  GENERATOR_TOPIC,
  type GeneratorDeps,
  type GeneratorSettings,
  ownerOf,
} from "./deps.ts";
import { getStatus } from "./get-status.ts";
import type { Report } from "./report.ts";
import { type Runner, startRunner } from "./runner.ts";
import { makingStates } from "./states.ts";

export type GeneratorOptions = Omit<GeneratorDeps, "clock" | "settings"> & {
  readonly clock?: GeneratorDeps["clock"];
  readonly settings?: Partial<GeneratorSettings>;
};

export interface Generator {
  readonly deps: GeneratorDeps;
  /** The topic of the WebSocket: everybody sees their own runs, and a tab that names its session is present by it. */
  readonly topic: TopicSource;
  /** Works on runs in this process until `stop`; for the roles `worker` and `all`. */
  work(): void;
  /** Leaves every run where another process can continue it. */
  stop(): Promise<void>;
}

export function createGenerator({ clock = systemClock, settings, ...options }: GeneratorOptions): Generator {
  const deps: GeneratorDeps = { ...options, clock, settings: { ...DEFAULT_SETTINGS, ...settings } };
  let attendance: Attendance | null = null;
  let runner: Runner | null = null;
  let unsubscribe = () => {};
  const urgent: readonly string[] = ["queued", "held", "stopping", "undoing"];

  return {
    deps,
    topic: {
      right: "data:read",
      snapshot: (portalId, caller) => getStatus(deps, ownerOf(portalId, caller)),
      view(change, portalId, caller) {
        const { person, ...own } = change as Report;
        return person === ownerOf(portalId, caller).person ? (own satisfies GeneratorChange) : undefined;
      },
      attend(portalId: number, caller: Caller, session: string) {
        attendance ??= keepAttendance(deps);
        return attendance.enter(ownerOf(portalId, caller), session);
      },
    },
    work() {
      runner ??= startRunner(deps);
      unsubscribe = deps.bus.subscribe(GENERATOR_TOPIC, "any", ({ data }) => {
        const { run } = data as Report;
        // Progress is no reason to look for work; a run that waits for somebody is.
        if (!urgent.includes(run.state)) return;
        if (!makingStates.includes(run.state)) runner?.leave(run.id);
        runner?.wake();
      });
    },
    async stop() {
      unsubscribe();
      await runner?.stop();
      runner = null;
      await attendance?.stop();
      attendance = null;
    },
  };
}
