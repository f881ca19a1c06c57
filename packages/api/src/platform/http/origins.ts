import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { AppContext, AppEnv } from "./environment.ts";

/** Which pages may use the API from a browser. */
export interface Origins {
  /** True for pages of this server and for those that ALLOWED_ORIGINS names. */
  mayAsk(origin: string, c: AppContext): boolean;
  /** Every page may ask: `*` was set. */
  readonly all: boolean;
}

/**
 * @param allowed origins as ALLOWED_ORIGINS lists them; `*` stands for all pages
 * @param publicUrl this server's address as browsers see it, where a proxy stands before it
 */
export function createOrigins(allowed: readonly string[], publicUrl: string | undefined): Origins {
  const all = allowed.includes("*");
  const named = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, "")));
  if (publicUrl) named.add(new URL(publicUrl).origin);
  return {
    all,
    mayAsk(origin, c) {
      const host = c.req.header("Host") ?? new URL(c.req.url).host;
      return all || named.has(origin) || origin === `http://${host}` || origin === `https://${host}`;
    },
  };
}

/**
 * CORS for the API. Never with credentials: there are no cookies, and a page that may not ask sees no answer.
 * The answer to a refused origin carries no CORS header at all, as the standard has it.
 */
export function allowOrigins(origins: Origins): MiddlewareHandler<AppEnv> {
  const allowedFor = (origin: string, c: AppContext) =>
    origins.all ? "*" : origin && origins.mayAsk(origin, c) ? origin : null;
  const preflight = cors({
    origin: allowedFor,
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "X-API-Key", "Content-Type", "Accept", "X-Request-Id", "Last-Event-ID"],
    maxAge: 600,
  });
  return async (c, next) => {
    if (c.req.method === "OPTIONS") return preflight(c, next);
    await next();
    // On the answer itself: Hono's own way opens and wraps the body of each.
    const { headers } = c.res;
    const allowed = allowedFor(c.req.header("Origin") ?? "", c);
    if (allowed !== null) {
      headers.set("Access-Control-Allow-Origin", allowed);
      headers.set("Access-Control-Expose-Headers", "X-Request-Id,Retry-After,Content-Disposition");
    }
    headers.append("Vary", "Origin");
  };
}
