import type { getSignIn, SignInSettings } from "./contract/session.ts";
import { ConnectionError } from "./transport/errors.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";
import type { Timing } from "./transport/timing.ts";

const SETTINGS: Route<typeof getSignIn> = { method: "get", path: "/api/v1/sign-in" };

/** A person's session at the sign-in service. The page keeps it; the token is renewed by its refresh token. */
export interface UserSession {
  token: string;
  expiresAt: string;
  refreshToken: string;
}

export interface SignInOptions {
  http: Http;
  fetch: typeof fetch;
  timing: Timing;
}

/** Milliseconds that the sign-in service has to answer. */
const PATIENCE = 20_000;

/** How people sign in: what the API accepts, and the password grant of its Supabase. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Ways to sign in that the API accepts; it tells everybody. */
  settings(options: CallOptions = {}): Promise<SignInSettings> {
    return this.#options.http.call<typeof getSignIn>(SETTINGS, {}, options);
  }

  /** Signs a person in. Rejects with `sign_in_refused` or `sign_in_unavailable`. */
  withPassword(email: string, password: string): Promise<UserSession> {
    return this.#grant("password", { email, password });
  }

  /** The session's next token; each refresh token serves once. Rejects as `withPassword`. */
  renew({ refreshToken }: Pick<UserSession, "refreshToken">): Promise<UserSession> {
    return this.#grant("refresh_token", { refresh_token: refreshToken });
  }

  async #grant(type: string, body: Record<string, string>): Promise<UserSession> {
    const { supabaseUrl, anonKey } = await this.settings();
    if (!supabaseUrl || !anonKey)
      throw new ConnectionError("sign_in_unavailable", "This API has no sign-in by password");
    const url = `${supabaseUrl}/auth/v1/token?grant_type=${type}`;
    const response = await this.#send(url, {
      method: "POST",
      headers: { apikey: anonKey, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok) throw refusal(response.status, answer);
    return this.#toSession(answer);
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#options.fetch(url, init);
    } catch (cause) {
      throw new ConnectionError("sign_in_unavailable", new URL(url).origin, { cause });
    }
  }

  #toSession({ access_token, refresh_token, expires_in }: Record<string, unknown>): UserSession {
    if (typeof access_token !== "string" || typeof refresh_token !== "string")
      throw new ConnectionError("sign_in_unavailable", "The sign-in service gave no token");
    const seconds = typeof expires_in === "number" ? expires_in : 0;
    const expiresAt = new Date(this.#options.timing.now() + seconds * 1000).toISOString();
    return { token: access_token, expiresAt, refreshToken: refresh_token };
  }
}

/** 400, 401, 403 and 422 are about the person; anything else about the service. Its words say which of their reasons it is. */
function refusal(status: number, answer: Record<string, unknown>): ConnectionError {
  const words = [answer.error_code, answer.error_description, answer.msg, answer.error];
  const reason = words.find((word) => typeof word === "string") as string | undefined;
  const code = [400, 401, 403, 422].includes(status) ? "sign_in_refused" : "sign_in_unavailable";
  return new ConnectionError(code, reason ?? `status ${status}`);
}
