import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { WorkerOptions } from "../../sync-worker.ts";

const source = fileURLToPath(new URL("../../sync-worker.ts", import.meta.url));
const folder = fileURLToPath(new URL("../../../node_modules/.cache/b24kit-worker/", import.meta.url));
let built: Promise<string> | undefined;

/** The worker as one file: a process that starts in a fifth of the time, for tests that kill many. */
function buildWorker(): Promise<string> {
  built ??= (async () => {
    mkdirSync(folder, { recursive: true });
    const outfile = `${folder}${process.pid}.mjs`;
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      conditions: ["@b24kit/source"],
      logLevel: "error",
    });
    return outfile;
  })();
  return built;
}

/** A worker in a process of its own that can be killed and replaced. */
export interface Workers {
  start(): Promise<void>;
  /** kill -9, now. */
  kill(): Promise<void>;
}

export function createWorkers(databaseUrl: string, options: WorkerOptions): Workers {
  let worker: ChildProcess | null = null;
  return {
    async start() {
      worker = fork(await buildWorker(), [databaseUrl, JSON.stringify(options)], { execArgv: [] });
      const [message] = (await Promise.race([once(worker, "message"), once(worker, "exit")])) as unknown[];
      if (message !== "ready") throw new Error("the worker ended at its start");
    },
    async kill() {
      if (worker === null) return;
      const exit = once(worker, "exit");
      worker.kill("SIGKILL");
      worker = null;
      await exit;
    },
  };
}
