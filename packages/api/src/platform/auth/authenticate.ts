import { decodeProtectedHeader } from "jose";
import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import type { AppContext, Authenticate } from "../http/environment.ts";
import { remoteAddress } from "../http/remote-address.ts";
import type { Logger } from "../log/logger.ts";
import { callerOfKey } from "./api-key.ts";
import type { Caller } from "./caller.ts";
import type { FailureLimit } from "./failure-limit.ts";
import { parseKey } from "./key-format.ts";
import { PAGE_TOKEN_TYPE, type PageTokens } from "./page-token.ts";
import { hashSecret, secretEquals } from "./secret-equal.ts";
import type { VerifySupabase } from "./supabase.ts";

const PROVEN_TOKENS = 1_000;

export interface AuthOptions {
  readonly db: Database;
  readonly log: Logger;
  /** The administrator's key from the settings. */
  readonly apiKey?: string | undefined;
  readonly pageTokens: PageTokens | null;
  readonly supabase: VerifySupabase | null;
  readonly failures: FailureLimit;
  readonly now: () => number;
}

export interface Auth {
  /** For HTTP: the credential is in a header. */
  readonly fromRequest: Authenticate;
  /** For the first frame of a socket. `address` pays for a failure. @throws AppError as `fromRequest` */
  fromToken(token: string, address: string): Promise<Caller>;
}

export function createAuth(options: AuthOptions): Auth {
  const adminHash = options.apiKey ? hashSecret(options.apiKey) : null;
  const proven = createProvenTokens();

  async function identify(token: string): Promise<Caller> {
    if (adminHash && secretEquals(token, adminHash)) {
      return { kind: "key", subject: "admin", rights: new Set(["admin"]), portals: "all" };
    }
    const key = parseKey(token);
    if (key) return callerOfKey(options.db, options.log, key, options.now());
    const type = typeOf(token);
    if (type === PAGE_TOKEN_TYPE && options.pageTokens) return options.pageTokens.verify(token);
    if (type !== null && options.supabase) return options.supabase(token);
    throw new AppError("unauthenticated", "The credential is not valid.");
  }

  async function fromToken(token: string, address: string): Promise<Caller> {
    // A signature cannot be guessed, a key in use is known: only what may be a guess is made to wait, so that
    // someone guessing behind the same proxy locks nobody out.
    if (typeOf(token) === null && !proven.has(token)) options.failures.check(address);
    try {
      const caller = await identify(token);
      proven.add(token);
      return caller;
    } catch (error) {
      // An expired token was valid once: renewing late is no guess.
      if (error instanceof AppError && error.code === "unauthenticated") {
        proven.remove(token);
        options.failures.check(address);
        options.failures.fail(address);
      }
      throw error;
    }
  }

  return {
    fromToken,
    fromRequest: (c) => fromToken(readCredential(c), remoteAddress(c)),
  };
}

/** The last credentials that were valid, as hashes. */
function createProvenTokens() {
  const hashes = new Set<string>();
  const hashOf = (token: string) => hashSecret(token).toString("base64");
  return {
    has: (token: string) => hashes.has(hashOf(token)),
    remove: (token: string) => hashes.delete(hashOf(token)),
    add(token: string) {
      hashes.add(hashOf(token));
      if (hashes.size > PROVEN_TOKENS) hashes.delete(hashes.values().next().value as string);
    },
  };
}

/** `Authorization: Bearer` or `X-API-Key`; never the address, which logs and histories keep. */
function readCredential(c: AppContext): string {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  const credential = bearer ?? c.req.header("X-API-Key");
  if (!credential)
    throw new AppError("unauthenticated", "Send Authorization: Bearer <token> or X-API-Key: <key>.");
  return credential;
}

/** The `typ` of a JWT's header ("" where it has none), or null where the text is no JWT. */
function typeOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).typ ?? "";
  } catch {
    return null;
  }
}
