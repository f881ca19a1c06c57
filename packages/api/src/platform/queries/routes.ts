import { listQueries, runQuery as runQueryEndpoint } from "@b24kit/client/contract";
import type { Pool } from "pg";
import type { StreamSummary } from "../arrow/stream-query.ts";
import type { Caller } from "../auth/caller.ts";
import type { App, AppContext } from "../http/environment.ts";
import { mount } from "../http/mount.ts";
import { chooseCoding, encodeBody } from "./compress.ts";
import type { QueryDefinition, QueryPortal } from "./definition.ts";
import { chooseRepresentation, type Representation } from "./media-type.ts";
import { readRequest } from "./read-request.ts";
import type { QueryRegistry } from "./registry.ts";
import { runQuery } from "./run-query.ts";

export interface QueryRoutesDeps {
  readonly registry: QueryRegistry;
  readonly pool: Pool;
  /** The portal that a request speaks of. @throws AppError portal_required, unknown_portal */
  readonly resolvePortal: (caller: Caller, name: string | undefined) => Promise<QueryPortal>;
  readonly now: () => Date;
  /** PostgreSQL stops a query after this. */
  readonly statementTimeoutMs: number;
  /** Told how every stream ended, after its last byte. */
  readonly onFinished?: (
    query: string,
    summary: StreamSummary,
    milliseconds: number,
    requestId: string,
  ) => void;
}

/** `GET /api/v1/queries` and `GET /api/v1/queries/{name}`. */
export function queryRoutes(deps: QueryRoutesDeps): (app: App) => void {
  return (app) => {
    mount(app, listQueries, () => ({ queries: deps.registry.describe() }));
    mount(app, runQueryEndpoint, async ({ params, query, caller, signal, c }) => {
      const start = performance.now();
      const definition = deps.registry.find(params.name);
      const representation = chooseRepresentation(c.req.header("Accept"));
      const { portal: portalName, limit, ...own } = query;
      const request = readRequest(definition, own, limit);
      const portal = await deps.resolvePortal(caller, portalName);
      const { pool, statementTimeoutMs } = deps;
      const { encoding } = representation;
      const now = deps.now();
      const result = await runQuery({
        pool,
        definition,
        request,
        portal,
        encoding,
        statementTimeoutMs,
        now,
        signal,
      });
      const firstByte = performance.now() - start;
      void result.finished.then((summary) =>
        deps.onFinished?.(definition.name, summary, Math.round(performance.now() - start), c.var.requestId),
      );
      return respond(c, definition, representation, result.body, firstByte);
    });
  };
}

function respond(
  c: AppContext,
  definition: QueryDefinition,
  { contentType, fileExtension }: Representation,
  body: ReadableStream<Uint8Array>,
  firstByte: number,
): Response {
  const coding = chooseCoding(c.req.header("Accept-Encoding"), c.env?.incoming?.socket.remoteAddress);
  c.header("Content-Type", contentType);
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept, Accept-Encoding", { append: true });
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Server-Timing", `first-batch;dur=${firstByte.toFixed(1)}`);
  if (coding !== "identity") c.header("Content-Encoding", coding);
  if (fileExtension)
    c.header("Content-Disposition", `attachment; filename="${definition.name}.${fileExtension}"`);
  return c.body(encodeBody(body, coding));
}
