import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createFastClock } from "../../fast-clock.ts";
import type { PortalTask, PortalUsage } from "./portal.ts";

/** An emulated portal in another process, and the fast clock that both sides go by. */
export interface Stand {
  readonly webhookUrl: string;
  readonly clock: ReturnType<typeof createFastClock>;
  usage(): Promise<PortalUsage>;
  close(): Promise<void>;
}

export async function openStand(deals: number, pageSeconds: number, speed: number): Promise<Stand> {
  const time = { origin: Date.now(), speed };
  const task: PortalTask = { deals, pageSeconds, time };
  const child = startChild("portal.ts", JSON.stringify(task));
  const [{ webhookUrl }] = (await once(child, "message")) as [{ webhookUrl: string }];
  return {
    webhookUrl,
    clock: createFastClock(time),
    usage: () => ask<PortalUsage>(child),
    close: () => end(child),
  };
}

export const startChild = (file: string, argument: string, flags: readonly string[] = []): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), [argument], {
    execArgv: [...process.execArgv, ...flags],
  });

export async function ask<T>(child: ChildProcess): Promise<T> {
  const answer = once(child, "message");
  child.send("tell");
  return (await answer)[0] as T;
}

export async function end(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.disconnect();
  await exit;
}
