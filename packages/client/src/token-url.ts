import type { PageToken } from "./contract/session.ts";
import { ConnectionError } from "./transport/errors.ts";
import type { GetToken } from "./transport/token.ts";

/**
 * A `getToken` that posts to an address of the page's own server (cookies go along on the same origin) and takes
 * `{token, expiresAt}`; the client renews it before its end. Rejects with `token_unavailable`.
 * @param proof what the page can show for its visitor, sent as JSON: a portal's access token, where a portal shows it
 */
export function tokenFrom(
  url: string,
  send: typeof fetch = (input, init) => fetch(input, init),
  proof?: () => Promise<Record<string, string>>,
): GetToken {
  return async () => {
    try {
      const response = await send(url, {
        method: "POST",
        headers: { accept: "application/json", ...(proof ? { "content-type": "application/json" } : {}) },
        ...(proof ? { body: JSON.stringify(await proof()) } : {}),
      });
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
