import { randomUUID } from "node:crypto";
import { ClientFrame, type ServerFrame } from "@b24kit/client/contract";
import type { WebSocket } from "ws";
import { AppError } from "../http/app-error.ts";
import type { Logger } from "../log/logger.ts";
import { openChannel } from "./channel.ts";
import { keepAlive } from "./keep-alive.ts";
import { awaitSignIn, type SignInOptions } from "./sign-in.ts";
import type { Hub } from "./topics.ts";

export interface SocketOptions
  extends Pick<SignInOptions, "auth" | "connections" | "now" | "authWithin" | "recheckEvery"> {
  readonly hub: Hub;
  readonly log: Logger;
}

/** Close codes: 4401 as HTTP's 401; the others are the protocol's own. */
const CLOSE = { unauthenticated: 4401, policy: 1008, restart: 1012, busy: 1013 } as const;

const MAX_WAITING_FRAMES = 64;

/** Serves one accepted WebSocket: authentication first, then the frames of the contract, one after the other. */
export function serveSocket(socket: WebSocket, address: string, options: SocketOptions): void {
  const outlet = {
    send: (frame: ServerFrame) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    buffered: () => socket.bufferedAmount,
  };
  const channel = openChannel({ ...options, outlet, requestId: randomUUID() });
  const refuse = (reason: unknown, code: number = CLOSE.unauthenticated) => {
    channel.fail(reason);
    socket.close(code);
  };
  const signIn = awaitSignIn({
    ...options,
    address,
    onEnd: refuse,
    onRestart: () => socket.close(CLOSE.restart),
    onRecheck: () => inTurn(async () => channel.setCaller(await signIn!.authenticate())),
  });
  socket.on("error", () => {});
  if (!signIn) {
    socket.close(CLOSE.busy);
    return;
  }
  const inTurn = oneAfterTheOther(refuse);

  async function receive(frame: ClientFrame): Promise<void> {
    if (frame.type === "auth") {
      const caller = await signIn!.authenticate(frame.token);
      await channel.setCaller(caller);
      outlet.send({ type: "ready", rights: [...caller.rights] });
    } else if (!signIn!.caller) throw new AppError("unauthenticated", "The first frame must authenticate.");
    else if (frame.type === "ping") outlet.send({ type: "pong" });
    else if (frame.type === "unsubscribe") channel.unsubscribe(frame);
    else await channel.subscribe(frame).catch((error) => channel.fail(error, frame));
  }

  socket.on("message", (data, isBinary) => {
    const frame = isBinary ? null : parseFrame(String(data));
    if (!frame) refuse(new AppError("bad_request", "This is not a frame of the protocol."), CLOSE.policy);
    else if (!inTurn(() => receive(frame))) {
      refuse(new AppError("too_many_requests", "Frames came too fast."), CLOSE.policy);
    }
  });
  const stopPings = keepAlive(socket);
  socket.on("close", () => {
    stopPings();
    signIn.close();
    channel.close();
  });
}

/**
 * Frames take their turn: a subscription never overtakes the authentication before it. Answers false, and does
 * nothing, where too many wait.
 */
function oneAfterTheOther(onFailure: (error: unknown) => void): (work: () => Promise<void>) => boolean {
  let waiting = 0;
  let turn = Promise.resolve();
  return (work) => {
    if (waiting >= MAX_WAITING_FRAMES) return false;
    waiting += 1;
    turn = turn
      .then(work)
      .catch(onFailure)
      .finally(() => {
        waiting -= 1;
      });
    return true;
  };
}

function parseFrame(text: string): ClientFrame | null {
  try {
    return ClientFrame.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
