import { randomUUID } from "node:crypto";
import { ClientFrame, type ServerFrame } from "@b24kit/client/contract";
import type { WebSocket } from "ws";
import type { Auth } from "../auth/authenticate.ts";
import type { Caller } from "../auth/caller.ts";
import { AppError } from "../http/app-error.ts";
import type { Logger } from "../log/logger.ts";
import { openChannel } from "./channel.ts";
import type { Connections } from "./connections.ts";
import { keepAlive } from "./keep-alive.ts";
import type { Hub } from "./topics.ts";

export interface SocketOptions {
  readonly hub: Hub;
  readonly auth: Pick<Auth, "fromToken">;
  readonly connections: Connections;
  readonly log: Logger;
  readonly now: () => number;
  /** Milliseconds that a client has to authenticate; 5 s by default. */
  readonly authWithin?: number;
  /** Milliseconds between checks that a key was not revoked; a minute by default. */
  readonly recheckEvery?: number;
}

/** Close codes: 4401 as HTTP's 401; the others are the protocol's own. */
export const CLOSE = { unauthenticated: 4401, policy: 1008, restart: 1012 } as const;

const MAX_WAITING_FRAMES = 64;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Serves one accepted WebSocket: authentication first, then the frames of the contract, one after the other. */
export function serveSocket(socket: WebSocket, address: string, options: SocketOptions): void {
  const { auth, connections, now } = options;
  const outlet = {
    send: (frame: ServerFrame) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    buffered: () => socket.bufferedAmount,
  };
  const channel = openChannel({ ...options, outlet, requestId: randomUUID() });
  let token = "";
  let caller: Caller | undefined;
  let leave = () => {};
  let expiry: NodeJS.Timeout | undefined;
  let waiting = 0;
  let turn = Promise.resolve();

  const refuse = (error: unknown, code: number = CLOSE.unauthenticated) => {
    channel.fail(error);
    socket.close(code);
  };
  const authLimit = setTimeout(
    () => refuse(new AppError("unauthenticated", "No auth frame came in time.")),
    options.authWithin ?? 5_000,
  );
  const recheck = setInterval(() => {
    if (caller?.kind === "key") enqueue(() => authenticate(token));
  }, options.recheckEvery ?? 60_000);

  async function authenticate(given: string): Promise<void> {
    const next = await auth.fromToken(given, address);
    const known = caller;
    if (!known) leave = connections.enter(next, () => socket.close(CLOSE.restart));
    else if (known.kind !== next.kind || known.subject !== next.subject) {
      throw new AppError("forbidden", "A connection stays with the person who opened it: open another one.");
    }
    clearTimeout(authLimit);
    token = given;
    caller = next;
    expireAt(next.expiresAt);
    await channel.setCaller(next);
  }

  function expireAt(time: number | undefined): void {
    clearTimeout(expiry);
    if (time === undefined) return;
    const end = () => (now() < time ? expireAt(time) : refuse(new AppError("token_expired")));
    expiry = setTimeout(end, Math.min(Math.max(time - now(), 0), MAX_TIMER_MS));
  }

  async function receive(frame: ClientFrame): Promise<void> {
    if (frame.type === "auth") {
      await authenticate(frame.token);
      outlet.send({ type: "ready", rights: [...caller!.rights] });
    } else if (!caller) throw new AppError("unauthenticated", "The first frame must authenticate.");
    else if (frame.type === "ping") outlet.send({ type: "pong" });
    else if (frame.type === "unsubscribe") channel.unsubscribe(frame);
    else await channel.subscribe(frame).catch((error) => channel.fail(error, frame));
  }

  /** Frames take their turn: a subscription never overtakes the authentication before it. */
  function enqueue(work: () => Promise<void>): void {
    waiting += 1;
    turn = turn
      .then(work)
      .catch((error) => refuse(error))
      .finally(() => {
        waiting -= 1;
      });
  }

  socket.on("message", (data, isBinary) => {
    if (waiting >= MAX_WAITING_FRAMES)
      return refuse(new AppError("too_many_requests", "Frames came too fast."), CLOSE.policy);
    const frame = isBinary ? null : parseFrame(String(data));
    if (frame) enqueue(() => receive(frame));
    else refuse(new AppError("bad_request", "This is not a frame of the protocol."), CLOSE.policy);
  });
  const stopPings = keepAlive(socket);
  socket.on("error", () => {});
  socket.on("close", () => {
    clearTimeout(authLimit);
    clearTimeout(expiry);
    clearInterval(recheck);
    stopPings();
    channel.close();
    leave();
  });
}

function parseFrame(text: string): ClientFrame | null {
  try {
    return ClientFrame.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
