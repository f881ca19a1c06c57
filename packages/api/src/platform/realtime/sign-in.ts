import type { Auth } from "../auth/authenticate.ts";
import type { Caller } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";
import type { Connections } from "./connections.ts";

export interface SignInOptions {
  readonly auth: Pick<Auth, "fromToken">;
  readonly connections: Connections;
  readonly now: () => number;
  /** Pays for failed attempts. */
  readonly address: string;
  /** Milliseconds that a client has to authenticate; 5 s by default. */
  readonly authWithin?: number | undefined;
  /** Milliseconds between checks that a key was not revoked; a minute by default. */
  readonly recheckEvery?: number | undefined;
  /** The credential did not come, has ended, or is not valid any more. */
  readonly onEnd: (reason: AppError) => void;
  /** The process ends its connections. */
  readonly onRestart: () => void;
  /** It is time to authenticate again with the same token; the answer decides whether the connection stays. */
  readonly onRecheck: () => void;
}

/** Who is behind a socket, from the first token to the last. */
export interface SignIn {
  readonly caller: Caller | undefined;
  /** Takes a token, or the last one again. @throws AppError also where it is another person's */
  authenticate(token?: string): Promise<Caller>;
  close(): void;
}

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Begins to wait for the first token; null where too many are waiting already. */
export function awaitSignIn(options: SignInOptions): SignIn | null {
  const { auth, connections, now, onEnd } = options;
  const admit = connections.knock();
  if (!admit) return null;
  let token = "";
  let caller: Caller | undefined;
  let leave = () => {};
  let expiry: NodeJS.Timeout | undefined;
  let closed = false;

  const tooLate = () => onEnd(new AppError("unauthenticated", "No auth frame came in time."));
  const limit = setTimeout(tooLate, options.authWithin ?? 5_000);
  const recheck = setInterval(() => {
    if (caller?.kind === "key") options.onRecheck();
  }, options.recheckEvery ?? 60_000);

  function expireAt(time: number | undefined): void {
    clearTimeout(expiry);
    if (time === undefined) return;
    const end = () => (now() < time ? expireAt(time) : onEnd(new AppError("token_expired")));
    expiry = setTimeout(end, Math.min(Math.max(time - now(), 0), MAX_TIMER_MS));
  }

  return {
    get caller() {
      return caller;
    },
    async authenticate(given = token) {
      const next = await auth.fromToken(given, options.address);
      if (closed) throw new AppError("unauthenticated", "The connection was closed meanwhile.");
      if (!caller) leave = connections.enter(next, options.onRestart);
      else if (caller.kind !== next.kind || caller.subject !== next.subject) {
        throw new AppError(
          "forbidden",
          "A connection stays with the person who opened it: open another one.",
        );
      }
      clearTimeout(limit);
      admit();
      token = given;
      caller = next;
      expireAt(next.expiresAt);
      return next;
    },
    close() {
      closed = true;
      clearTimeout(limit);
      clearTimeout(expiry);
      clearInterval(recheck);
      admit();
      leave();
    },
  };
}
