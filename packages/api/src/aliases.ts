import type { App } from "./platform/http/environment.ts";

/** Addresses of the services that this one replaces, answered by the same handlers. The list grows with the features. */
export const ALIASES: Readonly<Record<string, string>> = {
  "/api/health": "/health",
  "/api/v1/health": "/health",
};

/** Answers each alias as its target would; method, query, body and headers stay as they came. */
export function mountAliases(app: App, aliases: Readonly<Record<string, string>> = ALIASES): void {
  for (const [alias, target] of Object.entries(aliases)) {
    app.all(alias, (c) => {
      const url = new URL(c.req.url);
      url.pathname = target;
      return app.fetch(new Request(url, c.req.raw), c.env);
    });
  }
}
