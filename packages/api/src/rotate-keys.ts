import { sealAgain } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";
import { openDatabase } from "./platform/db/database.ts";
import { DatabaseUnavailable } from "./platform/db/database-unavailable.ts";
import { startEmbedded } from "./platform/db/embedded.ts";
import { createSecrets, SecretUnreadable } from "./platform/secrets/secrets.ts";

/** `npm run rotate-keys`: seals with SECRET_KEY what the keys of SECRET_KEY_PREVIOUS have sealed. */
async function main(): Promise<void> {
  const config = readConfig(process.env, { demo: false });
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir, log });
  try {
    const db = await openDatabase({ url: config.databaseUrl ?? embedded!.url, max: 3, log });
    try {
      const count = await sealAgain(db, createSecrets([config.secretKey, ...config.previousSecretKeys]));
      console.log(`${count} sealed again; SECRET_KEY_PREVIOUS is not needed any more`);
    } finally {
      await db.close();
    }
  } finally {
    await embedded?.stop();
  }
}

const print = (fields: object, message: string) => console.error(message, ...Object.values(fields));
const log = { info: print, warn: print, error: print };

try {
  await main();
} catch (error) {
  const known = [ConfigError, DatabaseUnavailable, SecretUnreadable].some((kind) => error instanceof kind);
  console.error(known ? (error as Error).message : error);
  process.exitCode = 1;
}
