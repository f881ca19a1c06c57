import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashPath } from "./embedded-binaries.ts";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";
import { canReach, type Identity, unprivilegedIdentity } from "./embedded-identity.ts";

/** Where a cluster lies and who runs it. */
export interface Place {
  /** Folder with data/ (the cluster), password, port and log. */
  readonly home: string;
  /** `home`/data, as PostgreSQL itself names it. */
  readonly data: string;
  /** Undefined: the server runs as ourselves. */
  readonly identity: Identity | undefined;
}

/**
 * The place of DATA_DIR's cluster: inside it, or in `systemDir` under the folder's hash when the unprivileged user
 * that stands in for root cannot reach it. A cluster that exists decides, and is run by its owner.
 */
export async function choosePlace(dataDir: string, systemDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const root = await realpath(dataDir);
  const inside = join(root, "postgres");
  const stranger = await unprivilegedIdentity();
  if (!stranger) {
    await requireOurs(inside);
    return placeAt(inside, undefined);
  }
  const outside = join(systemDir, hashPath(root), "postgres");
  for (const home of [inside, outside]) {
    const owner = await ownerOf(join(home, "data"));
    if (!owner) continue;
    if (!(await canReach(owner, home))) {
      throw new EmbeddedFailure(
        `The database in ${home} belongs to user ${owner.uid}, who cannot reach that folder. ` +
          `Let others pass through the folders above it (chmod o+x), or move it back. ${REMEDY}.`,
      );
    }
    return placeAt(home, owner);
  }
  if (await canReach(stranger, root)) return placeAt(inside, stranger);
  try {
    await mkdir(dirname(outside), { recursive: true });
    // Whatever the umask: others pass through, and only root writes.
    for (const dir of [systemDir, dirname(outside)]) await chmod(dir, 0o755);
  } catch (error) {
    throw new EmbeddedFailure(
      `User ${stranger.uid}, who runs PostgreSQL in place of root, cannot reach ${root}, and ${dirname(outside)} ` +
        `cannot be made (${(error as Error).message}). Set DATA_DIR to a folder that others may enter. ${REMEDY}.`,
    );
  }
  return placeAt(outside, stranger);
}

function placeAt(home: string, identity: Identity | undefined): Place {
  return { home, data: join(home, "data"), identity };
}

async function ownerOf(path: string): Promise<Identity | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A cluster made when root started us cannot be opened by an ordinary user later. */
async function requireOurs(home: string): Promise<void> {
  const owner = await ownerOf(home);
  const uid = process.getuid?.();
  if (!owner || uid === undefined || owner.uid === uid) return;
  throw new EmbeddedFailure(
    `The database in ${home} belongs to user ${owner.uid}: start b24kit as that user, or set DATA_DIR to another folder. ${REMEDY}.`,
  );
}
