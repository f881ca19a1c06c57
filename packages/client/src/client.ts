import { Charts } from "./charts.ts";
import { Generator } from "./generator.ts";
import { Keys } from "./keys.ts";
import { Portals } from "./portals.ts";
import { Queries } from "./queries.ts";
import { Realtime } from "./realtime.ts";
import { type Health, health, type Session, whoami } from "./session.ts";
import { SignIn } from "./sign-in.ts";
import { Subscriptions } from "./subscriptions.ts";
import { Sync } from "./sync.ts";
import type { ConnectionOptions } from "./transport/connection.ts";
import { type CallOptions, Http } from "./transport/http.ts";
import { realTiming, type Timing } from "./transport/timing.ts";
import { type GetToken, TokenKeeper } from "./transport/token.ts";

export interface ClientOptions {
  /** Address of the API, e.g. `https://b24.example.com`; a sub-folder is kept. */
  baseUrl: string;
  /** Where the bearer token comes from: an API key, a signed-in user's or a page's token. */
  getToken?: GetToken | undefined;
  /** Host or id of the portal to ask for; needed only where several are connected. */
  portal?: string | undefined;
  /** Told when a token was refused and there is no other: the person has to sign in again. */
  onRefused?: ((error: Error) => void) | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** Absent: the platform's own. Where there is none, or with null, server-sent events are used. */
  WebSocket?: typeof globalThis.WebSocket | null | undefined;
  timing?: Timing | undefined;
}

/** A class by its public members only, so that a story or a test can stand in for it. */
type Public<T> = Pick<T, keyof T>;

/** Everything that the API can do. One per page: its parts share the token and the one connection. */
export interface B24Client {
  readonly baseUrl: string;
  readonly sync: Public<Sync>;
  readonly generator: Public<Generator>;
  readonly portals: Public<Portals>;
  readonly queries: Public<Queries>;
  readonly charts: Public<Charts>;
  readonly keys: Public<Keys>;
  readonly subscriptions: Public<Subscriptions>;
  readonly signIn: Public<SignIn>;
  readonly realtime: Public<Realtime>;
  health(options?: CallOptions): Promise<Health>;
  whoami(options?: CallOptions): Promise<Session>;
  /** Ends the live connection; requests under way go on. */
  close(): void;
}

/** Makes a client; nothing is asked of the network before the first call. */
export function createClient(options: ClientOptions): B24Client {
  const timing = options.timing ?? realTiming;
  const tokens = new TokenKeeper(options.getToken, timing);
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const baseUrl = new URL(options.baseUrl).href.replace(/\/+$/, "");
  const http = new Http({ baseUrl, tokens, fetch: send, timing, onRefused: options.onRefused });
  // Signing in is part of getting a token, so it must not wait for one.
  const stranger = new Http({ baseUrl, tokens: new TokenKeeper(undefined, timing), fetch: send, timing });
  const connection: ConnectionOptions = {
    http,
    tokens,
    timing,
    WebSocket: options.WebSocket === null ? undefined : (options.WebSocket ?? globalThis.WebSocket),
    page: "addEventListener" in globalThis ? globalThis : undefined,
  };
  const realtime = new Realtime(connection, options.portal);
  return {
    baseUrl: http.baseUrl,
    sync: new Sync(http, options.portal),
    generator: new Generator(http, options.portal),
    portals: new Portals(http),
    queries: new Queries(http, options.portal),
    charts: new Charts(http, options.portal),
    keys: new Keys(http),
    subscriptions: new Subscriptions(http, options.portal),
    signIn: new SignIn({ http: stranger, fetch: send, timing }),
    realtime,
    health: (call) => health(http, call),
    whoami: (call) => whoami(http, call),
    close: () => realtime.close(),
  };
}
