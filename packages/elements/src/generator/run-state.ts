import type { GeneratorEntity, GeneratorRun, GeneratorState } from "@b24kit/client";
import type { IconName } from "../core/index.ts";

/** In the order they are made and shown in. */
export const ENTITIES: readonly GeneratorEntity[] = ["company", "contact", "lead", "deal"];

const ACTIVE: readonly GeneratorState[] = ["queued", "running", "held", "stopping", "undoing"];

export function isActive(run: GeneratorRun | null | undefined): boolean {
  return Boolean(run && ACTIVE.includes(run.state));
}

/** Records of all kinds: planned, made, refused. */
export function totalsOf(run: GeneratorRun): { planned: number; created: number; failed: number } {
  const sum = (key: "planned" | "created" | "failed") =>
    ENTITIES.reduce((total, entity) => total + (run.counts[entity]?.[key] ?? 0), 0);
  return { planned: sum("planned"), created: sum("created"), failed: sum("failed") };
}

/** What is still in the portal of it. */
export function leftOf(run: GeneratorRun): number {
  return totalsOf(run).created - (run.undone?.deleted ?? 0) - (run.undone?.missing ?? 0);
}

export const LOOKS: Readonly<
  Record<GeneratorState, { tone: "" | "success" | "warning" | "alert"; icon: IconName }>
> = {
  queued: { tone: "", icon: "clock" },
  running: { tone: "", icon: "refresh" },
  held: { tone: "warning", icon: "clock" },
  stopping: { tone: "warning", icon: "stop" },
  completed: { tone: "success", icon: "check" },
  stopped: { tone: "warning", icon: "stop" },
  failed: { tone: "alert", icon: "error" },
  undoing: { tone: "warning", icon: "trash" },
  undone: { tone: "", icon: "check" },
};
