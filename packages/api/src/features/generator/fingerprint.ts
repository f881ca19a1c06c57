import { createHash } from "node:crypto";
import { lastingPart } from "./fields.ts";

/** A record as the portal shows it, in short; equal as long as no person has changed it. */
export function fingerprintOf(item: Readonly<Record<string, unknown>>): string {
  return createHash("sha256")
    .update(JSON.stringify(lastingPart(item)))
    .digest("base64url")
    .slice(0, 22);
}
