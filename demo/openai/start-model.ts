import { readdir, readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createModelApp } from "./app.ts";
import { createModel, type Model } from "./model.ts";
import { type Entry, Script } from "./script.ts";

export interface RunningModel {
  /** For OPENAI_BASE_URL: `http://127.0.0.1:8084/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  /** The controls of `/_emulator/`, without HTTP. */
  readonly model: Model;
  close(): Promise<void>;
}

/** Starts the scripted model. Its script is every file of `data/`, unless another one is given. */
export async function startModel(
  options: { port?: number; script?: readonly Entry[] } = {},
): Promise<RunningModel> {
  const model = createModel(options.script ?? (await readScripts()));
  const server = createAdaptorServer({ fetch: createModelApp(model).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    model,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

async function readScripts(): Promise<Entry[]> {
  const dir = new URL("data/", import.meta.url);
  const files = (await readdir(dir)).filter((name) => name.endsWith(".json")).sort();
  const scripts = await Promise.all(files.map((name) => readFile(new URL(name, dir), "utf8")));
  return scripts.flatMap((text) => Script.parse(JSON.parse(text)));
}
