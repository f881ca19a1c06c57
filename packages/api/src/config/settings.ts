import type { z } from "zod";
import * as kind from "./kinds.ts";

/** One setting: how its text is read, and what it should look like, in words for the person who set it wrong. */
export interface Setting<T> {
  readonly schema: z.ZodType<T, string>;
  readonly expected: string;
}

function setting<T>(schema: z.ZodType<T, string>, expected: string): Setting<T> {
  return { schema, expected };
}

const LONG_SECRET = "at least 32 characters, for example from: openssl rand -hex 32";

/** Every setting by its name. */
export const SETTINGS = {
  HOST: setting(
    kind.text.regex(/^[\w.:[\]-]+$/),
    "an address to listen on: 127.0.0.1, or 0.0.0.0 for the network",
  ),
  PORT: setting(kind.port, "a port number, 0 to 65535"),
  DEBUG: setting(kind.flag, "true or false"),
  ROLE: setting(kind.text.regex(/^(all|api|worker)$/), "all, api or worker"),
  PUBLIC_URL: setting(kind.webUrl, "the address at which others reach this API: https://b24.example.com"),
  SITE_URL: setting(kind.webUrl, "the address of the site that shows the elements: https://www.example.com"),
  ALLOWED_ORIGINS: setting(
    kind.origins,
    "* or origins separated by commas: https://www.example.com,https://crm.example.com",
  ),
  OUTGOING_ORIGINS: setting(
    kind.namedOrigins,
    "origins that outgoing webhooks may reach in your own network, separated by commas: http://10.0.0.5:3000",
  ),
  DATA_DIR: setting(kind.text, "a folder that can be written"),

  DATABASE_URL: setting(
    kind.postgresUrl,
    "postgresql://user:password@host:5432/database, special characters of the password percent-encoded",
  ),
  CHART_DATABASE_URL: setting(
    kind.postgresUrl,
    "the address of the same database for a login that may read nothing: postgresql://charts:password@host:5432/database",
  ),
  POSTGRES_PASSWORD: setting(kind.text, "the database user's password"),
  POSTGRES_USER: setting(kind.text, "the database user's name"),
  POSTGRES_HOST: setting(kind.text.regex(/^[\w.:[\]-]+$/), "the database server's name or address"),
  POSTGRES_PORT: setting(kind.port, "a port number, 1 to 65535"),
  POSTGRES_DB: setting(kind.text, "the database's name"),
  REDIS_URL: setting(kind.redisUrl, "redis://host:6379"),

  SECRET_KEY: setting(kind.secret, LONG_SECRET),
  SECRET_KEY_PREVIOUS: setting(kind.secrets, "earlier values of SECRET_KEY, separated by commas"),
  API_KEY: setting(kind.secret, LONG_SECRET),
  SUPABASE_URL: setting(kind.webUrl, "https://<project>.supabase.co"),
  PUBLIC_SUPABASE_URL: setting(
    kind.webUrl,
    "the address at which browsers reach Supabase: https://<project>.supabase.co",
  ),
  SUPABASE_KEY: setting(kind.text, "the project's anon key"),
  SUPABASE_JWT_SECRET: setting(kind.secret, "the project's JWT secret, at least 32 characters"),

  BITRIX24_WEBHOOK_URL: setting(kind.webhookUrl, "https://<portal>/rest/<user>/<code>/"),
  BITRIX_PORTAL_URL: setting(kind.webOrigin, "https://<portal>"),
  BITRIX24_CLIENT_ID: setting(kind.text, "the application's client id: local.… or app.…"),
  BITRIX24_CLIENT_SECRET: setting(kind.text, "the application's client secret"),
  BITRIX24_REDIRECT_URI: setting(kind.webUrl, "https://<host>/bitrix/oauth/callback"),

  NUM_CONTACTS: setting(kind.whole(0, 100_000), "a whole number, 0 to 100000"),
  NUM_COMPANIES: setting(kind.whole(0, 100_000), "a whole number, 0 to 100000"),
  SYNC_BATCH_SIZE: setting(kind.whole(1, 50), "how many list commands one request carries, 1 to 50"),
  SYNC_DEFAULT_INTERVAL_MINUTES: setting(kind.whole(1, 10_080), "minutes, 1 to 10080"),

  TELEGRAM_BOT_TOKEN: setting(kind.text.regex(/^\d+:[\w-]+$/), "the bot's token: 123456:ABC-DEF…"),
  ADMIN_IDS: setting(kind.ids, "Telegram ids separated by commas: 123456789,987654321"),
  MANAGER_IDS: setting(kind.ids, "Telegram ids separated by commas: 111111111,222222222"),
  OPENAI_API_KEY: setting(kind.text, "the key of the model's service: sk-…"),
  OPENAI_BASE_URL: setting(
    kind.webUrl,
    "the address of an OpenAI-compatible service: https://api.openai.com/v1",
  ),
  OPENAI_MODEL: setting(kind.text, "the model's name: gpt-4o-mini"),

  PORTAL_PORT: setting(kind.port, "a port number, 0 to 65535"),
  TELEGRAM_PORT: setting(kind.port, "a port number, 0 to 65535"),
  OPENAI_PORT: setting(kind.port, "a port number, 0 to 65535"),
  DEMO_SEED: setting(kind.whole(0, 2_147_483_647), "a whole number, 0 to 2147483647"),
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** Settings as they were read; what nobody set is absent. */
export type SettingValues = { [N in SettingName]?: ValueOf<(typeof SETTINGS)[N]> };

/** Older names that work too. Where one place sets both, the setting's own name counts. */
export const ALIASES: Readonly<Record<string, SettingName>> = {
  BITRIX_WEBHOOK_URL: "BITRIX24_WEBHOOK_URL",
  JWT_SECRET: "SUPABASE_JWT_SECRET",
  SUPABASE_ANON_KEY: "SUPABASE_KEY",
  API_URL: "PUBLIC_URL",
};
