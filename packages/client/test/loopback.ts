import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientFrame, ServerFrame } from "../src/contract/realtime.ts";

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  response: ServerResponse;
}

export interface Loopback {
  url: string;
  /** Every request so far. */
  seen: Seen[];
  close(): Promise<void>;
}

/** A real HTTP server on a free loopback port, answering as the test says. */
export async function serve(answer: (seen: Seen) => void): Promise<Loopback & { server: Server }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body,
      response,
    };
    seen.push(one);
    answer(one);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, seen, server, close };
}

export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

export function problem(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  const value = {
    type: "about:blank",
    code,
    title: "T",
    status,
    detail: "D",
    remedy: "R",
    requestId: "req-1",
  };
  response
    .writeHead(status, { "content-type": "application/problem+json", ...headers })
    .end(JSON.stringify(value));
}

export interface SocketLoopback extends Loopback {
  sockets: WebSocket[];
  /** Every frame so far, with the number of the socket that it came by. */
  frames: { socket: number; frame: ClientFrame }[];
  send(frame: ServerFrame): void;
}

/** The same with a WebSocket at `/ws`; the test answers the frames. */
export async function serveSocket(
  onFrame: (frame: ClientFrame, send: (frame: ServerFrame) => void, socket: WebSocket) => void,
  answer: (seen: Seen) => void = ({ response }) => response.writeHead(404).end(),
): Promise<SocketLoopback> {
  const http = await serve(answer);
  const server = new WebSocketServer({ server: http.server, path: "/ws" });
  const sockets: WebSocket[] = [];
  const frames: SocketLoopback["frames"] = [];
  server.on("connection", (socket) => {
    const number = sockets.push(socket) - 1;
    const send = (frame: ServerFrame) => socket.send(JSON.stringify(frame));
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      frames.push({ socket: number, frame });
      onFrame(frame, send, socket);
    });
  });
  return {
    ...http,
    sockets,
    frames,
    send: (frame) => sockets.at(-1)?.send(JSON.stringify(frame)),
    async close() {
      for (const socket of sockets) socket.terminate();
      await http.close();
    },
  };
}
