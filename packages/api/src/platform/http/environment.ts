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
  };
}

export type AppContext = Context<AppEnv>;
export type App = OpenAPIHono<AppEnv>;

/** @param aliases addresses that mean another one, e.g. `{"/api/health": "/health"}` */
export function newApp(aliases: Readonly<Record<string, string>> = {}): App {
  const targets = new Map(Object.entries(aliases));
  return new OpenAPIHono<AppEnv>({
    getPath(request) {
      const path = getPath(request);
      return targets.get(path) ?? path;
    },
  });
}
