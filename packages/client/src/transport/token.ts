import { ConnectionError } from "./errors.ts";
import type { Timing } from "./timing.ts";

/** A token with its end, as `POST token-url` answers it; or the token alone. */
export type Token = string | { token: string; expiresAt: string };

/** Where the page gets its token. Called again when the last one has expired or was refused. */
export type GetToken = () => Token | undefined | Promise<Token | undefined>;

/** A token is renewed this long before it ends, so that no request leaves with one about to expire. */
const MARGIN = 30_000;

/** Keeps the page's token: asked for once however many requests wait, renewed when it ends or is refused. */
export class TokenKeeper {
  readonly #getToken: GetToken | undefined;
  readonly #timing: Timing;
  #token: string | undefined;
  #endsAt = Number.POSITIVE_INFINITY;
  #asking: Promise<string | undefined> | undefined;

  constructor(getToken: GetToken | undefined, timing: Timing) {
    this.#getToken = getToken;
    this.#timing = timing;
  }

  /** The token to send, or undefined where the page has none. Rejects with `token_unavailable`. */
  async current(): Promise<string | undefined> {
    if (this.#token !== undefined && this.#timing.now() < this.#endsAt - MARGIN) return this.#token;
    return this.#renew();
  }

  /** Another token than the refused one; undefined where there is no other. */
  async replace(refused: string | undefined): Promise<string | undefined> {
    if (this.#token !== undefined && this.#token !== refused) return this.#token;
    const token = await this.#renew();
    return token === refused ? undefined : token;
  }

  #renew(): Promise<string | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<string | undefined> {
    if (!this.#getToken) return undefined;
    try {
      const answer = await this.#getToken();
      this.#token = typeof answer === "object" ? answer.token : answer;
      this.#endsAt = typeof answer === "object" ? Date.parse(answer.expiresAt) : Number.POSITIVE_INFINITY;
      return this.#token;
    } catch (cause) {
      if (cause instanceof ConnectionError) throw cause;
      throw new ConnectionError("token_unavailable", cause instanceof Error ? cause.message : String(cause), {
        cause,
      });
    }
  }
}
