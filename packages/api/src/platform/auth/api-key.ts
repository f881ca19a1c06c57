import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import type { Logger } from "../log/logger.ts";
import type { Caller } from "./caller.ts";
import type { KeyText } from "./key-format.ts";
import { secretEquals } from "./secret-equal.ts";
import { selectKey, touchKey } from "./store.ts";

/** The caller behind a stored key. One message for "no such key", "wrong secret" and "revoked": strangers learn nothing. */
export async function callerOfKey(
  db: Database,
  log: Logger,
  { id, text }: KeyText,
  now: number,
): Promise<Caller> {
  const found = await selectKey(db.pool, id);
  if (!found || !secretEquals(text, found.hash) || found.key.revokedAt !== null) {
    throw new AppError("unauthenticated", "The API key is not valid.");
  }
  const expiresAt = found.key.expiresAt === null ? undefined : Date.parse(found.key.expiresAt);
  if (expiresAt !== undefined && expiresAt <= now)
    throw new AppError("token_expired", "The API key has expired.");
  touchKey(db.pool, id).catch((error) => log.warn({ err: error }, "the use of an API key was not noted"));
  return {
    kind: "key",
    subject: id,
    rights: new Set(found.key.rights),
    portals: found.key.portals ?? "all",
    expiresAt,
  };
}
