import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { isFresh } from "../../tools/build/freshness.mjs";

const FOLDER = "storybook-static";
const INPUTS = [
  "stories",
  ".storybook",
  "packages/elements/src",
  "packages/client/src",
  "packages/elements/custom-elements.json",
  "package-lock.json",
];
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export interface Catalogue {
  url: string;
  stories: { id: string; title: string; name: string }[];
  close(): Promise<void>;
}

/** Builds the catalogue unless it is newer than everything it is made from. */
async function build(): Promise<void> {
  if (await isFresh({ inputs: INPUTS, stamp: join(FOLDER, "index.json") })) return;
  const storybook = join("node_modules", "storybook", "dist", "bin", "dispatcher.js");
  const child = spawn(process.execPath, [storybook, "build", "--disable-telemetry", "--quiet"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: "1", NO_COLOR: "1", CI: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Error(`storybook build failed:\n${output}`);
}

/** The built catalogue of stories on a free loopback port. */
export async function serveCatalogue(): Promise<Catalogue> {
  await build();
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    try {
      const body = await readFile(join(FOLDER, path));
      response
        .writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const index = JSON.parse(await readFile(join(FOLDER, "index.json"), "utf8"));
  type Entry = { id: string; title: string; name: string; type: string };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stories: (Object.values(index.entries) as Entry[]).filter(({ type }) => type === "story"),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
