import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The demo's SECRET_KEY: made once and kept in DATA_DIR, so that what it encrypted can be read after a restart. */
export function demoSecretKey(dataDir: string): string {
  const path = join(dataDir, "secret-key");
  const kept = read(path);
  if (kept) return kept;
  mkdirSync(dataDir, { recursive: true });
  const made = `${path}.${process.pid}`;
  writeFileSync(made, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    // A link, unlike a rename, leaves the key of a process that was faster.
    linkSync(made, path);
  } catch (error) {
    // A file system without links: exFAT and some network ones.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") renameSync(made, path);
  } finally {
    rmSync(made, { force: true });
  }
  return read(path) ?? "";
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
