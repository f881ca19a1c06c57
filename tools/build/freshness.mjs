import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

async function newest(path) {
  const own = await stat(path).catch(() => undefined);
  if (!own) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  // The folder's own time tells of files that were removed.
  const entries = await readdir(path, { withFileTypes: true });
  const inner = entries
    .filter((entry) => !entry.name.endsWith(".test.ts"))
    .map((entry) => newest(join(path, entry.name)));
  return Math.max(own.mtimeMs, ...(await Promise.all(inner)));
}

/** Whether what the build made is newer than all that it is made from. */
export async function isFresh({ inputs, stamp }) {
  const made = await stat(stamp).catch(() => undefined);
  if (!made) return false;
  const times = await Promise.all(inputs.map(newest));
  return Math.max(...times) < made.mtimeMs;
}
