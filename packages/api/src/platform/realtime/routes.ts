import * as contract from "@b24kit/client/contract";
import { upgradeWebSocket } from "@hono/node-server";
import type { WebSocket } from "ws";
import { AppError } from "../http/app-error.ts";
import type { App } from "../http/environment.ts";
import { mount } from "../http/mount.ts";
import type { Origins } from "../http/origins.ts";
import { remoteAddress } from "../http/remote-address.ts";
import { streamEvents } from "./events.ts";
import { type SocketOptions, serveSocket } from "./socket.ts";

export interface RealtimeOptions extends SocketOptions {
  readonly origins: Origins;
}

/** `/ws` and its stand-in over plain HTTP. */
export function routes(app: App, options: RealtimeOptions): void {
  const { origins } = options;
  app.get(
    "/ws",
    async (c, next) => {
      c.set("route", "/ws");
      // A browser lets any page open a socket to anywhere; only Origin tells which page it is.
      const origin = c.req.header("Origin");
      if (origin !== undefined && !origins.mayAsk(origin, c)) {
        throw new AppError("origin_not_allowed", "ALLOWED_ORIGINS does not name this page's origin.");
      }
      if (c.req.header("Upgrade")?.toLowerCase() !== "websocket")
        throw new AppError("not_found", "Only WebSockets answer here.");
      await next();
    },
    upgradeWebSocket((c) => {
      const address = remoteAddress(c);
      return { onOpen: (_event, { raw }) => serveSocket(raw as unknown as WebSocket, address, options) };
    }),
  );
  mount(app, contract.streamEvents, ({ c, caller, query }) =>
    streamEvents(c, caller, query.subscriptions, options),
  );
}
