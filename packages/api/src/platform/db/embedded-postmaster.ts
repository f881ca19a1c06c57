import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What `postmaster.pid` says of the server that made it, which may be long gone. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads a cluster's `postmaster.pid`: undefined when there is none or it is being written. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? "").trim() === "ready" };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Whether `pid` really is a PostgreSQL server of this cluster: numbers are used again, by anyone. Must be true before
 * any signal is sent. A zombie is not a server. Windows only tells the program's name.
 */
export async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "win32") return isPostgresTask(pid);
  const command = process.platform === "linux" ? await readProcCommand(pid) : await readPsCommand(pid);
  if (!/^postgres\b/.test(basename(command[0] ?? ""))) return false;
  if (`${command.join(" ")} `.includes(`-D ${data} `)) return true;
  return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === data;
}

async function isPostgresTask(pid: number): Promise<boolean> {
  const filter = ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"];
  const { stdout } = await run("tasklist", filter, { windowsHide: true }).catch(() => ({ stdout: "" }));
  return /^"postgres\.exe"/im.test(stdout);
}

async function readProcCommand(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return text.split("\0");
}

async function readPsCommand(pid: number): Promise<string[]> {
  const { stdout } = await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  const end = stdout.indexOf(" -D ");
  return end < 0 ? stdout.trim().split(" ") : [stdout.slice(0, end), stdout.slice(end + 1).trim()];
}
