import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../packages/api/src/main.ts", import.meta.url));

/** The program as `npm run serve` runs it. */
export interface Served {
  readonly child: ChildProcess;
  /** Its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Waits until it has printed this. Rejects where it ends first. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until it answers; where. */
  ready(): Promise<string>;
  output(): string;
}

/** Starts the program with these settings and no others. */
export function serve(env: Record<string, string>): Served {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--conditions=@b24kit/source", "--import", "tsx", main], {
    env: { PATH, HOME, ...env },
  });
  let output = "";
  const waiting = new Set<() => void>();
  const take = (chunk: Buffer) => {
    output += chunk;
    for (const check of waiting) check();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = once(child, "close").then(([code]) => {
    for (const check of waiting) check();
    return code as number | null;
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(output);
        if (found) resolve(found);
        else if (child.exitCode !== null || child.signalCode !== null)
          reject(new Error(`ended without ${pattern}:\n${output}`));
        else return;
        waiting.delete(check);
      };
      waiting.add(check);
      check();
    });
  const ready = async () => (await until(/"url":"(http:[^"]+)".*"msg":"ready"/))[1]!;
  return { child, ended, until, ready, output: () => output };
}
