import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The system user a server runs as, when it is not to be our own. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Identity = { uid: 65534, gid: 65534 };

/** PostgreSQL refuses to run as root: then it runs as `nobody`. Undefined means "as ourselves". */
export async function unprivilegedIdentity(uid = process.getuid?.()): Promise<Identity | undefined> {
  if (uid !== 0) return undefined;
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  return parseNobody(passwd) ?? NOBODY;
}

/** The entry of `nobody` in a passwd file; macOS writes its numbers as -2. */
export function parseNobody(passwd: string): Identity | undefined {
  const match = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd);
  return match ? { uid: Number(match[1]) >>> 0, gid: Number(match[2]) >>> 0 } : undefined;
}

/** Spawn options for running as `identity`: unlike files, processes take ids as signed numbers (macOS: nobody is -2). */
export function runAs(identity: Identity | undefined): { uid?: number; gid?: number } {
  return identity ? { uid: identity.uid | 0, gid: identity.gid | 0 } : {};
}

/** Whether `identity` may pass through every folder from the root down to `dir`, by the folders' mode bits. */
export async function canReach(identity: Identity, dir: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(dir);
  const execute = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
  if ((mode & execute) === 0) return false;
  const parent = dirname(dir);
  return parent === dir || canReach(identity, parent);
}
