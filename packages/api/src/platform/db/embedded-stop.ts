import { spawn } from "node:child_process";
import { readdir, readlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Binaries } from "./embedded-binaries.ts";
import { isServerOf } from "./embedded-postmaster.ts";

export type StopMode = "fast" | "immediate";

/** POSIX signals that a postmaster understands; SIGKILL is the last resort, from which it recovers by its log. */
const SIGNALS: Record<StopMode, NodeJS.Signals> = { fast: "SIGINT", immediate: "SIGQUIT" };
const PATIENCE_MS: Record<StopMode, number> = { fast: 30_000, immediate: 3_000 };

/** Ends the cluster's server `pid`, gently or at once; resolves when it is gone. Does nothing to any other process. */
export async function stopServer(
  pid: number,
  data: string,
  binaries: Binaries,
  mode: StopMode,
): Promise<void> {
  if (process.platform === "win32") return runPgCtlStop(data, binaries, mode);
  for (const step of mode === "fast" ? (["fast", "immediate"] as const) : (["immediate"] as const)) {
    if (await signalAndWait(pid, data, SIGNALS[step], PATIENCE_MS[step])) return;
  }
  await signalAndWait(pid, data, "SIGKILL", PATIENCE_MS.immediate);
}

async function signalAndWait(
  pid: number,
  data: string,
  signal: NodeJS.Signals,
  patience: number,
): Promise<boolean> {
  if (!(await isServerOf(pid, data))) return true;
  process.kill(pid, signal);
  for (let waited = 0; waited < patience; waited += 10) {
    if (!(await isServerOf(pid, data))) return true;
    await delay(10);
  }
  return false;
}

async function runPgCtlStop(data: string, binaries: Binaries, mode: StopMode): Promise<void> {
  const child = spawn(binaries.pgCtl, ["stop", "-w", "-D", data, "-m", mode], {
    stdio: "ignore",
    windowsHide: true,
  });
  await new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

/**
 * Kills what a killed server's sessions left running on the cluster: they hold its shared memory, and no new server
 * starts beside them. Only called when their postmaster is known to be gone. Linux only; elsewhere they end by themselves.
 */
export async function killOrphanedSessions(data: string): Promise<void> {
  if (process.platform !== "linux") return;
  for (const name of await readdir("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => "")) !== data) continue;
    if (!/\/postgres$/.test(await readlink(`/proc/${pid}/exe`).catch(() => ""))) continue;
    process.kill(pid, "SIGKILL");
  }
}
