import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";

const FOLDER = new URL("./assets/", import.meta.url);
const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The names of the files that pages ask for; nothing else is ever read. */
const NAMES = new Set(readdirSync(FOLDER));

/** Sends one of the face's own files, or null where there is none of that name. */
export function answerAsset(name: string): Response | null {
  const type = TYPES[extname(name)];
  if (!type || !NAMES.has(name)) return null;
  return new Response(readFileSync(new URL(name, FOLDER)), {
    headers: { "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" },
  });
}
