import { decodeBatch, encodeBatch } from "./batch.ts";
import { type Clock, systemClock } from "./clock.ts";
import { tokenDoor, webhookDoor } from "./door.ts";
import { PortalError } from "./errors.ts";
import { LimitExceeded, type Limiter, type LimitReport } from "./limiter.ts";
import { readList } from "./list.ts";
import { isReading } from "./methods.ts";
import { createLiveRedactor } from "./redact.ts";
import { backoff, mayRetry } from "./retry.ts";
import type { TokenSource } from "./token-source.ts";
import { createTransport } from "./transport.ts";
import type {
  Answer,
  BatchOptions,
  BatchOutcome,
  CallOptions,
  Command,
  PortalClient,
  PortalLog,
} from "./types.ts";
import { parseWebhookAddress } from "./webhook-address.ts";

export interface WebhookCredential {
  kind: "webhook";
  url: string;
  /** Plain http to other machines: a portal in one's own network. */
  allowHttp?: boolean;
}

/** An installed application: calls carry an access token that is renewed when it has expired. */
export interface OAuthCredential {
  kind: "oauth";
  /** `https://<portal>/rest/` */
  endpoint: string;
  tokens: TokenSource;
}

export type PortalCredential = WebhookCredential | OAuthCredential;

export interface PortalClientOptions {
  portalId: number;
  credential: PortalCredential;
  limiter: Limiter;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  random?: () => number;
  log?: PortalLog;
  timeoutMs?: number;
  maxBytes?: number;
  userAgent?: string;
  onMoved?: (move: { from: string; to: string }) => void;
}

const ATTEMPTS = 4;

/** The token that another process has brought may have expired too: the second one is then fresh. */
const REPLACEMENTS = 2;
const INTERACTIVE_PATIENCE_MS = 20_000;

interface Work extends CallOptions {
  method: string;
  params: Readonly<Record<string, unknown>>;
  commands: Readonly<Record<string, number>>;
  safe: boolean;
  attempts: number;
  /** The access token of the last attempt, and how often it was replaced. */
  token?: string;
  replaced?: number;
  /** A batch's own times, for the operating ledger. */
  results?: (answer: Answer<unknown>) => LimitReport["results"];
}

