import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report, Scenarios } from "./driver.ts";

export interface Driver {
  /** Runs a scenario in the SDK's process; answers what it answered, as JSON carried it over. */
  run<Name extends keyof Scenarios>(
    scenario: Name,
    input: Parameters<Scenarios[Name]>[0],
  ): ReturnType<Scenarios[Name]>;
  close(): Promise<void>;
}

/**
 * Starts the process of the SDK.
 * @param cert PEM that it is to trust
 * @param env its environment otherwise
 */
export async function startDriver(cert: string, env: NodeJS.ProcessEnv): Promise<Driver> {
  const folder = await mkdtemp(join(tmpdir(), "b24kit-sdk-"));
  const file = join(folder, "portal.pem");
  await writeFile(file, cert);
  const child = fork(fileURLToPath(new URL("driver.ts", import.meta.url)), {
    execArgv: ["--conditions=@b24kit/source", "--import", "tsx"],
    env: { ...env, NODE_EXTRA_CA_CERTS: file },
  });
  const waiting = new Map<number, (report: Report) => void>();
  child.on("message", (report: Report) => waiting.get(report.number)?.(report));
  child.once("exit", () => {
    for (const [number, tell] of waiting) tell({ number, failure: "the SDK's process has ended" });
  });
  let count = 0;
  const ask = async (scenario: string, input: unknown): Promise<unknown> => {
    const number = ++count;
    const report = new Promise<Report>((resolve) => waiting.set(number, resolve));
    child.send({ number, scenario, input });
    const said = await report;
    waiting.delete(number);
    if ("failure" in said) throw new Error(said.failure);
    return said.result;
  };
  return {
    run: ask as Driver["run"],
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
