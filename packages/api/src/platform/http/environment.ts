import type { ErrorCode } from "@b24kit/client/contract";
import type { HttpBindings } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { getPath } from "hono/utils/url";
import type { Caller } from "../auth/caller.ts";

/** Finds out who a request speaks for. @throws AppError unauthenticated, token_expired, too_many_requests */
export type Authenticate = (c: AppContext) => Promise<Caller>;

export interface AppEnv {
  /** Node's request and response; absent when the app is called in process. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    authenticate: Authenticate;
    /** Answers are compared with the contract before they leave: on in tests and the demo. */
    checkAnswers: boolean;
    caller?: Caller;
    /** Template of the matched endpoint, for the log line and the metrics. */
    route?: string;
    errorCode?: ErrorCode;
    /** Comes by the thousand: where all went well the metrics say enough, and the log line is for debugging. */
    frequent?: boolean;
  };
}

export type AppContext = Context<AppEnv>;
export type App = OpenAPIHono<AppEnv>;

/** @param aliases addresses that mean another one, e.g. `{"/api/health": "/health", "/status/{id}": "/api/v1/status/{id}"}` */
export function newApp(aliases: Readonly<Record<string, string>> = {}): App {
  const targetOf = readAliases(aliases);
  return new OpenAPIHono<AppEnv>({
    getPath(request) {
      const path = getPath(request);
      return targetOf(path);
    },
  });
}

/** A segment in braces stands for whatever is there, and keeps its place. */
function readAliases(aliases: Readonly<Record<string, string>>): (path: string) => string {
  const isOpen = ([from]: [string, string]) => from.includes("{");
  const exact = new Map(Object.entries(aliases).filter((alias) => !isOpen(alias)));
  const open = Object.entries(aliases)
    .filter(isOpen)
    .map(([from, to]) => ({
      pattern: new RegExp(`^${from.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
      target: to.replace(/\{(\w+)\}/g, "$<$1>"),
    }));
  return (path) => {
    const match = exact.get(path);
    if (match !== undefined) return match;
    const found = open.find(({ pattern }) => pattern.test(path));
    return found ? path.replace(found.pattern, found.target) : path;
  };
}