/** A client of one portal. @throws PortalError `portal_url_invalid` */
export function createPortalClient(options: PortalClientOptions): PortalClient {
  const { portalId, limiter, clock = systemClock, random = Math.random, log } = options;
  const { door, secrets, tokens } = openDoor(options.credential);
  const redact = createLiveRedactor(secrets);
  const transport = createTransport({
    door,
    clock,
    redact,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 60_000,
    maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
    userAgent: options.userAgent ?? "b24kit/0.1",
    ...(options.onMoved ? { onMoved: options.onMoved } : {}),
  });
  // What a page of a list took last time, so that the next list begins with the right width.
  const pageSeconds = new Map<string, number>();

  const acquire = async ({
    method,
    commands,
    onWait,
    priority = "interactive",
    maxWaitMs,
    ...work
  }: Work) => {
    const signals = [work.signal, work.waitSignal].flatMap((signal) => signal ?? []);
    const patience =
      maxWaitMs ?? (priority === "interactive" ? INTERACTIVE_PATIENCE_MS : Number.POSITIVE_INFINITY);
    try {
      await limiter.acquire({
        method,
        commands,
        priority,
        maxWaitMs: patience,
        ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
        ...(onWait ? { onWait } : {}),
      });
    } catch (error) {
      if (!(error instanceof LimitExceeded)) throw error;
      const retryAfter = Math.ceil(error.waitMs / 1000);
      const detail = `${method}: free again in ${retryAfter} s`;
      throw new PortalError({ code: error.code, method, outcome: "refused", retryAfter, detail });
    }
  };

  /** The limiter's bookkeeping must not turn an answer that came into a failure: a write would be done again. */
  const noted = (bookkeeping: Promise<void>) =>
    bookkeeping.catch((error: unknown) => {
      log?.warn({ portalId, reason: redact.text(String(error)) }, "the portal's limits could not be noted");
    });

  const attemptOnce = async (work: Work): Promise<Answer<unknown>> => {
    const { method, params, commands, signal } = work;
    await acquire(work);
    const report: LimitReport = { method, commands };
    try {
      if (tokens) {
        work.token = await tokens.access();
        redact.learn(work.token);
      }
      await work.beforeSend?.();
      const answer = await transport.send(method, params, signal, work.token);
      Object.assign(report, { time: answer.time, results: work.results?.(answer) ?? [] });
      return answer;
    } finally {
      await noted(limiter.report(report));
    }
  };

  /** What a failed attempt means: null where the token was replaced, so that the call can be made again at once. */
  const judged = async (work: Work, error: PortalError): Promise<unknown> => {
    const { code, portalCode } = error;
    const refused = code === "portal_token_expired" || code === "portal_credential_rejected";
    const { token, replaced = 0 } = work;
    if (!tokens || token === undefined || replaced >= REPLACEMENTS || !refused || portalCode === undefined)
      return error;
    try {
      work.replaced = replaced + 1;
      return (await tokens.refused(token, portalCode)) ? null : error;
    } catch (reason) {
      return reason;
    }
  };

  const perform = async (work: Work): Promise<Answer<unknown>> => {
    const { method, signal, safe, attempts } = work;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce(work);
      } catch (caught) {
        const error = caught instanceof PortalError ? await judged(work, caught) : caught;
        if (error === null) continue;
        if (!(error instanceof PortalError)) throw error;
        if (error.outcome === "refused" && error.status > 0)
          await noted(limiter.refused({ method, code: error.code }));
        if (signal?.aborted && (safe || error.outcome !== "unknown")) throw signal.reason;
        if (signal?.aborted || !mayRetry(error, attempt, { safe, attempts }))
          throw safe ? error : asWrite(error);
        log?.warn({ portalId, attempt, error: error.toJSON() }, "portal call failed, trying again");
        work.onRetry?.(error);
        await clock.sleep(backoff(attempt, random), signal);
      }
    }
  };

  const call = async <T>(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    opts: CallOptions = {},
  ) => {
    const safe = isReading(method) || opts.idempotent === true;
    return (await perform({
      ...opts,
      method,
      params,
      commands: { [method]: 1 },
      safe,
      attempts: ATTEMPTS,
    })) as Answer<T>;
  };

  const batch = async (commands: Readonly<Record<string, Command>>, opts: BatchOptions = {}) => {
    const { cmd, refused } = encodeBatch(commands);
    const sent = Object.fromEntries(Object.entries(commands).filter(([name]) => name in cmd));
    if (Object.keys(sent).length === 0) return refused;
    const counts: Record<string, number> = {};
    for (const { method } of Object.values(sent)) counts[method] = (counts[method] ?? 0) + 1;
    const halt = opts.halt ?? false;
    let outcomes: Record<string, BatchOutcome> = {};
    await perform({
      ...opts,
      method: "batch",
      params: { halt: halt ? 1 : 0, cmd },
      commands: counts,
      safe: opts.idempotent === true || Object.values(sent).every(({ method }) => isReading(method)),
      attempts: opts.attempts ?? ATTEMPTS,
      results: (answer) => {
        outcomes = decodeBatch(answer, sent, { halt, redact });
        return Object.entries(sent).flatMap(([name, { method }]) => {
          const outcome = outcomes[name];
          return outcome?.ok ? [{ method, time: outcome.time }] : [];
        });
      },
    });
    await reportRefusals(outcomes);
    return { ...outcomes, ...refused };
  };

  const reportRefusals = async (outcomes: Record<string, BatchOutcome>) => {
    const parked = new Set<string>();
    for (const outcome of Object.values(outcomes)) {
      if (!outcome.ok && outcome.error.code === "portal_operating_limit") parked.add(outcome.error.method);
    }
    for (const method of parked) {
      await noted(limiter.refused({ method, code: "portal_operating_limit" }));
    }
  };

  return {
    portalId,
    get host() {
      return transport.host;
    },
    call,
    batch,
    limits: () => limiter.state(),
    list: (method, opts = {}) => readList({ batch, clock, random, pageSeconds }, method, opts),
  };
}

function openDoor(credential: PortalCredential) {
  if (credential.kind === "oauth")
    return { door: tokenDoor(credential.endpoint), secrets: [], tokens: credential.tokens };
  const address = parseWebhookAddress(credential.url, { allowHttp: credential.allowHttp ?? false });
  return { door: webhookDoor(address), secrets: [address.code], tokens: null };
}

/** A write whose fate is unknown must be looked up by its caller, never repeated by us. */
function asWrite(error: PortalError): PortalError {
  if (error.outcome !== "unknown") return error;
  const { method, status, detail } = error;
  return new PortalError({
    code: "write_outcome_unknown",
    method,
    status,
    outcome: "unknown",
    detail,
    cause: error,
  });
}
