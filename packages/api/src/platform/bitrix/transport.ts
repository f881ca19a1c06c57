import type { Clock } from "./clock.ts";
import type { Door } from "./door.ts";
import { Envelope, toPortalTime } from "./envelope.ts";
import { causeCode, PortalError, type PortalErrorFields, toPortalError, toSafeCause } from "./errors.ts";
import { BodyTooLarge, readBody } from "./read-body.ts";
import type { Redactor } from "./redact.ts";
import type { Answer } from "./types.ts";

export interface TransportOptions {
  door: Door;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  redact: Redactor;
  /** The portal itself gives up after 60 s. */
  timeoutMs: number;
  maxBytes: number;
  userAgent: string;
  /** The portal has moved to another host; the credential stays the same. */
  onMoved?: (move: { from: string; to: string }) => void;
}

/** One exchange with the portal: no limits, no repetitions. */
export interface Transport {
  readonly host: string;
  /**
   * @param auth the access token, where the door does not carry the credential itself
   * @throws PortalError for whatever goes wrong; the signal's reason when aborted before anything was sent
   */
  send(
    method: string,
    params: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
    auth?: string,
  ): Promise<Answer<unknown>>;
}

const MAX_MOVES = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
// The connection never stood, so nothing was sent.
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/;

export function createTransport(options: TransportOptions): Transport {
  const { fetch, clock, redact, timeoutMs, maxBytes, userAgent } = options;
  let { door } = options;

  const fail = (method: string, fields: Omit<PortalErrorFields, "method">) =>
    new PortalError({ ...fields, method, detail: redact.text(`${method}: ${fields.detail}`) });

  const post = (method: string, body: string, signal: AbortSignal) =>
    fetch(door.url(method), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "user-agent": userAgent },
      body,
      redirect: "manual",
      signal,
    });

  /** Follows a renamed portal: the same path on another host. Anything else is no portal of ours. */
  const follow = async (method: string, response: Response): Promise<void> => {
    await response.body?.cancel().catch(() => {});
    const location = response.headers.get("location") ?? "";
    const from = new URL(door.url(method));
    const to = location !== "" && URL.canParse(location, from) ? new URL(location, from) : null;
    const samePath = to?.pathname.replace(/\/+$/, "") === from.pathname;
    const downgraded = from.protocol === "https:" && to?.protocol !== "https:";
    if (!to || !samePath || downgraded) {
      const { status } = response;
      throw fail(method, {
        code: "portal_not_bitrix",
        status,
        outcome: "refused",
        detail: `redirected elsewhere (HTTP ${status})`,
      });
    }
    if (to.origin === door.origin) return;
    const move = { from: door.origin, to: to.origin };
    door = door.moved(to.origin);
    options.onMoved?.(move);
  };

  const exchange = async (method: string, body: string, signal: AbortSignal): Promise<[Response, string]> => {
    for (let moves = 0; moves <= MAX_MOVES; moves += 1) {
      const response = await post(method, body, signal);
      if (!REDIRECTS.has(response.status)) return [response, await readBody(response, maxBytes)];
      await follow(method, response);
    }
    throw fail(method, { code: "portal_not_bitrix", outcome: "refused", detail: "redirected in a circle" });
  };

  const toFailure = (method: string, error: unknown, timedOut: boolean): PortalError => {
    if (error instanceof PortalError) return error;
    const cause = toSafeCause(error, redact);
    if (timedOut) {
      const detail = `no answer within ${timeoutMs / 1000} s`;
      return fail(method, { code: "portal_unreachable", outcome: "unknown", transient: true, detail, cause });
    }
    if (error instanceof BodyTooLarge) {
      const detail = `the answer is larger than ${maxBytes} bytes`;
      return fail(method, { code: "portal_answer_invalid", outcome: "unknown", detail, cause });
    }
    const code = causeCode(error) ?? "";
    const certificate = CERTIFICATE.test(code);
    const outcome = certificate || NEVER_SENT.has(code) ? "refused" : "unknown";
    const detail = `${certificate ? "no trusted TLS connection to" : "no connection to"} ${door.host}${code ? ` (${code})` : ""}`;
    return fail(method, { code: "portal_unreachable", outcome, transient: !certificate, detail, cause });
  };

  return {
    get host() {
      return door.host;
    },
    send: async (method, params, signal, auth) => {
      signal?.throwIfAborted();
      const body = JSON.stringify(auth === undefined ? params : { ...params, auth });
      const stop = new AbortController();
      let timedOut = false;
      const cancelDeadline = clock.deadline(timeoutMs, () => {
        timedOut = true;
        stop.abort(new Error("deadline"));
      });
      const onAbort = () => stop.abort(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        const [response, text] = await exchange(method, body, stop.signal);
        return toAnswer(method, response, text, redact, fail);
      } catch (error) {
        throw toFailure(method, error, timedOut);
      } finally {
        cancelDeadline();
        signal?.removeEventListener("abort", onAbort);
      }
    },
  };
}

type Fail = (method: string, fields: Omit<PortalErrorFields, "method">) => PortalError;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toAnswer(
  method: string,
  response: Response,
  text: string,
  redact: Redactor,
  fail: Fail,
): Answer<unknown> {
  const { status } = response;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw toShapeless(method, response, text, fail);
  }
  const parsed = Envelope.safeParse(json);
  // The key decides, not its value: many failures have an empty code, some come with HTTP 200.
  if (isMap(json) && "error" in json) {
    throw toPortalError({ method, status, error: json.error, description: json.error_description }, redact);
  }
  if (!parsed.success || !isMap(json) || !("result" in json) || status >= 300) {
    const code =
      status >= 500 ? "portal_unreachable" : status >= 400 ? "portal_not_bitrix" : "portal_answer_invalid";
    const outcome = status >= 400 && status < 500 ? "refused" : "unknown";
    const detail = `JSON without a result and without an error (HTTP ${status})`;
    throw fail(method, { code, status, outcome, transient: status >= 500, detail });
  }
  const { result, total, next, time } = parsed.data;
  return {
    result,
    time: toPortalTime(time),
    ...(total === undefined ? {} : { total }),
    ...(next === undefined ? {} : { next }),
  };
}

/** Not JSON: a gateway's page, a login form, nothing at all. */
function toShapeless(method: string, response: Response, text: string, fail: Fail): PortalError {
  const { status } = response;
  const html = /^\s*</.test(text) || /html/i.test(response.headers.get("content-type") ?? "");
  const what = text.trim() === "" ? "an empty body" : html ? "an HTML page" : "something that is not JSON";
  const gateway = status >= 502 && status <= 504;
  return fail(method, {
    code: gateway ? "portal_unreachable" : "portal_not_bitrix",
    status,
    // A client error was turned away before any method ran; a page with any other status may hide a finished call.
    outcome: status >= 400 && status < 500 ? "refused" : "unknown",
    transient: status < 400 || status >= 500,
    detail: `${what} instead of an answer (HTTP ${status})`,
  });
}
