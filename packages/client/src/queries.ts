import type { Table } from "@uwdata/flechette";
import type { listQueries, QueryDescription, runQuery } from "./contract/queries.ts";
import { expectTable, readTable } from "./transport/arrow.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const LIST: Route<typeof listQueries> = { method: "get", path: "/api/v1/queries" };
const RUN: Route<typeof runQuery> = { method: "get", path: "/api/v1/queries/{name}" };
const ARROW = "application/vnd.apache.arrow.stream";

/** Values of a query's own parameters, and `limit`. */
export type QueryParams = Record<string, string | number | boolean | undefined>;

export interface RunOptions extends CallOptions {
  /** Called with the rows so far: with the first batch, which comes early, then whenever there are twice as many. */
  onBatch?: ((soFar: Table) => void) | undefined;
}

/** Named, parameterised reads whose rows travel as Arrow. */
export class Queries {
  readonly #http: Http;
  /** For the list, which is the same for each. */
  readonly #anyPortal: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
    this.#anyPortal = http;
  }

  /** Names, parameters and limits of all queries. */
  async list(options: CallOptions = {}): Promise<QueryDescription[]> {
    return (await this.#anyPortal.call<typeof listQueries>(LIST, {}, options)).queries;
  }

  /** Runs a query; resolves with all its rows. The Arrow code is loaded with the first call. */
  async run(name: string, params: QueryParams = {}, options: RunOptions = {}): Promise<Table> {
    expectTable();
    const response = await this.#stream(name, params, ARROW, options);
    return readTable(response, { onBatch: options.onBatch, signal: options.signal });
  }

  /** The same rows as CSV text, for downloads. */
  async csv(name: string, params: QueryParams = {}, options: CallOptions = {}): Promise<Blob> {
    return (await this.#stream(name, params, "text/csv", options)).blob();
  }

  #stream(name: string, params: QueryParams, accept: string, options: CallOptions): Promise<Response> {
    const request = { params: { name }, query: params };
    return this.#http.stream<typeof runQuery>(RUN, request, accept, options);
  }
}
