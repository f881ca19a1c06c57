import type { PageToken } from "./contract/session.ts";
import { ConnectionError } from "./transport/errors.ts";
import type { GetToken } from "./transport/token.ts";

/**
 * A `getToken` that posts to an address of the page's own server (cookies go along on the same origin) and takes
 * `{token, expiresAt}`; the client renews it before its end. Rejects with `token_unavailable`.
 */
export function tokenFrom(url: string, send: typeof fetch = (input, init) => fetch(input, init)): GetToken {
  return async () => {
    try {
      const response = await send(url, { method: "POST", headers: { accept: "application/json" } });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      const { token, expiresAt } = (await response.json()) as PageToken;
      if (typeof token !== "string" || Number.isNaN(Date.parse(expiresAt)))
        throw new Error("it answered no {token, expiresAt}");
      return { token, expiresAt };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConnectionError("token_unavailable", `POST ${url}: ${reason}`, { cause });
    }
  };
}
