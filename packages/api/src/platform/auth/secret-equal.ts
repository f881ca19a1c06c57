import { createHash, timingSafeEqual } from "node:crypto";

/** SHA-256 of a secret with full entropy; a password would need more. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Compares in a time that tells nothing: neither where they differ nor how long they are. */
export function secretEquals(given: string, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(given), hash);
}
