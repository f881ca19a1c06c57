/** What stands in a text where a secret stood. */
export const REDACTED = "***";

const SECRET_NAMES = [
  "auth",
  "auth_id",
  "auth_token",
  "refresh_id",
  "access_token",
  "refresh_token",
  "application_token",
  "client_secret",
  "client_endpoint_token",
  "password",
  "secret",
];

const secretNames = new Set(SECRET_NAMES);
const names = SECRET_NAMES.join("|");

// `/rest/<user>/<code>/…` and `/rest/api/<user>/<code>/…`: the code is a password.
const WEBHOOK_PATH = /(\/rest\/+(?:api\/+)?\d+\/+)[^/\s"'?#&<>\\]+/gi;
// `auth=…`, `data[auth][access_token]=…`, with brackets plain or percent-encoded.
const QUERY_PAIR = new RegExp(`((?:^|[?&;\\s"'\\[]|%5B)(?:${names})(?:\\]|%5D)?=)(?!\\{)[^&\\s"'<>;]+`, "gi");
// `"auth":"…"`, also inside a JSON text that was escaped into another, and `auth: '…'` as Node prints objects.
const JSON_PAIR = new RegExp(
  `((?<![\\w-])(?:${names})\\\\*["']?\\s*:\\s*)(\\\\*["'\`])(?:(?!\\2).)*\\2`,
  "gi",
);

const isSecretName = (name: string): boolean => secretNames.has(name.toLowerCase());

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Takes secrets out of whatever may leave the process: texts, and values of any nesting. */
export interface Redactor {
  text(text: string): string;
  /** A copy with secret-named members replaced; functions and symbols are dropped, cycles cut. */
  value(value: unknown): unknown;
}

/** `known`: secrets of this client, replaced wherever they stand, in plain or percent-encoded form. */
export function createRedactor(known: readonly string[] = []): Redactor {
  const forms = [...new Set(known.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length > 0)
    .sort((a, b) => b.length - a.length);
  const knownPattern = forms.length > 0 ? new RegExp(forms.map(escapeRegExp).join("|"), "gi") : null;

  const text = (input: string): string => {
    const first = knownPattern ? input.replace(knownPattern, REDACTED) : input;
    return first
      .replace(WEBHOOK_PATH, `$1${REDACTED}`)
      .replace(JSON_PAIR, `$1$2${REDACTED}$2`)
      .replace(QUERY_PAIR, `$1${REDACTED}`);
  };

  const copy = (value: unknown, above: readonly object[]): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "bigint") return value.toString();
    if (typeof value === "function" || typeof value === "symbol") return undefined;
    if (value === null || typeof value !== "object") return value;
    if (above.includes(value)) return "[circular]";
    if (value instanceof Date) return value;
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((item) => copy(item, path));
    if (value instanceof Error) return { name: value.name, message: text(value.message) };
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        text(name),
        isSecretName(name) && !isMap(item) ? REDACTED : copy(item, path),
      ]),
    );
  };

  return { text, value: (value) => copy(value, []) };
}

/** How many of the last secrets a live redactor remembers: answers to a replaced token may still be on their way. */
const REMEMBERED = 4;

/** A redactor whose own secrets change: access tokens are renewed. */
export function createLiveRedactor(
  known: readonly string[] = [],
): Redactor & { learn(secret: string): void } {
  let learnt: readonly string[] = [];
  let current = createRedactor(known);
  return {
    text: (text) => current.text(text),
    value: (value) => current.value(value),
    learn(secret) {
      if (learnt.includes(secret)) return;
      learnt = [secret, ...learnt].slice(0, REMEMBERED);
      current = createRedactor([...known, ...learnt]);
    },
  };
}

// An `auth` block of an event is a map whose own members tell what is secret in it.
const isMap = (value: unknown) => typeof value === "object" && value !== null;

/** For places that know no secret of their own. */
export const redactor: Redactor = createRedactor();
