import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { builtProgram } from "../../built-program.ts";
import type { WorkerOptions } from "../../sync-worker.ts";

const source = new URL("../../sync-worker.ts", import.meta.url);

/** A worker in a process of its own that can be killed and replaced. */
export interface Workers {
  start(): Promise<void>;
  /** kill -9, now. */
  kill(): Promise<void>;
  /** Rejects when a worker ends by itself: whatever breaks around it, it must not. */
  readonly died: Promise<never>;
}

export function createWorkers(databaseUrl: string, options: WorkerOptions): Workers {
  let worker: ChildProcess | null = null;
  let onDeath: (reason: Error) => void;
  const died = new Promise<never>((_, reject) => {
    onDeath = reject;
  });
  died.catch(() => {});
  return {
    died,
    async start() {
      worker = fork(await builtProgram(source), [databaseUrl, JSON.stringify(options)], { execArgv: [] });
      const started = worker;
      started.once("exit", (code) => {
        if (worker === started) onDeath(new Error(`a worker ended by itself, with ${code}`));
      });
      const [message] = (await Promise.race([once(worker, "message"), once(worker, "exit")])) as unknown[];
      if (message !== "ready") throw new Error("the worker ended at its start");
    },
    async kill() {
      if (worker === null) return;
      const ended = worker;
      worker = null;
      if (ended.exitCode !== null || ended.signalCode !== null) return;
      const exit = once(ended, "exit");
      ended.kill("SIGKILL");
      await exit;
    },
  };
}
