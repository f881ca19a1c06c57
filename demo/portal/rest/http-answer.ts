import { TLSSocket } from "node:tls";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "origin, content-type, accept",
  "x-content-type-options": "nosniff",
};

export function jsonAnswer(body: unknown, status: number): Response {
  return new Response(JSON.stringify(body), { status, headers: HEADERS });
}

/** A browser's question before a call from another origin. */
export function preflight(): Response {
  return new Response(null, { status: 200, headers: HEADERS });
}

/** What the web server in front of a portal shows when the portal itself does not answer. */
export function htmlPage(status: number, title: string): Response {
  const html = `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n`;
  return new Response(html, { status, headers: { "content-type": "text/html" } });
}

/** Cuts the connection without an answer. */
export function breakConnection(c: Context): Response {
  const socket = bindings(c)?.incoming.socket;
  // Node resets plain connections only; one under TLS is closed, which its caller sees as a reset, too.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** Says nothing until the caller goes away. */
export async function keepWaiting(c: Context): Promise<Response> {
  const socket = bindings(c)?.incoming.socket;
  if (socket && !socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
  return RESPONSE_ALREADY_SENT;
}

function bindings(c: Context): HttpBindings | undefined {
  return c.env as HttpBindings | undefined;
}
