import { z } from "zod";
import type { Secrets } from "../../platform/secrets/secrets.ts";

/** How we get into a portal. An OAuth installation will be the second kind. */
export const Credential = z.object({ kind: z.literal("webhook"), url: z.url() });
export type Credential = z.infer<typeof Credential>;

const place = (portalId: number) => `portal_portals.credential:${portalId}`;

export function sealCredential(secrets: Secrets, portalId: number, credential: Credential): string {
  return secrets.seal(JSON.stringify(credential), place(portalId));
}

/** @throws SecretUnreadable where SECRET_KEY changed without keeping the earlier key */
export function openCredential(secrets: Secrets, portalId: number, sealed: string): Credential {
  return Credential.parse(JSON.parse(secrets.open(sealed, place(portalId))));
}
