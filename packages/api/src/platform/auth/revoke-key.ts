import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import type { Caller } from "./caller.ts";
import { revokeKeyRow } from "./store.ts";

/** Ends a key from the next request on. @throws AppError not_found, also for keys beyond the caller's portals */
export async function revokeKey(db: Database, caller: Caller, id: string): Promise<void> {
  const within = caller.portals === "all" ? null : caller.portals;
  if (!(await revokeKeyRow(db.pool, id, within)))
    throw new AppError("not_found", "There is no key with this id.");
}
