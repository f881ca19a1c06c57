import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { keptSecret } from "../platform/secrets/kept-secret.ts";

/** The demo's SECRET_KEY: made once and kept in DATA_DIR, so that what it encrypted can be read after a restart. */
export function demoSecretKey(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  return keptSecret(join(dataDir, "secret-key"), () => randomBytes(32).toString("hex"));
}
