import { hash as digest, timingSafeEqual } from "node:crypto";

/** SHA-256 of a secret with full entropy; a password would need more. */
export function hashSecret(secret: string): Buffer {
  return digest("sha256", secret, "buffer");
}

/** Compares in a time that tells nothing: neither where they differ nor how long they are. */
export function secretEquals(given: string, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(given), hash);
}
