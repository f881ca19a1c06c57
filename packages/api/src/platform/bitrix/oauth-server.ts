import { z } from "zod";
import type { Clock } from "./clock.ts";
import { causeCode, PortalError, toSafeCause } from "./errors.ts";
import { readBody } from "./read-body.ts";
import { createRedactor } from "./redact.ts";

/** What an auth server gives for a code or a refresh token. */
export interface TokenGrant {
  readonly accessToken: string;
  /** Good for one exchange: keep it before anything else. */
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** `https://<portal>/rest/`, as the auth server knows it. */
  readonly endpoint: string;
  readonly serverEndpoint: string;
  readonly memberId: string;
  readonly scopes: readonly string[];
}

export interface GrantRequest {
  /** `https://<auth server>/rest/`: must have been checked, for it is told the application's secret. */
  readonly serverEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grant: { readonly code: string } | { readonly refreshToken: string };
}

/** @throws PortalError portal_token_expired (the code or refresh token is worth nothing), portal_unreachable… */
export type RequestToken = (request: GrantRequest) => Promise<TokenGrant>;

export interface OAuthServerOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly clock: Pick<Clock, "deadline">;
  /** A code lives for 30 s. */
  readonly timeoutMs?: number;
}

const METHOD = "oauth.token";
const MAX_BYTES = 64 * 1024;

const Grant = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(3_600),
  client_endpoint: z.url({ protocol: /^https?$/ }),
  server_endpoint: z.url({ protocol: /^https?$/ }).optional(),
  member_id: z.string().min(1).max(64),
  scope: z.string().catch(""),
});

const Refusal = z.object({ error: z.coerce.string(), error_description: z.coerce.string().catch("") });

/** Portal codes of the auth server that say something else than "try again later". */
const CODES: Readonly<Record<string, [code: PortalError["code"], meaning: string]>> = {
  invalid_grant: ["portal_token_expired", "the code or refresh token is used up, too old, or not ours"],
  not_installed: ["portal_token_expired", "the application is not installed on the portal any more"],
  invalid_client: ["portal_credential_rejected", "BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET do not fit"],
  wrong_client: ["portal_credential_rejected", "BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET do not fit"],
  payment_required: ["portal_plan_required", "the portal's subscription has ended"],
  invalid_scope: ["insufficient_scope", "the application lacks a scope"],
  insufficient_scope: ["insufficient_scope", "the application lacks a scope"],
};

/** `/oauth/token/` beside the `/rest/` that portals name. */
export function tokenAddress(serverEndpoint: string): string {
  const { origin, pathname } = new URL(serverEndpoint);
  return `${origin}${pathname.replace(/\/rest\/?$/, "").replace(/\/+$/, "")}/oauth/token/`;
}

/** Exchanges at an auth server. By POST: what stands in an address ends in logs. */
export function createTokenRequests(options: OAuthServerOptions): RequestToken {
  const { fetch = globalThis.fetch, clock, timeoutMs = 15_000 } = options;

  async function post(request: GrantRequest, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const { serverEndpoint, clientId, clientSecret, grant } = request;
    const form = {
      client_id: clientId,
      client_secret: clientSecret,
      ...("code" in grant
        ? { grant_type: "authorization_code", code: grant.code }
        : { grant_type: "refresh_token", refresh_token: grant.refreshToken }),
    };
    const response = await fetch(tokenAddress(serverEndpoint), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams(form).toString(),
      redirect: "manual",
      signal,
    });
    return { status: response.status, text: await readBody(response, MAX_BYTES) };
  }

  return async (request) => {
    const secret = "code" in request.grant ? request.grant.code : request.grant.refreshToken;
    const redact = createRedactor([request.clientSecret, secret]);
    const stop = new AbortController();
    const cancelDeadline = clock.deadline(timeoutMs, () => stop.abort(new Error("no answer in time")));
    try {
      const { status, text } = await post(request, stop.signal);
      return toGrant(status, text, request.serverEndpoint, redact.text);
    } catch (error) {
      if (error instanceof PortalError) throw error;
      const code = causeCode(error);
      throw new PortalError({
        ...unreachable,
        detail: `${METHOD}: no answer from ${new URL(request.serverEndpoint).host}${code ? ` (${code})` : ""}`,
        cause: toSafeCause(error, redact),
      });
    } finally {
      cancelDeadline();
    }
  };
}

const unreachable = {
  code: "portal_unreachable",
  method: METHOD,
  outcome: "refused",
  transient: true,
} as const;

function toGrant(
  status: number,
  text: string,
  serverEndpoint: string,
  redact: (text: string) => string,
): TokenGrant {
  const json = parseJson(text);
  const refusal = Refusal.safeParse(json);
  if (refusal.success) throw toRefusal(status, refusal.data, redact);
  const grant = Grant.safeParse(json);
  if (!grant.success || status >= 300) {
    const detail = `${METHOD}: the auth server's answer makes no sense (HTTP ${status})`;
    if (status >= 500) throw new PortalError({ ...unreachable, detail, status });
    throw new PortalError({
      code: "portal_answer_invalid",
      method: METHOD,
      status,
      detail,
      outcome: "answered",
    });
  }
  const { data } = grant;
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token,
    expiresIn: data.expires_in,
    endpoint: data.client_endpoint,
    serverEndpoint: data.server_endpoint ?? serverEndpoint,
    memberId: data.member_id,
    scopes: data.scope.split(/[\s,]+/).filter(Boolean),
  };
}

/** Errors come with any status, 200 included: the `error` key tells. */
function toRefusal(
  status: number,
  { error, error_description }: z.output<typeof Refusal>,
  redact: (text: string) => string,
): PortalError {
  const portalCode = redact(error);
  const fields = { method: METHOD, status, portalCode };
  const known = CODES[portalCode.toLowerCase()];
  if (known) {
    const [code, meaning] = known;
    const outcome = "answered" as const;
    return new PortalError({ ...fields, code, outcome, detail: `${METHOD}: ${meaning} (${portalCode})` });
  }
  const words = redact(error_description).slice(0, 300);
  const detail = `${METHOD}: ${words || "no description"} (${portalCode}, HTTP ${status})`;
  if (status >= 500 || status === 429) return new PortalError({ ...unreachable, ...fields, detail });
  return new PortalError({ ...fields, code: "portal_error", outcome: "answered", detail });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
