import type { ClientFrame } from "../contract/realtime.ts";
import { parseFrame, type Wire, type WireHandlers } from "./wire.ts";

export interface SocketOptions {
  /** `http(s)://…/ws`; the scheme is turned into ws(s). */
  url: string;
  token: string | undefined;
  WebSocket: typeof WebSocket;
}

/** Opens the WebSocket: the first frame authenticates, then the subscriptions follow. */
export function openSocket(options: SocketOptions, handlers: WireHandlers): Wire {
  const socket = new options.WebSocket(options.url.replace(/^http/, "ws"));
  let opened = false;
  let ready = false;
  let over = false;
  const send = (frame: ClientFrame) => {
    if (socket.readyState === 1) socket.send(JSON.stringify(frame));
  };
  socket.onopen = () => {
    opened = true;
    send({ type: "auth", token: options.token ?? "" });
  };
  socket.onmessage = (event) => {
    if (over) return;
    handlers.onActivity();
    const frame = parseFrame(String(event.data));
    if (!frame) return;
    if (frame.type === "ready") {
      if (ready) return; // a renewed token was taken
      ready = true;
      for (const subscription of handlers.subscriptions()) send(subscription);
      handlers.onReady();
    } else handlers.onFrame(frame);
  };
  socket.onerror = () => {}; // a close follows; in Node an error without a listener would end the process
  socket.onclose = () => {
    if (over) return;
    over = true;
    handlers.onLost({ opened });
  };
  return {
    answersWithin: 10_000,
    send,
    close() {
      over = true;
      socket.close();
    },
  };
}
