import { hkdfSync, randomUUID } from "node:crypto";
import { type PageToken, type Right, rightNames } from "@b24kit/client/contract";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Caller } from "./caller.ts";
import { jwtFailure } from "./jwt-failure.ts";

/** Tells our own tokens from others before their signature is checked. */
export const PAGE_TOKEN_TYPE = "b24kit-page+jwt";

const AUDIENCE = "b24kit:page";
const LIFETIME_MS = 10 * 60_000;

const Claims = z.object({
  sub: z.string(),
  rights: z.array(z.enum(rightNames)),
  portals: z.union([z.literal("all"), z.array(z.number().int())]),
  exp: z.number(),
  grant: z.unknown().optional(),
});

export interface PageGrant {
  /** Stays the same while a page renews its token. */
  readonly subject: string;
  readonly rights: readonly Right[];
  readonly portals: "all" | readonly number[];
  /** What the token is for, beside its rights: comes back with the caller. */
  readonly grant?: unknown;
  /** Ten minutes by default. */
  readonly lifetimeMs?: number;
}

export interface PageTokens {
  mint(grant: PageGrant): Promise<PageToken>;
  /** @throws AppError unauthenticated, token_expired */
  verify(token: string): Promise<Caller>;
}

/** Tokens of ten minutes, signed by a key of their own that is derived from SECRET_KEY. */
export function createPageTokens(secretKey: string, now: () => number): PageTokens {
  const key = new Uint8Array(hkdfSync("sha256", secretKey, "b24kit", "page tokens, HS256", 32));
  return {
    async mint({ subject, rights, portals, grant, lifetimeMs = LIFETIME_MS }) {
      const expiresAt = now() + lifetimeMs;
      const token = await new SignJWT({
        rights: [...rights],
        portals: portals === "all" ? "all" : [...portals],
        ...(grant === undefined ? {} : { grant }),
      })
        .setProtectedHeader({ alg: "HS256", typ: PAGE_TOKEN_TYPE })
        .setSubject(subject)
        .setAudience(AUDIENCE)
        .setJti(randomUUID())
        .setIssuedAt(Math.floor(now() / 1_000))
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(key);
      return { token, expiresAt: new Date(Math.floor(expiresAt / 1_000) * 1_000).toISOString() };
    },
    async verify(token) {
      try {
        const options = {
          algorithms: ["HS256"],
          audience: AUDIENCE,
          typ: PAGE_TOKEN_TYPE,
          requiredClaims: ["exp", "sub"],
        };
        const { payload } = await jwtVerify(token, key, { ...options, currentDate: new Date(now()) });
        const { sub, rights, portals, exp, grant } = Claims.parse(payload);
        const caller = {
          kind: "page",
          subject: sub,
          rights: new Set(rights),
          portals,
          expiresAt: exp * 1_000,
        } as const;
        return grant === undefined ? caller : { ...caller, grant };
      } catch (error) {
        throw jwtFailure(error);
      }
    },
  };
}
