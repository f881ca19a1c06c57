import type { Portal } from "../portal.ts";
import type { Params } from "./params.ts";

/** Who calls: one webhook or one application, acting as one user. */
export interface Caller {
  /** Names the credential in ledgers; never its secret. */
  credential: string;
  userId: number;
  scopes: ReadonlySet<string>;
  /** client_id, where an application calls. */
  clientId?: string;
}

export interface Call {
  portal: Portal;
  caller: Caller;
  params: Params;
  /** Rows to skip; negative means "do not count". */
  start: number;
}

export interface Answer {
  result: unknown;
  /** Lists only. */
  total?: number | undefined;
  next?: number | undefined;
  /** Seconds of portal work, where the method costs more than an ordinary call. */
  seconds?: number;
  /** Rows handed out, for the statistics. */
  rows?: number;
}

/** One REST method. Families of them are arrays, collected in methods/registry.ts. */
export interface Method {
  /** As documented; callers may write it in any case. */
  name: string;
  /** Scopes of which one is needed; none means that every credential may call. */
  scopes: readonly string[];
  /** Only applications may call it; others hear this code. */
  applicationOnly?: "WRONG_AUTH_TYPE" | "ACCESS_DENIED";
  run(call: Call): Answer;
}
