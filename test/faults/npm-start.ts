import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ALIASES, SETTINGS } from "../../packages/api/src/config/settings.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `npm start` is, run from a folder without the developer's own settings. */
const [, ...command] = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } }
).scripts.start
  .split(" ")
  .map((word) => (word === "tsx" ? import.meta.resolve(word) : word.replace(/^demo\//, `${root}demo/`)));

const children = new Set<ChildProcess>();
const installations = new Set<string>();

/** A fresh DATA_DIR that vanishes with this process, and what runs on it too. */
export function makeDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "b24kit-start-"));
  chmodSync(dir, 0o755);
  installations.add(dir);
  return dir;
}

/** Ends all that was started and removes its data, whatever state a failed test left. */
export function sweep(): void {
  for (const child of children) child.kill("SIGKILL");
  for (const dir of installations) {
    const pid = postmasterOf(dir);
    // SIGQUIT: the server takes its sessions with it at once.
    if (pid !== undefined && commandOf(pid).includes(dir)) process.kill(pid, "SIGQUIT");
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
  installations.clear();
}
process.once("exit", sweep);
process.once("SIGTERM", () => process.exit(1)).once("SIGINT", () => process.exit(1));

/** Process number of the database server on DATA_DIR; undefined when none runs. */
export function postmasterOf(dataDir: string): number | undefined {
  try {
    const pid = Number(
      readFileSync(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0],
    );
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // No /proc: the file itself is all there is to go by.
    return process.platform === "linux" ? "" : [...installations].join(" ");
  }
}

export interface Launch {
  readonly process: ChildProcess;
  /** All that it printed, errors too. */
  output(): string;
  /** The address in its line `ready http://…`; fails when it ends first. */
  readonly ready: Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `npm start` with these settings and no others. */
export function npmStart(settings: Record<"DATA_DIR" | "PORT" | "PORTAL_PORT", string>): Launch {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of [...Object.keys(SETTINGS), ...Object.keys(ALIASES), "NODE_TEST_CONTEXT"])
    delete env[name];
  const child = spawn(process.execPath, command, {
    cwd: tmpdir(),
    env: { ...env, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let output = "";
  const ended = once(child, "close").then(([code, signal]) => {
    children.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const ready = new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const url = /^ready (http\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    void ended.then(() => reject(new Error(`npm start ended before it was ready:\n${output}`)));
  });
  ready.catch(() => {});
  return { process: child, output: () => output, ready, ended };
}

/** The first of two neighbouring ports that nobody uses. */
export async function findPortPair(): Promise<number> {
  for (;;) {
    const first = await hold(0);
    const port = portOf(first);
    const second = await hold(port + 1).catch(() => undefined);
    for (const server of [first, second]) server?.close();
    if (second) return port;
  }
}

/** Whether nothing listens on a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const server = await hold(port).catch(() => undefined);
  server?.close();
  return server !== undefined;
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
