import { z } from "zod";

/** Kinds of values that settings have. Each is a schema over the text of a setting. */

export const text = z.string();

export const flag = z
  .string()
  .regex(/^(true|false|1|0|yes|no|on|off)$/i)
  .transform((value) => /^(true|1|yes|on)$/i.test(value));

export function whole(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max));
}

export const port = whole(0, 65_535);

/** A secret long enough to resist guessing. */
export const secret = z.string().min(32);

/** Several of them, separated by commas. */
export const secrets = z.string().transform(splitList).pipe(z.array(secret));

/** An http(s) address without its trailing slash. */
export const webUrl = z
  .string()
  .refine((value) => hasScheme(value, ["http:", "https:"]))
  .transform((value) => value.replace(/\/+$/, ""));

export const webOrigin = webUrl.transform((value) => new URL(value).origin);

/** `*`, or the origins of a comma-separated list. */
export const origins = z.string().transform((value, context): "*" | readonly string[] => {
  const parts = splitList(value);
  if (parts.includes("*")) return "*";
  return parts.map((part) => {
    const origin = webOrigin.safeParse(part);
    if (!origin.success) context.addIssue({ code: "custom", message: "not an origin" });
    return origin.data ?? "";
  });
});

/** The origins of a comma-separated list; any is none of them. */
export const namedOrigins = z
  .string()
  .transform((value) => splitList(value))
  .pipe(z.array(webOrigin));

/** Comma-separated numbers, such as Telegram ids. */
export const ids = z
  .string()
  .transform(splitList)
  .pipe(
    z.array(
      z
        .string()
        .regex(/^-?\d{1,15}$/)
        .transform(Number),
    ),
  );

/** A portal's incoming webhook, `https://<portal>/rest/<user>/<code>/`; a method's name after it is dropped. */
export const webhookUrl = z.string().transform((value, context) => {
  const url = parseUrl(value);
  const path = /^\/rest\/\d+\/[^/]+\//.exec(`${url?.pathname ?? ""}/`)?.[0];
  if (!url || !path || !/^https?:$/.test(url.protocol)) {
    context.addIssue({ code: "custom", message: "not a webhook" });
    return z.NEVER;
  }
  return `${url.origin}${path}`;
});

/** A PostgreSQL address; the name of a Python driver after `postgresql+` is dropped. */
export const postgresUrl = z
  .string()
  .transform((value) => value.replace(/^postgres(ql)?(\+\w+)?:/, "postgresql:"))
  .refine((value) => hasScheme(value, ["postgresql:"]));

export const redisUrl = z.string().refine((value) => hasScheme(value, ["redis:", "rediss:"]));

function splitList(value: string): string[] {
  return value
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function hasScheme(value: string, schemes: readonly string[]): boolean {
  return schemes.includes(parseUrl(value)?.protocol ?? "");
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}
