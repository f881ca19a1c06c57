/** Names whose values never reach a log, at the top and one level down. */
const names = [
  "authorization",
  "token",
  "accessToken",
  "access_token",
  "refreshToken",
  "refresh_token",
  "apiKey",
  "api_key",
  "password",
  "secret",
  "secretKey",
  "client_secret",
  "webhookUrl",
  "webhook_url",
  "cookie",
  "application_token",
  "auth",
  "connectionString",
];

const censor = "[secret]";

/** A secret inside a longer text, e.g. an error's message, with what stays of it. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Bitrix24 webhook addresses: /rest/<user>/<code>/
  [/(\/rest\/\d+\/)[A-Za-z0-9]{6,}/g, `$1${censor}`],
  // Credentials in an address: scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s/@"]+@/gi, `$1${censor}@`],
  // JSON Web Tokens
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, censor],
  [/\b(Bearer|Basic)\s+[\w~+/.=-]{8,}/gi, `$1 ${censor}`],
  // Our own API keys: b24k_<id>_<secret>
  [/\b(b24k_[a-z0-9]{8}_)[\w-]{20,}/g, `$1${censor}`],
  // Query parameters of OAuth, Bitrix24 and one-time links
  [/([?&](?:auth|access_token|refresh_token|client_secret|token|code|key)=)[^&\s"\\]+/gi, `$1${censor}`],
  // Keys of the language model's service
  [/\bsk-[\w-]{16,}/g, censor],
  // Telegram bot tokens
  [/\b\d{6,12}:[\w-]{30,}/g, censor],
];

export const redact = {
  paths: { paths: names.flatMap((name) => [name, `*.${name}`]), censor },
  /** The same text without anything that looks like a credential. */
  text(text: string): string {
    return patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
  },
};
