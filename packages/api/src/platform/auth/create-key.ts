import { randomBytes } from "node:crypto";
import type { ApiKey, KeyRight } from "@b24kit/client/contract";
import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import { type Caller, callerName, hasRight } from "./caller.ts";
import { makeKey } from "./key-format.ts";
import { hashSecret } from "./secret-equal.ts";
import { insertKey } from "./store.ts";

export interface KeyRequest {
  readonly name: string;
  readonly rights: readonly KeyRight[];
  readonly portals: readonly number[] | null;
  readonly expiresAt: string | null;
}

/** Makes a key that reaches no farther than its maker. @throws AppError forbidden */
export async function createKey(
  db: Database,
  caller: Caller,
  request: KeyRequest,
): Promise<{ key: ApiKey; secret: string }> {
  requireWithin(caller, request);
  const { id, text } = makeKey(randomBytes);
  const createdBy = callerName(caller);
  const rights = [...new Set(request.rights)];
  const key = await insertKey(db.pool, { ...request, rights, id, hash: hashSecret(text), createdBy });
  return { key, secret: text };
}

function requireWithin(caller: Caller, { rights, portals }: KeyRequest): void {
  const missing = rights.find((right) => !hasRight(caller, right));
  if (missing)
    throw new AppError("forbidden", `You cannot give the right "${missing}", which you do not have.`);
  if (caller.portals === "all") return;
  const own = caller.portals;
  if (!portals?.every((id) => own.includes(id))) {
    throw new AppError(
      "forbidden",
      `You can give access only to the portals ${own.join(", ")}: name them in "portals".`,
    );
  }
}
