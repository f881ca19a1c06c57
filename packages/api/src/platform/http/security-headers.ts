import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv } from "./environment.ts";

/** What a page of ours needs beyond its own origin, by CSP directive. Each entry is a source expression. */
export interface PageNeeds {
  readonly connect?: readonly string[];
  readonly script?: readonly string[];
  readonly image?: readonly string[];
  readonly frame?: readonly string[];
  /** Sites that may show the page in a frame; nobody by default. */
  readonly frameAncestors?: readonly string[];
}

/** Policy of everything that is not a page: it may load nothing and be framed by nobody. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A page's policy: scripts and styles from files of this origin only, nothing inline, no plug-ins, no foreign forms. */
export function pagePolicy(c: AppContext, needs: PageNeeds = {}): string {
  const { host } = new URL(c.req.url);
  const list = (own: string, more: readonly string[] = []) => [own, ...more].join(" ");
  return [
    "default-src 'none'",
    `script-src ${list("'self'", needs.script)}`,
    "style-src 'self'",
    `img-src ${list("'self' data: blob:", needs.image)}`,
    "font-src 'self'",
    // Older browsers do not count a socket to the same host as 'self'.
    `connect-src ${list(`'self' ws://${host} wss://${host}`, needs.connect)}`,
    `frame-src ${needs.frame?.join(" ") || "'none'"}`,
    `frame-ancestors ${needs.frameAncestors?.join(" ") || "'none'"}`,
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

/** Sets on every answer what is not set by its handler. */
export function securityHeaders(publicUrl: string | undefined): MiddlewareHandler<AppEnv> {
  const secure = publicUrl?.startsWith("https:") ?? false;
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", NOTHING);
    if (!headers.has("Cross-Origin-Resource-Policy"))
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (!secure) return;
    // Ignored, with a warning in the browser's console, on plain http.
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  };
}
