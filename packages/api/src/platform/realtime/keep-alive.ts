import type { WebSocket } from "ws";

const PING_MS = 25_000;

/** Pings, and drops the socket whose last ping was not answered: proxies keep it open, dead ones are found. */
export function keepAlive(socket: WebSocket, every = PING_MS): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, every);
  return () => clearInterval(timer);
}
