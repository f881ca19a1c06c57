import { z } from "zod";
import type { Secrets } from "../../platform/secrets/secrets.ts";

/** The webhook that opens a portal. */
export const Credential = z.object({ kind: z.literal("webhook"), url: z.url() });
export type Credential = z.infer<typeof Credential>;

/** The tokens of an installed application; `expiresAt` in milliseconds since the epoch. */
export const Tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

const webhookPlace = (portalId: number) => `portal_portals.credential:${portalId}`;
const tokensPlace = (portalId: number) => `portal_portals.oauth:${portalId}`;
const secretPlace = (clientId: string) => `portal_applications.client_secret:${clientId}`;

export function sealCredential(secrets: Secrets, portalId: number, credential: Credential): string {
  return secrets.seal(JSON.stringify(credential), webhookPlace(portalId));
}

/** @throws SecretUnreadable where SECRET_KEY changed without keeping the earlier key */
export function openCredential(secrets: Secrets, portalId: number, sealed: string): Credential {
  return Credential.parse(JSON.parse(secrets.open(sealed, webhookPlace(portalId))));
}

export function sealTokens(secrets: Secrets, portalId: number, tokens: Tokens): string {
  return secrets.seal(JSON.stringify(tokens), tokensPlace(portalId));
}

/** @throws SecretUnreadable */
export function openTokens(secrets: Secrets, portalId: number, sealed: string): Tokens {
  return Tokens.parse(JSON.parse(secrets.open(sealed, tokensPlace(portalId))));
}

export function sealClientSecret(secrets: Secrets, clientId: string, secret: string): string {
  return secrets.seal(secret, secretPlace(clientId));
}

/** @throws SecretUnreadable */
export function openClientSecret(secrets: Secrets, clientId: string, sealed: string): string {
  return secrets.open(sealed, secretPlace(clientId));
}
