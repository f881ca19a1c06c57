import type { QueryDescription, QueryLanguage } from "@b24kit/client/contract";
import type { Encoding } from "../arrow/encoder.ts";
import type { ArrowResult } from "../arrow/stream-query.ts";
import type { Caller } from "../auth/caller.ts";

export interface MadeQueryRequest {
  readonly name: string;
  readonly caller: Caller;
  /** As the request names it. */
  readonly portal: string | undefined;
  /** What the request says beside the portal, the limit and the language. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly limit: number | undefined;
  readonly language: QueryLanguage | undefined;
  readonly encoding: Encoding;
  readonly signal: AbortSignal;
}

/** Queries that people make and name, beside those of the program. */
export interface MadeQueries {
  owns(name: string): boolean;
  list(caller: Caller): Promise<QueryDescription[]>;
  /** @throws AppError unknown_query, invalid_parameter, limit_too_large */
  run(request: MadeQueryRequest): Promise<ArrowResult>;
}
