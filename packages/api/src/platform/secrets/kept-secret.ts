import { randomBytes } from "node:crypto";
import { chownSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/**
 * A secret of one line that is made once and kept in a file for its owner's eyes. Whoever asks at the same time, from
 * whichever process, gets the same one.
 * @param likeFile whose owner the file gets, where we may give it away
 */
export function keptSecret(path: string, make: () => string, likeFile?: string): string {
  const kept = readLine(path);
  if (kept) return kept;
  // Not the process's number: threads share it, and containers have the same ones.
  const made = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(made, `${make()}\n`, { mode: 0o600 });
  try {
    if (likeFile && process.getuid?.() === 0) {
      const { uid, gid } = statSync(likeFile);
      chownSync(made, uid, gid);
    }
    // A link, unlike a rename, leaves the secret of a process that was faster.
    linkSync(made, path);
  } catch (error) {
    // A file system without links (exFAT and some network ones), or a file that was left empty.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !readLine(path)) renameSync(made, path);
  } finally {
    rmSync(made, { force: true });
  }
  return readLine(path) ?? "";
}

function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
