import { resolve } from "node:path";
import { ConfigError, type Fault } from "./config/config-error.ts";
import { sealed } from "./config/sealed.ts";
import { demoSecretKey } from "./config/secret-key.ts";
import { SETTINGS, type Setting, type SettingName, type SettingValues } from "./config/settings.ts";
import { type FoundSettings, findSettings } from "./config/settings-sources.ts";

export { ConfigError } from "./config/config-error.ts";

/** Everything that is set from outside: read once at the start, then passed on. Printing it shows no secret. */
export type Config = ReturnType<typeof buildConfig>;

export interface ReadConfigOptions {
  /** The demo needs no setting at all; `serve` demands SECRET_KEY and a way to sign in. */
  demo: boolean;
  /** For a command that works on the database alone: no key is demanded or made, `secretKey` may be empty. */
  databaseOnly?: boolean;
  /** Folder of `config.env` and `.env`; the current one by default. */
  dir?: string;
}

/** Reads the settings. Throws ConfigError that names every missing or malformed one. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  options: ReadConfigOptions,
): Config {
  const { demo, databaseOnly = false, dir = process.cwd() } = options;
  const found = findSettings(env, dir);
  const faults: Fault[] = [];
  const values = parseSettings(found, faults);
  if (!demo && !databaseOnly) faults.push(...missingForServe(found));
  if (faults.length > 0) throw new ConfigError(faults);
  return buildConfig(values, { demo, databaseOnly, dir });
}

function parseSettings(found: FoundSettings, faults: Fault[]): SettingValues {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const text = found[name];
    if (!text) continue;
    const parsed = setting.schema.safeParse(text.text);
    if (parsed.success) values[name] = parsed.data;
    else {
      // Its value stays unsaid: people do paste a secret under the wrong name.
      const problem = `is malformed (from ${text.place}). It should be ${setting.expected}.`;
      faults.push({ name: text.name, problem });
    }
  }
  return values as SettingValues;
}

function missingForServe(found: FoundSettings): Fault[] {
  const faults: Fault[] = [];
  if (!found.SECRET_KEY)
    faults.push({ name: "SECRET_KEY", problem: `is missing. It should be ${SETTINGS.SECRET_KEY.expected}.` });
  if (!found.API_KEY && !found.SUPABASE_JWT_SECRET && !found.SUPABASE_URL) {
    const problem =
      "is missing, and so are SUPABASE_JWT_SECRET and SUPABASE_URL: nobody could sign in. " +
      `Set one of them; API_KEY should be ${SETTINGS.API_KEY.expected}.`;
    faults.push({ name: "API_KEY", problem });
  }
  const split = found.ROLE && found.ROLE.text !== "all";
  if (split && !found.DATABASE_URL && !found.POSTGRES_PASSWORD) {
    const problem = `is missing: with ROLE=api or worker the processes share one server. It should be ${SETTINGS.DATABASE_URL.expected}.`;
    faults.push({ name: "DATABASE_URL", problem });
  }
  return faults;
}

function buildConfig(set: SettingValues, { demo, databaseOnly, dir }: Required<ReadConfigOptions>) {
  const dataDir = resolve(dir, set.DATA_DIR ?? ".data");
  return sealed(
    {
      demo,
      host: set.HOST ?? "127.0.0.1",
      port: set.PORT ?? 8080,
      debug: set.DEBUG ?? false,
      role: (set.ROLE ?? "all") as "all" | "api" | "worker",
      /** Address at which others reach the API, without trailing slash; absent when it was not told. */
      publicUrl: set.PUBLIC_URL,
      /** Origins of pages that may call the API; `*` is any. */
      allowedOrigins: allowedOrigins(set),
      /** Origins in our own network that outgoing webhooks may reach: exactly these. */
      outgoingOrigins: Object.freeze(set.OUTGOING_ORIGINS ?? []) as readonly string[],
      dataDir,
      /** Absent: the embedded server, in `dataDir`. */
      databaseUrl: set.DATABASE_URL ?? composeDatabaseUrl(set),
      /** A login for charts, where ours may make none. */
      chartDatabaseUrl: set.CHART_DATABASE_URL,
      redisUrl: set.REDIS_URL,
      /** Encrypts stored credentials; at least 32 characters. */
      secretKey: set.SECRET_KEY ?? (databaseOnly ? "" : demoSecretKey(dataDir)),
      /** Keys that sealed what is stored, before the present one; `npm run rotate-keys` makes them needless. */
      previousSecretKeys: Object.freeze(set.SECRET_KEY_PREVIOUS ?? []) as readonly string[],
      /** The administrator's key; at least 32 characters. */
      apiKey: set.API_KEY,
      supabase: sealed(
        {
          url: set.SUPABASE_URL,
          /** As browsers and tokens know it, where that differs. */
          publicUrl: set.PUBLIC_SUPABASE_URL ?? set.SUPABASE_URL,
          anonKey: set.SUPABASE_KEY,
          jwtSecret: set.SUPABASE_JWT_SECRET,
        },
        ["anonKey", "jwtSecret"],
      ),
      bitrix: sealed(
        {
          /** `https://<portal>/rest/<user>/<code>/`, with the trailing slash. */
          webhookUrl: set.BITRIX24_WEBHOOK_URL,
          portalUrl: set.BITRIX_PORTAL_URL,
          clientId: set.BITRIX24_CLIENT_ID,
          clientSecret: set.BITRIX24_CLIENT_SECRET,
          redirectUri: set.BITRIX24_REDIRECT_URI,
        },
        ["webhookUrl", "clientSecret"],
      ),
      generator: sealed({ contacts: set.NUM_CONTACTS ?? 100, companies: set.NUM_COMPANIES ?? 100 }),
      sync: sealed({
        /** List commands in a request, 1 to 50. */
        batchSize: set.SYNC_BATCH_SIZE ?? 50,
        intervalMinutes: set.SYNC_DEFAULT_INTERVAL_MINUTES ?? 30,
      }),
      telegram: sealed(
        {
          botToken: set.TELEGRAM_BOT_TOKEN,
          adminIds: Object.freeze(set.ADMIN_IDS ?? []) as readonly number[],
          managerIds: Object.freeze(set.MANAGER_IDS ?? []) as readonly number[],
        },
        ["botToken"],
      ),
      openai: sealed(
        {
          apiKey: set.OPENAI_API_KEY,
          baseUrl: set.OPENAI_BASE_URL,
          model: set.OPENAI_MODEL ?? "gpt-4o-mini",
        },
        ["apiKey"],
      ),
      emulators: sealed({
        portalPort: set.PORTAL_PORT ?? 8081,
        telegramPort: set.TELEGRAM_PORT ?? 8083,
        /** Absent: 8084, or a free one where that is taken. */
        openaiPort: set.OPENAI_PORT,
        seed: set.DEMO_SEED ?? 1,
      }),
    },
    ["databaseUrl", "chartDatabaseUrl", "redisUrl", "secretKey", "previousSecretKeys", "apiKey"],
  );
}

function allowedOrigins(set: SettingValues): "*" | readonly string[] {
  const given = set.ALLOWED_ORIGINS ?? [];
  if (given === "*") return given;
  const site = set.SITE_URL ? [new URL(set.SITE_URL).origin] : [];
  return Object.freeze([...new Set([...given, ...site])]);
}

/** The address that the PostgreSQL image's own settings describe. */
function composeDatabaseUrl(set: SettingValues): string | undefined {
  if (!set.POSTGRES_PASSWORD) return undefined;
  const user = set.POSTGRES_USER ?? "postgres";
  const url = new URL(`postgresql://${set.POSTGRES_HOST ?? "localhost"}:${set.POSTGRES_PORT ?? 5432}`);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(set.POSTGRES_PASSWORD);
  url.pathname = `/${encodeURIComponent(set.POSTGRES_DB ?? user)}`;
  return url.href;
}
