import { ERRORS, type ErrorCode } from "@b24kit/client/contract";
import { scopeOf } from "./methods.ts";
import type { Redactor } from "./redact.ts";

/**
 * Whether the portal carried the call out: `refused`: certainly not, it may be repeated; `unknown`: perhaps;
 * `answered`: it ran (or was rejected for good) and this is the answer.
 */
export type CallOutcome = "refused" | "unknown" | "answered";

export interface PortalErrorFields {
  code: ErrorCode;
  detail: string;
  method: string;
  /** HTTP status of the portal's answer; 0 when none came. */
  status?: number;
  outcome?: CallOutcome;
  /** Whether the same call may succeed when it is repeated a little later. */
  transient?: boolean;
  /** Seconds after which a repetition makes sense. */
  retryAfter?: number;
  /** The portal's own code, as it sent it; may be empty. */
  portalCode?: string;
  /** The scope that the credential lacks. */
  scope?: string;
  cause?: unknown;
}

/** A failed call to a portal. `detail` and `cause` are redacted before they get here. */
export class PortalError extends Error {
  override readonly name = "PortalError";
  readonly code: ErrorCode;
  readonly detail: string;
  readonly method: string;
  readonly status: number;
  readonly outcome: CallOutcome;
  readonly transient: boolean;
  readonly retryAfter?: number;
  readonly portalCode?: string;
  readonly scope?: string;

  constructor(fields: PortalErrorFields) {
    super(
      `${ERRORS[fields.code][1]}: ${fields.detail}`,
      fields.cause === undefined ? {} : { cause: fields.cause },
    );
    this.code = fields.code;
    this.detail = fields.detail;
    this.method = fields.method;
    this.status = fields.status ?? 0;
    this.outcome = fields.outcome ?? "answered";
    this.transient = fields.transient ?? false;
    if (fields.retryAfter !== undefined) this.retryAfter = fields.retryAfter;
    if (fields.portalCode !== undefined) this.portalCode = fields.portalCode;
    if (fields.scope !== undefined) this.scope = fields.scope;
  }

  toJSON(): object {
    const { name, code, detail, method, status, outcome, transient, retryAfter, portalCode, scope } = this;
    return { name, code, detail, method, status, outcome, transient, retryAfter, portalCode, scope };
  }
}

export const isPortalError = (error: unknown): error is PortalError => error instanceof PortalError;

/** Portal codes (lower case; sources disagree on case) and what they mean to us. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  query_limit_exceeded: "portal_rate_limited",
  operation_time_limit: "portal_operating_limit",
  overload_limit: "portal_blocked",
  expired_token: "portal_token_expired",
  invalid_token: "portal_credential_rejected",
  no_auth_found: "portal_credential_rejected",
  invalid_credentials: "portal_credential_rejected",
  error_oauth: "portal_credential_rejected",
  not_installed: "portal_credential_rejected",
  application_not_found: "portal_credential_rejected",
  wrong_client: "portal_credential_rejected",
  portal_deleted: "portal_credential_rejected",
  authorization_error: "portal_user_inactive",
  insufficient_scope: "insufficient_scope",
  invalid_scope: "insufficient_scope",
  payment_required: "portal_plan_required",
  access_denied: "portal_access_denied",
  user_access_error: "portal_access_denied",
  allowed_only_intranet_user: "portal_access_denied",
  wrong_auth_type: "portal_access_denied",
  method_confirm_waiting: "portal_access_denied",
  method_confirm_denied: "portal_access_denied",
  error_method_not_found: "portal_method_missing",
};

const REFUSED: ReadonlySet<ErrorCode> = new Set([
  "portal_rate_limited",
  "portal_operating_limit",
  "portal_blocked",
]);
const UNFINISHED: ReadonlySet<string> = new Set(["internal_server_error", "error_unexpected_answer"]);

const PLAN = /commercial plan|extended plan|коммерческ\S+ тариф|расширенн\S+ тариф|subscription/i;
const DENIED = /^(access denied|доступ запрещ[её]н)/i;

function toErrorCode(status: number, portalCode: string, description: string): ErrorCode {
  const code = portalCode.toLowerCase();
  if (code === "access_denied" && PLAN.test(description)) return "portal_plan_required";
  if (code === "invalid_request" && /https required/i.test(description)) return "portal_url_invalid";
  const known = CODES[code];
  if (known) return known;
  if (DENIED.test(description)) return "portal_access_denied";
  if (code === "" && status !== 429) return status === 401 ? "portal_credential_rejected" : "portal_error";
  if (status === 401) return "portal_credential_rejected";
  if (status === 403) return "portal_access_denied";
  if (status === 429) return "portal_rate_limited";
  return "portal_error";
}

// Several messages of one answer come joined by line breaks of either kind.
const toPlainText = (description: string) =>
  description
    .replace(/<br\s*\/?>|\n/gi, "; ")
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 1000);

export interface PortalRefusal {
  method: string;
  status: number;
  /** The envelope's `error`: a code, an empty string, digits, or the object of REST 3. */
  error: unknown;
  description: unknown;
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** Turns an answer that carries an `error` key, of a call or of one command of a batch, into our error. */
export function toPortalError(refusal: PortalRefusal, redact: Redactor): PortalError {
  const { method, status } = refusal;
  const nested = (typeof refusal.error === "object" ? refusal.error : null) as Record<string, unknown> | null;
  const portalCode = redact.text(nested ? asText(nested.code) : asText(refusal.error));
  const words = redact.text(toPlainText(nested ? asText(nested.message) : asText(refusal.description)));
  const code = toErrorCode(status, portalCode, words);
  const scope = code === "insufficient_scope" ? scopeOf(method) : undefined;
  const unfinished = UNFINISHED.has(portalCode.toLowerCase()) || (status >= 500 && code === "portal_error");
  const outcome = REFUSED.has(code) ? "refused" : unfinished ? "unknown" : "answered";
  const label = [portalCode, status >= 400 ? `HTTP ${status}` : ""].filter(Boolean).join(", ");
  return new PortalError({
    code,
    method,
    status,
    portalCode,
    outcome,
    transient: code !== "portal_blocked" && outcome !== "answered",
    detail: `${method}: ${words || "no description"}${label ? ` (${label})` : ""}${scope ? `; missing scope: ${scope}` : ""}`,
    ...(scope ? { scope } : {}),
  });
}

/** A copy of a foreign error that is safe to keep: same name and code, redacted words, no stack of others. */
export function toSafeCause(error: unknown, redact: Redactor): Error {
  const source = error instanceof Error ? error : new Error(String(error));
  const safe = new Error(redact.text(source.message));
  safe.name = source.name;
  safe.stack = `${source.name}: ${safe.message}`;
  const code = causeCode(source);
  return code ? Object.assign(safe, { code: redact.text(code) }) : safe;
}

/** The system's code (ECONNREFUSED…) wherever fetch has hidden it. */
export function causeCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === "string") return code;
    const [first] = at instanceof AggregateError ? at.errors : [];
    const inner = (first as { code?: unknown } | undefined)?.code;
    if (typeof inner === "string") return inner;
  }
  return undefined;
}
