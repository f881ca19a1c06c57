import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./embedded-binaries.ts";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";
import { runAs } from "./embedded-identity.ts";
import { SUPERUSER } from "./embedded-knock.ts";
import type { Place } from "./embedded-place.ts";
import { isAlive } from "./embedded-postmaster.ts";

/**
 * Makes the cluster when there is none yet and returns the superuser's password, which is the launcher's alone. The cluster is built aside and renamed
 * into place with its password, so that an interrupted start leaves none and two starts at once leave one.
 */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<string> {
  await sweepUnfinished(place.home);
  const version = await readVersion(place);
  if (version === undefined) await makeCluster(place, binaries);
  else requireSameMajor(version, binaries, place);
  return (await readFile(join(place.home, "password"), "utf8")).trim();
}

async function readVersion(place: Place): Promise<string | undefined> {
  try {
    return (await readFile(join(place.data, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function requireSameMajor(version: string, binaries: Binaries, place: Place): void {
  const major = binaries.version.split(".")[0];
  if (version === major) return;
  throw new EmbeddedFailure(
    `The database in ${place.home} was made by PostgreSQL ${version}, the installed one is ${major}. ` +
      `Install the b24kit version that made it, or move that folder away to start with an empty database. ${REMEDY}.`,
  );
}

async function makeCluster(place: Place, binaries: Binaries): Promise<void> {
  const aside = `${place.home}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
  const data = join(aside, "data");
  const password = randomBytes(24).toString("base64url");
  const passwordForInitdb = join(aside, "initial-password");
  try {
    // Other users may pass through to data/, which is closed to all but its owner.
    await makeDir(aside, place.identity ? 0o711 : 0o700);
    await makeDir(data, 0o700);
    await writeFile(join(aside, "password"), `${password}\n`, { mode: 0o600 });
    await writeFile(passwordForInitdb, `${password}\n`, { mode: 0o600 });
    if (place.identity) {
      await chown(data, place.identity.uid, place.identity.gid);
      await chown(passwordForInitdb, place.identity.uid, place.identity.gid);
    }
    await runInitdb(place, binaries, data, passwordForInitdb);
    await rm(passwordForInitdb);
    await rename(aside, place.home).catch(async (error: Error) => {
      // Another process has made it first: its cluster stays, ours goes.
      if ((await readVersion(place)) === undefined) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function runInitdb(
  place: Place,
  binaries: Binaries,
  data: string,
  passwordFile: string,
): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
    "--no-instructions",
  ];
  const child = spawn(binaries.initdb, args, {
    ...runAs(place.identity),
    ...childEnvironment(),
    cwd: dirname(data),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? undefined : `exit ${code ?? signal}`));
  });
  if (failure === undefined) return;
  const said = Buffer.concat(output).toString("utf8").trim().split("\n").slice(-8).join("\n");
  throw new EmbeddedFailure(
    `initdb could not make a database in ${place.home} (${failure}). ${REMEDY}.\n${said}`,
  );
}

/** A server needs nothing of our environment, and must not show our secrets in its own. Windows needs its basics. */
export function childEnvironment(): { env?: NodeJS.ProcessEnv } {
  return process.platform === "win32" ? {} : { env: { LC_ALL: "C", TZ: "UTC" } };
}

/** mkdir's mode passes through the umask; these modes are to be exact. */
async function makeDir(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
}

/** What starts that were killed left beside the cluster; the name holds the process that was at work. */
async function sweepUnfinished(home: string): Promise<void> {
  const parent = dirname(home);
  const prefix = `${basename(home)}.tmp-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split("-")[0]);
    if (pid === process.pid || isAlive(pid)) continue;
    const path = join(parent, name);
    // Its initdb may still be writing: the new name ends that, and what cannot go now goes at the next start.
    await rename(path, `${path}-swept`)
      .then(() => rm(`${path}-swept`, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }))
      .catch(() => {});
  }
}
