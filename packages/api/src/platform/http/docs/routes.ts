import { fileURLToPath } from "node:url";
import type { App } from "../environment.ts";
import { openApiDocument } from "../openapi.ts";
import { pagePolicy } from "../security-headers.ts";
import { staticFiles } from "../static-files.ts";
import type { OpenApi } from "./document.ts";
import { docsPage } from "./page.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** `/openapi.json` and `/docs`. Both are made on the first request, when every endpoint has been mounted. */
export function routes(app: App, info: { version: string; publicUrl: string | undefined }): void {
  let made: OpenApi | undefined;
  // The address is the asker's own: one Host header must not show up in the answer to another.
  const document = (url: string): OpenApi => {
    made ??= openApiDocument(app, info.version) as OpenApi;
    return { ...made, servers: [{ url: info.publicUrl ?? new URL(url).origin }] };
  };
  app.get("/openapi.json", (c) => {
    c.set("route", "/openapi.json");
    c.header("Access-Control-Allow-Origin", "*");
    return c.json(document(c.req.url));
  });
  app.get("/docs", (c) => {
    c.set("route", "/docs");
    c.header("Content-Security-Policy", pagePolicy(c));
    c.header("Cache-Control", "no-cache");
    return c.html(docsPage(document(c.req.url)));
  });
  app.use("/docs/*", staticFiles({ dir: here, at: "/docs/" }));
}
