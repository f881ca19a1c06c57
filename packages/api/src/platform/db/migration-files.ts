import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** One SQL file of a room's `migrations/`: `<four digits>_<name>.sql`. */
export interface MigrationFile {
  /** File name without extension: what the migrations table records. */
  readonly name: string;
  readonly number: number;
  readonly path: string;
}

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** `src/`, or `dist/` in a build: the folder that holds `platform/` and `features/`. */
const sourceRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The `migrations/` folders of every room under `platform/` and `features/`. */
export async function findMigrationDirs(root: string = sourceRoot): Promise<string[]> {
  const found: string[] = [];
  for (const floor of ["platform", "features"]) {
    for (const room of await listDir(join(root, floor))) {
      const dir = join(root, floor, room, "migrations");
      if ((await listDir(dir)).length > 0) found.push(dir);
    }
  }
  return found;
}

/**
 * All migrations of `dirs` in the order of their numbers, whatever room they lie in.
 * Throws on a file name that has no number and on a number used twice.
 */
export async function listMigrations(dirs: readonly string[]): Promise<MigrationFile[]> {
  const files: MigrationFile[] = [];
  for (const dir of dirs) {
    for (const file of await listDir(dir)) {
      if (!file.endsWith(".sql")) continue;
      const number = FILE_NAME.exec(file)?.[1];
      if (!number) throw new Error(`${join(dir, file)}: a migration is named like 0310_portal_tokens.sql`);
      files.push({ name: basename(file, ".sql"), number: Number(number), path: join(dir, file) });
    }
  }
  files.sort((a, b) => a.number - b.number);
  files.forEach((file, i) => {
    const before = files[i - 1];
    if (before?.number === file.number) {
      throw new Error(`Two migrations have one number: ${before.path} and ${file.path}`);
    }
  });
  return files;
}

/** The line of `file` at which PostgreSQL's error `position` (characters in the up part) lies. */
export async function findErrorLine(file: MigrationFile, position: number): Promise<number> {
  const text = await readFile(file.path, "utf8");
  const up = Math.max(0, text.search(/^\s*--[\s-]*up\s+migration/im));
  return text.slice(0, up + position).split("\n").length;
}

async function listDir(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).sort();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
