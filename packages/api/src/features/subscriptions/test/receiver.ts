import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly origin: string;
  readonly heard: Heard[];
  /** What it answers: a status, or null for never. Called when a message is in. */
  answer: (message: Heard) => number | null;
  close(): void;
}

/** Somebody else's server that is told. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const message = { headers: request.headers, body };
      receiver.heard.push(message);
      const status = receiver.answer(message);
      if (status !== null) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    answer: () => 200,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
