import { lookup as systemLookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError } from "../http/app-error.ts";
import { isConfigured, shown, toPlainUrl } from "./address.ts";
import { isPublicAddress } from "./internal-address.ts";

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface Outside {
  /** @throws AppError address_refused */
  require(address: string): Promise<void>;
  /**
   * Posts a JSON text; any answer is an answer, also a redirect, which is not followed.
   * @throws AppError address_refused, outgoing_unreachable, outgoing_timeout
   */
  post(address: string, headers: Readonly<Record<string, string>>, body: string): Promise<OutsideAnswer>;
}

export interface OutsideAnswer {
  readonly status: number;
  /** Seconds, where the answer says when to come again. */
  readonly retryAfter: number | null;
}

export interface OutsideOptions {
  /** Origins that an administrator has named: these may stand anywhere, on any protocol. */
  readonly configured: readonly string[];
  readonly timeoutMs?: number;
  readonly resolve?: (hostname: string) => Promise<readonly Resolved[]>;
}

const TIMEOUT_MS = 15_000;

/** Reaches addresses that came from outside, and nothing of the network that we stand in. */
export function createOutside(options: OutsideOptions): Outside {
  const { configured, timeoutMs = TIMEOUT_MS } = options;
  const resolve = options.resolve ?? ((hostname) => systemLookup(hostname, { all: true }));

  const refuse = (address: string, why: string) =>
    new AppError("address_refused", `"${shown(address)}" ${why}.`);

  function read(address: string): { url: URL; exempt: boolean } {
    const url = toPlainUrl(address);
    if (url === null) throw refuse(address, "is no plain address of the web");
    const exempt = isConfigured(url, configured);
    if (!exempt && url.protocol !== "https:") throw refuse(address, "is not https");
    return { url, exempt };
  }

  /** All addresses of the name must be public: one of them is what the system would choose. */
  async function locate(address: string, { url, exempt }: ReturnType<typeof read>): Promise<Resolved> {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const family = isIP(host);
    const found = family > 0 ? [{ address: host, family }] : await ask(host);
    const [first] = found;
    if (first === undefined) throw new AppError("outgoing_unreachable", `"${host}" has no address.`);
    if (!exempt && !found.every((one) => isPublicAddress(one.address)))
      throw refuse(address, "stands in an internal network");
    return first;
  }

  async function ask(host: string): Promise<readonly Resolved[]> {
    try {
      return await resolve(host);
    } catch (error) {
      const { code = "unknown" } = error as NodeJS.ErrnoException;
      throw new AppError("outgoing_unreachable", `"${host}" cannot be resolved (${code}).`);
    }
  }

  return {
    async require(address) {
      await locate(address, read(address));
    },
    async post(address, headers, body) {
      const asked = read(address);
      const target = await locate(address, asked);
      return send(asked.url, target, { headers, body, timeoutMs });
    },
  };
}

interface Message {
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
}

/** Connects to the address that was checked, under the name that was asked for: certificates are those of the name. */
function send(url: URL, target: Resolved, { headers, body, timeoutMs }: Message): Promise<OutsideAnswer> {
  const lookup: LookupFunction = (_host, { all }, done) =>
    all
      ? (done as (error: null, found: Resolved[]) => void)(null, [target])
      : done(null, target.address, target.family);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((answered, failed) => {
    const call = request(
      url,
      {
        method: "POST",
        agent: false,
        lookup,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      },
      (answer) => {
        answered({ status: answer.statusCode ?? 0, retryAfter: secondsOf(answer.headers["retry-after"]) });
        // Nobody reads what it says, however long.
        answer.destroy();
      },
    );
    call.on("error", (error: NodeJS.ErrnoException) => failed(toFailure(url, error)));
    call.end(body);
  });
}

function toFailure({ host }: URL, error: NodeJS.ErrnoException): AppError {
  if (error.name === "AbortError" || error.name === "TimeoutError")
    return new AppError("outgoing_timeout", `"${host}" did not answer in time.`);
  return new AppError("outgoing_unreachable", `"${host}": ${error.code ?? "the connection broke"}.`);
}

/** Only the number form: dates are rare and clocks differ. */
const secondsOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
