import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Binaries } from "./embedded-binaries.ts";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";
import { knock } from "./embedded-knock.ts";
import { findFreePort, type Launch, launchServer } from "./embedded-launch.ts";
import type { Place } from "./embedded-place.ts";
import { isAlive, isServerOf, type Postmaster, readPostmaster } from "./embedded-postmaster.ts";
import { killOrphanedSessions, stopServer } from "./embedded-stop.ts";
import type { Log } from "./log.ts";

export interface Cluster {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly password: string;
  readonly settings: Record<string, string>;
  /** How long a server may be alive and give no answer before it is stopped, in ms. */
  readonly patience: number;
}

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  /** It ran before we came: left by a killed process, or used by another one. */
  readonly adopted: boolean;
  /** A connection to its `postgres` database. */
  readonly client: pg.Client;
}

/** A recovery after a crash may take long; past this something is wrong. */
const DEADLINE_MS = 5 * 60_000;
/** How long sessions of a killed server may take to notice. */
const ORPHANS_MS = 2_000;
const POLL_MS = 10;

/** A start that another server, or the rest of one, was in the way of: to be looked at again. */
const IN_THE_WAY =
  /lock file .* already exists|pre-existing shared memory block|could not (bind|create any TCP)|lock file "postmaster\.pid" is empty/i;
const ORPHANS = /pre-existing shared memory block/i;

/**
 * Sees to it that one server runs on the cluster and connects to it: adopts the one that runs, waits for one that is
 * starting, stops one that gives no answer, starts one otherwise. Processes may do this at the same time.
 */
export async function ensureServer(
  cluster: Cluster,
  wishedPort: number | undefined,
  log: Log,
): Promise<RunningServer> {
  const { place, binaries } = cluster;
  const deadline = Date.now() + DEADLINE_MS;
  const firstTry = Date.now();
  let silentSince: number | undefined;
  while (Date.now() < deadline) {
    const found = await readPostmaster(place.data);
    const answer = found && isAlive(found.pid) && found.port ? await knockAt(cluster, found) : undefined;
    if (answer?.kind === "ready") return { ...found!, adopted: true, client: answer.client };
    const isStarting = answer?.kind === "starting";
    if (found && (isStarting || (await isServerOf(found.pid, place.data)))) {
      silentSince = isStarting ? undefined : (silentSince ?? Date.now());
      if (silentSince && Date.now() - silentSince > cluster.patience) {
        log.warn(
          { pid: found.pid, reason: answer?.reason },
          "the embedded PostgreSQL gives no answer; stopping it",
        );
        await stopServer(found.pid, place.data, binaries, "immediate");
      }
      await delay(POLL_MS);
      continue;
    }
    silentSince = undefined;
    // On Windows PostgreSQL itself sees that a number is no server's.
    if (found && isAlive(found.pid) && process.platform !== "win32") await disownPidFile(place.data);
    const port = await findFreePort(wishedPort);
    const launch = await launchServer(place, binaries, port, cluster.settings);
    const started = await awaitLaunch(cluster, launch, deadline);
    if (started) return started;
    const said = await launch.logged();
    if (!IN_THE_WAY.test(said)) throw launchFailure(place, await launch.ended, said);
    if (ORPHANS.test(said) && Date.now() - firstTry > ORPHANS_MS) await killOrphanedSessions(place.data);
    await delay(5 * POLL_MS);
  }
  throw new EmbeddedFailure(
    `The embedded PostgreSQL in ${place.home} did not become ready. See ${place.home}/log. ${REMEDY}.`,
  );
}

function knockAt(cluster: Cluster, found: Postmaster) {
  return knock(found.port, cluster.password, cluster.place.data);
}

/** The server when it takes connections; undefined when its program ended first. */
async function awaitLaunch(
  cluster: Cluster,
  launch: Launch,
  deadline: number,
): Promise<RunningServer | undefined> {
  while (!launch.hasEnded() && Date.now() < deadline) {
    const found = await readPostmaster(cluster.place.data);
    if (found?.ready) {
      const answer = await knockAt(cluster, found);
      if (answer.kind === "ready") return { ...found, adopted: false, client: answer.client };
    }
    await Promise.race([launch.ended, delay(POLL_MS)]);
  }
  return undefined;
}

/**
 * The file names a process that is alive but no server of ours: its number was used again. PostgreSQL would take it
 * for a server and refuse to start, but passes over its own parent's number; the rest of the file must stay, since
 * from it PostgreSQL learns whether sessions of the old server still run.
 */
async function disownPidFile(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const [, ...rest] = (await readFile(file, "utf8")).split("\n");
  await writeFile(`${file}.new`, [process.pid, ...rest].join("\n"), { mode: 0o644 });
  await rename(`${file}.new`, file);
}

function launchFailure(place: Place, how: string, said: string): EmbeddedFailure {
  const lines = said.trim().split("\n").slice(-8).join("\n") || "(it logged nothing)";
  return new EmbeddedFailure(
    `The embedded PostgreSQL in ${place.home} could not start (${how}). ${REMEDY}. Last lines of ${place.home}/log:\n${lines}`,
  );
}
