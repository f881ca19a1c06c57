import type { Endpoint, ResponseOf } from "@b24kit/client/contract";
import type { z } from "zod";
import { type Caller, requireRight } from "../auth/caller.ts";
import type { App, AppContext } from "./environment.ts";
import { documentEndpoint } from "./openapi.ts";
import { readBody, readParams, readQuery, strict } from "./validate.ts";

type Out<E, K extends string> = E extends { [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined;

/** What a handler gets: everything validated, the caller authorised. */
export interface Input<E extends Endpoint> {
  readonly params: Out<E, "params">;
  readonly query: Out<E, "query">;
  readonly body: Out<E, "body">;
  /** Null exactly on public endpoints, where credentials are not looked at. */
  readonly caller: E["access"] extends "public" ? null : Caller;
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
  readonly c: AppContext;
}

/** The contract's answer, or a Response of its own where the endpoint streams. */
export type Answer<E extends Endpoint> = E extends { response: z.ZodType }
  ? ResponseOf<E>
  : E["status"] extends 204
    ? undefined
    : Response;

export type Handler<E extends Endpoint> = (input: Input<E>) => Promise<Answer<E>> | Answer<E>;

/**
 * Serves an endpoint of the contract: authenticates and authorises by `access` first, so that strangers learn
 * nothing from validation, then validates path, query and body, calls the handler and encodes its answer.
 * The endpoint appears in /openapi.json.
 */
export function mount<const E extends Endpoint>(app: App, endpoint: E, handler: Handler<E>): void {
  documentEndpoint(app, endpoint);
  const read = reader(endpoint);
  const call = handler as (input: unknown) => unknown;
  app.on(endpoint.method, toHonoPath(endpoint.path), async (c) => {
    c.set("route", endpoint.path);
    const caller = await authorise(c, endpoint);
    const answer = await call({ ...(await read(c)), caller, signal: c.req.raw.signal, c });
    return encode(c, endpoint, answer);
  });
}

/** OpenAPI's `{name}` as Hono's `:name`. */
export function toHonoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

async function authorise(c: AppContext, endpoint: Endpoint): Promise<Caller | null> {
  if (endpoint.access === "public") return null;
  const caller = await c.var.authenticate(c);
  c.set("caller", caller);
  requireRight(caller, endpoint.access);
  return caller;
}

function reader(
  endpoint: Endpoint,
): (c: AppContext) => Promise<{ params: unknown; query: unknown; body: unknown }> {
  const query = endpoint.query && strict(endpoint.query);
  const body = endpoint.body && strict(endpoint.body);
  return async (c) => ({
    params: endpoint.params && readParams(c, endpoint.params),
    query: query && readQuery(c, query),
    body: body && (await readBody(c, body)),
  });
}

function encode(c: AppContext, endpoint: Endpoint, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  if (!endpoint.response) return c.body(null, 204);
  if (c.var.checkAnswers) endpoint.response.parse(answer);
  c.header("Cache-Control", "no-store");
  return c.json(answer as object, endpoint.status as 200);
}
