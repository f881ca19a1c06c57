import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv } from "./environment.ts";
import { type PageNeeds, pagePolicy } from "./security-headers.ts";

export interface StaticFiles {
  /** Folder on disk. Names that begin with a dot are never served. */
  readonly dir: string;
  /** Path under which the folder appears, with both slashes: `/` or `/demo/`. */
  readonly at: string;
  /** Whole addresses that stand for files of the folder, e.g. `{"/": "home.html"}`. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Any site may load these files: the script-tag build. */
  readonly crossOrigin?: boolean;
  readonly needs?: PageNeeds;
}

interface Stored {
  readonly modified: number;
  readonly etag: string;
  readonly type: string;
  readonly bytes: Readonly<Record<"identity" | "br" | "gzip", Uint8Array<ArrayBuffer>>>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/** A content hash in the name means that the content never changes: `chart-1a2b3c4d.js`. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(js|css|woff2|map)$/;

/** Serves a folder's files from memory, compressed once; a file that changed on disk is read again. */
export function staticFiles(options: StaticFiles): MiddlewareHandler<AppEnv> {
  const stored = new Map<string, Stored>();
  return async (c, next) => {
    const name = c.req.method === "GET" || c.req.method === "HEAD" ? nameOf(c.req.path, options) : null;
    const file = name === null ? null : await load(join(options.dir, name), stored);
    if (!file || name === null) return next();
    c.set("route", options.crossOrigin ? "/b24.js" : options.at);
    return answer(c, file, name, options);
  };
}

/** Path inside the folder, or null where the address cannot mean one of its files. */
function nameOf(path: string, { at, pages }: StaticFiles): string | null {
  const page = pages?.[path];
  if (page !== undefined) return page;
  if (!path.startsWith(at) || path.includes("%") || path.includes("\\") || path.includes("\0")) return null;
  const name = path.slice(at.length);
  const segments = name.split("/");
  return segments.every((segment) => segment !== "" && !segment.startsWith(".")) && extname(name) in TYPES
    ? name
    : null;
}

async function load(path: string, stored: Map<string, Stored>): Promise<Stored | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  const known = stored.get(path);
  if (known?.modified === found.mtimeMs) return known;
  const identity = new Uint8Array(await readFile(path));
  const fresh = {
    modified: found.mtimeMs,
    etag: createHash("sha256").update(identity).digest("base64url").slice(0, 22),
    type: TYPES[extname(path)]!,
    bytes: { identity, ...(await compress(identity)) },
  };
  stored.set(path, fresh);
  return fresh;
}

/** Quality 6 costs tens of milliseconds a file, once. */
async function compress(bytes: Uint8Array) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 6,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
  };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes, { params }), promisify(gzip)(bytes)]);
  return { br: new Uint8Array(br), gzip: new Uint8Array(gz) };
}

function answer(c: AppContext, file: Stored, name: string, options: StaticFiles): Response {
  const accepted = c.req.header("Accept-Encoding") ?? "";
  const coding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : "identity";
  const etag = `"${file.etag}-${coding}"`;
  c.header("ETag", etag);
  c.header("Vary", "Accept-Encoding");
  c.header("Content-Type", file.type);
  c.header("Cache-Control", HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.type.startsWith("text/html")) c.header("Content-Security-Policy", pagePolicy(c, options.needs));
  if (options.crossOrigin) {
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
  }
  const seen = c.req.header("If-None-Match")?.split(/,\s*/);
  if (seen?.some((tag) => tag.replace(/^W\//, "") === etag)) return c.body(null, 304);
  if (coding !== "identity") c.header("Content-Encoding", coding);
  return c.req.method === "HEAD" ? c.body(null) : c.body(file.bytes[coding]);
}
