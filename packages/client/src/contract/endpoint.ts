import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";

/** What an API key may be given; `admin` implies every right. */
export const keyRightNames = ["data:read", "sync:run", "generator:run", "admin"] as const;
export type KeyRight = (typeof keyRightNames)[number];

/**
 * What a caller must be allowed to do. `public` endpoints answer strangers; `charts:read` is what tokens of shared and
 * embedded charts have, within their own limits.
 */
export const rightNames = ["charts:read", ...keyRightNames] as const;
export type Right = (typeof rightNames)[number];

/** One HTTP endpoint as both sides see it: the API validates and documents by it, the client types itself by it. */
export interface Endpoint {
  readonly id: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** OpenAPI path template, e.g. `/api/v1/sync/start/{entity}`. */
  readonly path: string;
  /** The feature's word; groups the endpoint in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly access: Right | "public";
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** JSON answer; absent where the answer is a stream or empty. */
  readonly response?: z.ZodType;
  /** Media types of a streamed answer. */
  readonly produces?: readonly string[];
  /** The codes that this endpoint adds to those that any endpoint may answer. */
  readonly errors?: readonly ErrorCode[];
}

type In<T> = T extends z.ZodType ? z.input<T> : unknown;

/** What a caller passes: path parameters, query and body, each only where the endpoint has it. */
export type RequestOf<E extends Endpoint> = (E extends { params: infer P } ? { params: In<P> } : unknown) &
  (E extends { query: infer Q } ? { query?: In<Q> } : unknown) &
  (E extends { body: infer B } ? { body: In<B> } : unknown);

/** What a caller gets back. */
export type ResponseOf<E extends Endpoint> = E extends { response: infer R extends z.ZodType }
  ? z.output<R>
  : // biome-ignore lint/suspicious/noConfusingVoidType: an empty answer is awaited, never read.
    void;
