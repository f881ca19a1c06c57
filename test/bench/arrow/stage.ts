import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ClientReport, ClientTask, ServerUsage, VariantName } from "./protocol.ts";

export interface Run extends ClientReport {
  readonly server: ServerUsage;
  readonly variant: VariantName;
}

interface RunOptions extends Pick<ClientTask, "pauseMs" | "inspect"> {
  /** Memory is what counts: garbage is collected before. */
  readonly memory?: boolean;
}

/** A server and a client process of one variant, so that no variant lives in another's heap. */
export class Stage {
  readonly variant: VariantName;
  private readonly server: ChildProcess;
  private readonly client: ChildProcess;
  private readonly port: number;

  private constructor(variant: VariantName, server: ChildProcess, client: ChildProcess, port: number) {
    this.variant = variant;
    this.server = server;
    this.client = client;
    this.port = port;
  }

  static async open(variant: VariantName, databaseUrl: string): Promise<Stage> {
    const server = start("server.ts", { BENCH_DATABASE_URL: databaseUrl });
    const client = start("client.ts", {});
    const { port } = await ask<{ port: number }>(server);
    return new Stage(variant, server, client, port);
  }

  /** One request of `rows` rows, measured on both sides. */
  async run(rows: number, options: RunOptions = {}): Promise<Run> {
    const path = this.variant === "h3" ? "/api/v1/queries/bench" : `/${this.variant}`;
    const { memory, ...rest } = options;
    await ask(this.server, memory ? "tidy" : "reset");
    const task: ClientTask = {
      url: `http://127.0.0.1:${this.port}${path}?limit=${rows}`,
      variant: this.variant,
      ...rest,
    };
    const report = await ask<ClientReport>(this.client, task);
    const server = await ask<ServerUsage>(this.server, "usage");
    return { ...report, server, variant: this.variant };
  }

  /** Ends both processes and waits for it: the database is dropped next. */
  async close(): Promise<void> {
    const exits = [this.server, this.client].map((child) => once(child, "exit"));
    this.server.disconnect();
    this.client.disconnect();
    await Promise.all(exits);
  }
}

function start(file: string, env: Record<string, string>): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), {
    serialization: "advanced",
    env: { ...process.env, ...env },
  });
}

/** Sends a message and waits for the next one that comes back. */
function ask<T>(child: ChildProcess, message?: string | ClientTask): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`A process of the bench ended with code ${code}.`));
    child.once("exit", onExit);
    child.once("message", (answer) => {
      child.removeListener("exit", onExit);
      resolve(answer as T);
    });
    if (message !== undefined) child.send(message);
  });
}
