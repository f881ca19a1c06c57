import type { ApiKey } from "@b24kit/client/contract";
import type { Database } from "../db/database.ts";
import type { Caller } from "./caller.ts";
import { selectKeys } from "./store.ts";

/** The keys that the caller may administer: those within the caller's portals. */
export function listKeys(db: Database, caller: Caller): Promise<ApiKey[]> {
  return selectKeys(db.pool, caller.portals === "all" ? null : caller.portals);
}
