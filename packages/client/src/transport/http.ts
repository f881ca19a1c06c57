import type { Endpoint, RequestOf, ResponseOf } from "../contract/endpoint.ts";
import { readProblem } from "./answer.ts";
import { ConnectionError, ServerError } from "./errors.ts";
import { backoff, type Timing } from "./timing.ts";
import type { TokenKeeper } from "./token.ts";

/** What of an endpoint the transport needs at run time; the contract itself (and its zod) stays out of the bundle. */
export type Route<E extends Endpoint> = Pick<E, "method" | "path">;

/** What any request takes. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole answer, or up to the first byte of a stream. */
  timeout?: number | undefined;
  /** Host or id of the portal; the client's own where absent. */
  portal?: string | undefined;
  /** Sent in place of the client's own token: to try one before it is kept. */
  token?: string | undefined;
}

export interface HttpOptions {
  baseUrl: string;
  tokens: TokenKeeper;
  fetch: typeof fetch;
  timing: Timing;
  /** What calls ask of that name none. */
  portal?: string | undefined;
  /** Told when a token was refused and there is no other. */
  onRefused?: ((error: Error) => void) | undefined;
}

interface Plan {
  method: string;
  url: string;
  body: string | undefined;
  accept: string;
  signal: AbortSignal | undefined;
  timeout: number;
  token: string | undefined;
}

const ATTEMPTS = 3;
/** A longer Retry-After is handed to the caller: a page should say "busy", not hang. */
const LONGEST_WAIT = 10_000;

/** HTTP of the API: token, repeats of reads, time limits, and errors as one tree. */
export class Http {
  readonly baseUrl: string;
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.baseUrl = options.baseUrl;
    this.#options = options;
  }

  /** The same API with another portal in mind. */
  of(portal: string | undefined): Http {
    return new Http({ ...this.#options, portal });
  }

  /** Calls an endpoint that answers JSON or nothing. */
  async call<E extends Endpoint>(
    route: Route<E>,
    request: RequestOf<E>,
    options: CallOptions = {},
  ): Promise<ResponseOf<E>> {
    const plan = this.#plan(route, request, options, "application/json");
    return this.#attempts(plan, async (response) => {
      if (response.status === 204) return undefined as ResponseOf<E>;
      const text = await response.text();
      try {
        return JSON.parse(text) as ResponseOf<E>;
      } catch (cause) {
        throw new ConnectionError("api_answer_invalid", `${route.path} answered ${describe(response)}`, {
          cause,
        });
      }
    });
  }

  /** Calls an endpoint that answers a stream of the media type; the body is the caller's to read or cancel. */
  async stream<E extends Endpoint>(
    route: Route<E>,
    request: RequestOf<E>,
    accept: string,
    options: CallOptions = {},
  ): Promise<Response> {
    return this.#attempts(this.#plan(route, request, options, accept), async (response) => {
      const type = response.headers.get("content-type") ?? "";
      if (type.startsWith(accept)) return response;
      await response.body?.cancel();
      throw new ConnectionError("api_answer_invalid", `${route.path} answered ${describe(response)}`);
    });
  }

  #plan<E extends Endpoint>(
    route: Route<E>,
    request: RequestOf<E>,
    options: CallOptions,
    accept: string,
  ): Plan {
    const { params = {}, query = {}, body } = request as { params?: Values; query?: Values; body?: unknown };
    const path = route.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])));
    return {
      method: route.method.toUpperCase(),
      url:
        this.baseUrl +
        path +
        toSearch({ ...query, portal: query.portal ?? options.portal ?? this.#options.portal }),
      body: body === undefined ? undefined : JSON.stringify(body),
      accept,
      signal: options.signal,
      timeout: options.timeout ?? 30_000,
      token: options.token,
    };
  }

  /** Reads are repeated after a lost connection, a 503 or a gateway's own error; a write is sent once, as it may have arrived. */
  async #attempts<T>(plan: Plan, read: (response: Response) => Promise<T>): Promise<T> {
    const { timing } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#authorised(plan, read);
      } catch (error) {
        const wait =
          plan.method === "GET" && attempt + 1 < ATTEMPTS ? waitBefore(error, attempt, timing) : undefined;
        if (wait === undefined) throw error;
        await timing.sleep(wait, plan.signal);
      }
    }
  }

  /** One attempt; a refused token is replaced once. */
  async #authorised<T>(plan: Plan, read: (response: Response) => Promise<T>): Promise<T> {
    if (plan.token !== undefined) {
      return this.#once(plan, plan.token, async (response) => {
        if (response.ok) return read(response);
        throw await readProblem(response, this.#options.timing.now());
      });
    }
    const { tokens } = this.#options;
    const token = await tokens.current();
    return this.#once(plan, token, async (response) => {
      if (response.status !== 401) return read(await this.#requireOk(response));
      const other = await tokens.replace(token);
      if (other === undefined) return read(await this.#requireOk(response));
      await response.body?.cancel();
      return this.#once(plan, other, async (second) => read(await this.#requireOk(second)));
    });
  }

  async #requireOk(response: Response): Promise<Response> {
    if (response.ok) return response;
    const error = await readProblem(response, this.#options.timing.now());
    if (response.status === 401) this.#options.onRefused?.(error);
    throw error;
  }

  async #once<T>(plan: Plan, token: string | undefined, use: (response: Response) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    const stop = () => limit.abort(plan.signal?.reason);
    if (plan.signal?.aborted) throw plan.signal.reason;
    plan.signal?.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(
      () => limit.abort(new ConnectionError("api_timeout", `${plan.timeout} ms`)),
      plan.timeout,
    );
    try {
      return await use(await this.#options.fetch(plan.url, toInit(plan, token, limit.signal)));
    } catch (cause) {
      if (limit.signal.aborted) throw limit.signal.reason;
      if (cause instanceof TypeError)
        throw new ConnectionError("api_unreachable", new URL(plan.url).origin, { cause });
      throw cause;
    } finally {
      clearTimeout(timer);
      // A stream goes on after this: the caller's signal must still reach it.
      if (plan.accept === "application/json") plan.signal?.removeEventListener("abort", stop);
    }
  }
}

type Values = Record<string, unknown>;

function toInit(plan: Plan, token: string | undefined, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { accept: plan.accept };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (plan.body !== undefined) headers["content-type"] = "application/json";
  return { method: plan.method, headers, signal, ...(plan.body === undefined ? {} : { body: plan.body }) };
}

function toSearch(values: Values): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) search.append(name, String(value));
  }
  return search.size > 0 ? `?${search}` : "";
}

function waitBefore(error: unknown, attempt: number, timing: Timing): number | undefined {
  if (error instanceof ConnectionError) {
    return error.code === "api_unreachable" ? backoff(attempt, timing.random) : undefined;
  }
  if (!(error instanceof ServerError) || (error.status !== 503 && error.code !== "interrupted"))
    return undefined;
  const wait = Math.max((error.retryAfter ?? 0) * 1000, backoff(attempt, timing.random));
  return wait <= LONGEST_WAIT ? wait : undefined;
}

function describe(response: Response): string {
  return `${response.status} ${response.headers.get("content-type") ?? "without a content type"}`;
}
