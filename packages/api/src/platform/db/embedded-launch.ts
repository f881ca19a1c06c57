import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rename, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Binaries } from "./embedded-binaries.ts";
import { childEnvironment } from "./embedded-cluster.ts";
import { runAs } from "./embedded-identity.ts";
import type { Place } from "./embedded-place.ts";

const LOG_LIMIT = 5_000_000;

/** Small enough for a laptop, and safe: every commit reaches the disk. */
const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  max_connections: "60",
  shared_buffers: "128MB",
  maintenance_work_mem: "64MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "512MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  // A failed statement may hold what people wrote; its error reaches the program anyway.
  log_min_error_statement: "panic",
  // The default would make our schema, which is named like the role, the home of unqualified names.
  search_path: "public",
  cluster_name: "b24kit",
};

/** A server that was told to start; it may yet fail. */
export interface Launch {
  /** Resolves when the program that was started ends, with what to say about it. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** What the server has logged since this launch. */
  logged(): Promise<string>;
}

/** Starts a server on the cluster, apart from our terminal and our life: it is stopped by stopping, not by Ctrl+C. */
export async function launchServer(
  place: Place,
  binaries: Binaries,
  port: number,
  settings: Record<string, string> = {},
): Promise<Launch> {
  const logFile = join(place.home, "log");
  await rotateLog(logFile);
  const log = await open(logFile, "a", 0o600);
  const start = (await log.stat()).size;
  try {
    const options = Object.entries({ ...SETTINGS, ...settings, port: String(port) });
    const child = process.platform === "win32" ? byPgCtl() : directly();
    child.unref();
    return watch(child, async () => (await readFile(logFile)).subarray(start).toString("utf8"));

    function directly(): ChildProcess {
      const args = options.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      return spawn(binaries.postgres, ["-D", place.data, ...args], {
        ...runAs(place.identity),
        ...childEnvironment(),
        cwd: place.home,
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
      });
    }
    // Windows: only pg_ctl gives up administrator rights, with which the server refuses to run.
    function byPgCtl(): ChildProcess {
      const line = options.map(([name, value]) => `-c ${name}=${value}`).join(" ");
      return spawn(binaries.pgCtl, ["start", "-w", "-D", place.data, "-l", logFile, "-o", line], {
        cwd: place.home,
        stdio: "ignore",
        windowsHide: true,
      });
    }
  } finally {
    await log.close();
  }
}

function watch(child: ChildProcess, logged: () => Promise<string>): Launch {
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      over = true;
      resolve(how);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => {
      // On Windows it is pg_ctl that ends, well, when the server is ready.
      if (process.platform !== "win32" || code !== 0) end(signal ? `killed by ${signal}` : `exit ${code}`);
    });
  });
  return { ended, hasEnded: () => over, logged };
}

async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(file, `${file}.1`);
}

/** The wished port if it is free on the loopback, else any free one. */
export async function findFreePort(wished: number | undefined): Promise<number> {
  if (wished) {
    const port = await tryListen(wished).catch(() => undefined);
    if (port) return port;
  }
  return tryListen(0);
}

function tryListen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
