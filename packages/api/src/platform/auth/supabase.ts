import { type Right, rightNames } from "@b24kit/client/contract";
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { AppError } from "../http/app-error.ts";
import type { Caller } from "./caller.ts";
import { jwtFailure } from "./jwt-failure.ts";

export interface SupabaseOptions {
  /** Shared secret of HS256 tokens. */
  readonly jwtSecret?: string | undefined;
  /** Origin of the Supabase project; its published keys verify asymmetric tokens. */
  readonly url?: string | undefined;
  readonly now: () => number;
  /** Id of the portal where exactly one is connected, else null. */
  readonly solePortal: () => Promise<number | null>;
  /** Key set in place of the one that is fetched from `url`. */
  readonly keySet?: JWTVerifyGetKey;
}

/**
 * Checks a Supabase access token. @throws AppError unauthenticated, token_expired
 */
export type VerifySupabase = (token: string) => Promise<Caller>;

const ASYMMETRIC = ["ES256", "RS256", "EdDSA"];
/** Clocks of two servers differ a little. */
const CLOCK_TOLERANCE_SECONDS = 10;

/** What an administrator wrote into `app_metadata.b24kit`; users cannot write there, unlike `user_metadata`. */
const Grant = z.object({
  rights: z.array(z.enum(rightNames)).default(["data:read"]),
  portals: z.union([z.literal("all"), z.array(z.number().int())]).optional(),
});

/** Null where neither a secret nor an address is set. */
export function createSupabaseVerifier(options: SupabaseOptions): VerifySupabase | null {
  const secret = options.jwtSecret ? new TextEncoder().encode(options.jwtSecret) : null;
  const keySet =
    options.keySet ??
    (options.url ? createRemoteJWKSet(keysOf(options.url), { cooldownDuration: 30_000 }) : null);
  if (!secret && !keySet) return null;

  async function verify(token: string): Promise<JWTPayload> {
    // Which kind of key fits is decided by what is configured; each kind has its own algorithms, so that a public
    // key can never serve as an HMAC secret.
    const symmetric = decodeProtectedHeader(token).alg?.startsWith("HS") ?? false;
    const checks = {
      audience: "authenticated",
      requiredClaims: ["exp", "sub", "role"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(options.now()),
    };
    if (symmetric && secret)
      return (await jwtVerify(token, secret, { ...checks, algorithms: ["HS256"] })).payload;
    if (!symmetric && keySet)
      return (await jwtVerify(token, keySet, { ...checks, algorithms: ASYMMETRIC })).payload;
    throw new AppError("unauthenticated", "The token is signed in a way that this API does not accept.");
  }

  return async (token) => {
    try {
      return await toCaller(await verify(token), options.solePortal);
    } catch (error) {
      throw jwtFailure(error instanceof TypeError ? invalid(error) : error);
    }
  };
}

function keysOf(url: string): URL {
  return new URL(`${url.replace(/\/+$/, "")}/auth/v1/.well-known/jwks.json`);
}

/** jose reports a token that is no JWT at all as a TypeError. */
function invalid(cause: TypeError): Error {
  return cause.message.startsWith("Invalid Token")
    ? new AppError("unauthenticated", "The token is not valid.", { cause })
    : cause;
}

/**
 * The public anon key and the service key are signed by the same secret: only the role `authenticated` is a person.
 * A person without a grant reads the data of the only portal; where several are connected, or the person signed in
 * anonymously, nothing is granted by default.
 */
async function toCaller(payload: JWTPayload, solePortal: () => Promise<number | null>): Promise<Caller> {
  if (payload.role !== "authenticated" || !payload.sub) {
    throw new AppError("unauthenticated", "The token does not stand for a signed-in user.");
  }
  const expiresAt = (payload.exp as number) * 1_000;
  const who = { kind: "user" as const, subject: payload.sub, expiresAt };
  const metadata = payload.app_metadata as { b24kit?: unknown } | undefined;
  const sole = async () => {
    const id = await solePortal();
    return id === null ? [] : [id];
  };
  if (metadata?.b24kit === undefined) {
    const portals = payload.is_anonymous === true ? [] : await sole();
    return { ...who, rights: new Set<Right>(portals.length > 0 ? ["data:read"] : []), portals };
  }
  const grant = Grant.safeParse(metadata.b24kit);
  if (!grant.success)
    throw new AppError(
      "forbidden",
      "app_metadata.b24kit of this user is malformed: an administrator has to set it right.",
    );
  return { ...who, rights: new Set(grant.data.rights), portals: grant.data.portals ?? (await sole()) };
}
