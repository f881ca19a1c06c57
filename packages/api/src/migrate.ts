import { ConfigError, readConfig } from "./config.ts";
import { openDatabase } from "./platform/db/database.ts";
import { DatabaseUnavailable } from "./platform/db/database-unavailable.ts";
import { startEmbedded } from "./platform/db/embedded.ts";
import { MigrationFailed, migrate, migrationStatus } from "./platform/db/migrate.ts";

/** `npm run migrate` brings the database up to date; `npm run migrate status` only says what it would do. */
async function main(command: string | undefined): Promise<void> {
  if (command !== undefined && command !== "status") {
    throw new UsageError(
      `Unknown command ${JSON.stringify(command)}: run "npm run migrate" or "npm run migrate status".`,
    );
  }
  const config = readConfig(process.env, { demo: false, databaseOnly: true });
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir, log });
  try {
    const db = await openDatabase({ url: config.databaseUrl ?? embedded!.url, max: 2, log });
    try {
      await (command === "status" ? printStatus(db) : runMigrations(db));
    } finally {
      await db.close();
    }
  } finally {
    await embedded?.stop();
  }
}

type Db = Parameters<typeof migrate>[0];

async function runMigrations(db: Db): Promise<void> {
  const ran = await migrate(db, undefined, log);
  console.log(ran.length > 0 ? `${ran.length} migrated` : "nothing to migrate");
}

async function printStatus(db: Db): Promise<void> {
  const { applied, pending, unknown } = await migrationStatus(db);
  for (const name of applied) console.log(`applied  ${name}`);
  for (const name of pending) console.log(`pending  ${name}`);
  for (const name of unknown) console.log(`unknown  ${name} (made by a newer b24kit)`);
  console.log(`${applied.length} applied, ${pending.length} pending`);
}

class UsageError extends Error {}

const print = (fields: object, message: string) => console.error(message, ...Object.values(fields));
const log = { info: print, warn: print, error: print };

try {
  await main(process.argv[2]);
} catch (error) {
  const known = [ConfigError, DatabaseUnavailable, MigrationFailed, UsageError].some(
    (kind) => error instanceof kind,
  );
  console.error(known ? (error as Error).message : error);
  process.exitCode = 1;
}
