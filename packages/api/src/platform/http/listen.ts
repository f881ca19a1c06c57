import type { AddressInfo } from "node:net";
import { type ServerType, serve, type WebSocketServerLike } from "@hono/node-server";
import { WebSocketServer } from "ws";
import type { App } from "./environment.ts";

export interface Listening {
  readonly port: number;
  /** Takes no new connection; resolves when the last request is answered, or cuts it off after some seconds. */
  close(): Promise<void>;
}

/** The address cannot be listened on; the message says which and what helps. */
export class AddressTaken extends Error {
  override readonly name = "AddressTaken";
}

const MAX_FRAME_BYTES = 64 * 1024;
const LAST_REQUESTS_MS = 5_000;
/** Longer than balancers and clients keep an idle connection (60 s): who is about to use one does not find it closed. */
const KEEP_ALIVE_MS = 65_000;

/** Serves the app over HTTP and WebSocket. Port 0 takes a free one. @throws AddressTaken */
export async function listen(app: App, { host, port }: { host: string; port: number }): Promise<Listening> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
        websocket: { server: sockets as unknown as WebSocketServerLike },
      },
      () => resolve(starting),
    );
    starting.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => close(server),
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reason = { EADDRINUSE: "is in use by another program", EACCES: "may not be used by this user" }[
    error.code ?? ""
  ];
  const cause = { cause: error };
  if (reason) return new AddressTaken(`Port ${port} on ${host} ${reason}: set PORT to another one.`, cause);
  if (error.code === "EADDRNOTAVAIL")
    return new AddressTaken(`This machine has no address ${host}: check HOST.`, cause);
  return error;
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(
      () => "closeAllConnections" in server && server.closeAllConnections(),
      LAST_REQUESTS_MS,
    );
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
