import { listQueries, runQuery as runQueryEndpoint } from "@b24kit/client/contract";
import type { Pool } from "pg";
import type { ArrowResult, StreamSummary } from "../arrow/stream-query.ts";
import { type Caller, hasRight, requireRight } from "../auth/caller.ts";
import type { App } from "../http/environment.ts";
import { mount } from "../http/mount.ts";
import type { QueryPortal } from "./definition.ts";
import type { MadeQueries, MadeQueryRequest } from "./made-queries.ts";
import { chooseRepresentation } from "./media-type.ts";
import { readRequest } from "./read-request.ts";
import type { QueryRegistry } from "./registry.ts";
import { respondRows } from "./respond-rows.ts";
import { runQuery } from "./run-query.ts";

export interface QueryRoutesDeps {
  readonly registry: QueryRegistry;
  readonly made?: MadeQueries;
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
    mount(app, listQueries, async ({ caller }) => ({
      queries: [
        ...deps.registry.describe((right) => hasRight(caller, right)),
        ...((await deps.made?.list(caller)) ?? []),
      ],
    }));
    mount(app, runQueryEndpoint, async ({ params, query, caller, signal, c }) => {
      const start = performance.now();
      const { name } = params;
      const representation = chooseRepresentation(c.req.header("Accept"));
      const { encoding } = representation;
      const { portal, limit, language, ...own } = query;
      const asked = { name, caller, portal, own, limit, language, encoding, signal };
      const result = await (deps.made?.owns(name) ? deps.made.run(asked) : runRegistered(deps, asked));
      const firstByte = performance.now() - start;
      void result.finished.then((summary) =>
        deps.onFinished?.(name, summary, Math.round(performance.now() - start), c.var.requestId),
      );
      return respondRows(c, name, representation, result.body, firstByte);
    });
  };
}

/** A query of the program's own. */
async function runRegistered(
  { registry, pool, resolvePortal, statementTimeoutMs, now }: QueryRoutesDeps,
  { name, caller, portal, own, limit, language, encoding, signal }: MadeQueryRequest,
): Promise<ArrowResult> {
  const definition = registry.find(name);
  if (definition.right) requireRight(caller, definition.right);
  const request = readRequest(definition, own, limit, language);
  const resolved = await resolvePortal(caller, portal);
  const how = { pool, statementTimeoutMs, now: now(), encoding, signal };
  return runQuery({ ...how, definition, request, portal: resolved });
}
