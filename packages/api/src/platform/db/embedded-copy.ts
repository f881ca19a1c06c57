import { randomBytes } from "node:crypto";
import { chmod, cp, lstat, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Binaries, binariesAt, makeLibraryLinks } from "./embedded-binaries.ts";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";

const STALE_MS = 10 * 60_000;

/**
 * The binaries as the server's user can run them: the package itself, or a copy made once per version when the
 * server runs as another user (who may not reach the project) or the package lacks its links and is read-only.
 */
export async function runnableBinaries(
  binaries: Binaries,
  asOtherUser: boolean,
  systemDir: string,
): Promise<Binaries> {
  if (!asOtherUser && (await makeLibraryLinks(binaries.root))) return binaries;
  const bases = asOtherUser ? [systemDir, join(tmpdir(), "b24kit-0")] : cacheDirs();
  const failures: string[] = [];
  for (const base of bases) {
    try {
      return await copyInto(base, binaries);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new EmbeddedFailure(`PostgreSQL's programs could not be copied: ${failures.join("; ")}. ${REMEDY}.`);
}

function cacheDirs(): string[] {
  return [join(homedir(), ".cache", "b24kit"), join(tmpdir(), `b24kit-${process.getuid?.() ?? 0}`)];
}

async function copyInto(base: string, binaries: Binaries): Promise<Binaries> {
  await mkdir(base, { recursive: true, mode: 0o755 });
  await requireOwn(base);
  await chmod(base, 0o755);
  const target = join(base, `postgres-${binaries.version}-${process.platform}-${process.arch}`);
  const copy = binariesAt(target, binaries.version, binaries.postgres);
  if (await isSameSize(binaries.postgres, copy.postgres)) return copy;
  await sweepUnfinished(base);
  const unfinished = `${target}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    // Static libraries are for compilers; links are made anew, so that none points back into the package.
    await cp(binaries.root, unfinished, {
      recursive: true,
      filter: async (path) => !path.endsWith(".a") && !(await lstat(path)).isSymbolicLink(),
    });
    await openToAll(unfinished);
    await makeLibraryLinks(unfinished);
    await putInPlace(unfinished, target, () => isSameSize(binaries.postgres, copy.postgres));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return copy;
}

/** Renames over an absent or broken target; a good one was finished by another process and stays. */
async function putInPlace(from: string, target: string, isGood: () => Promise<boolean>): Promise<void> {
  try {
    await rename(from, target);
  } catch {
    if (await isGood()) return;
    await rename(target, `${from}-broken`);
    await rename(from, target);
    await rm(`${from}-broken`, { recursive: true, force: true });
  }
}

/** What we run must not be a folder that someone else prepared under a name they could guess. */
async function requireOwn(dir: string): Promise<void> {
  const found = await lstat(dir);
  const uid = process.getuid?.();
  if (!found.isDirectory() || (uid !== undefined && found.uid !== uid) || (found.mode & 0o022) !== 0) {
    throw new Error(`${dir} is not a folder of ours alone`);
  }
}

/** npm keeps the installer's umask; the server's user must be able to read and run what was copied. */
async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else await chmod(path, basename(dirname(path)) === "bin" ? 0o755 : 0o644);
  }
}

async function isSameSize(a: string, b: string): Promise<boolean> {
  try {
    return (await stat(a)).size === (await stat(b)).size;
  } catch {
    return false;
  }
}

/** Copies that a killed process left behind. */
async function sweepUnfinished(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.includes(".tmp-")) continue;
    const path = join(base, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}
